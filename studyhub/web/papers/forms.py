"""What is sent: a file or pasted text; then the text of each part with what becomes of it."""

from collections.abc import Mapping

from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import FileField, Form, HiddenField, TextAreaField
from wtforms.validators import ValidationError

from studyhub.kernel.vietnamese import nfc
from studyhub.kernel.words import N_
from studyhub.papers.taking_over import Found, How
from studyhub.web.attachments import plain_name
from studyhub.web.fields import RevisionField

TEXT, HOW = "text-", "how-"
"""The names of the fields of one part are these and the id of its question."""


class SourceForm(Form):
    """A file, or pasted text."""

    file = FileField(N_("File with the text"))
    pasted = TextAreaField(N_("Or paste the text"))

    def validate_file(self, field: FileField) -> None:
        """One of the two."""
        pasted = (self.pasted.data or "").strip()
        if not field.data and not pasted:
            raise ValidationError(N_("Choose a file, or paste the text."))
        if field.data and pasted:
            raise ValidationError(N_("Choose a file or paste the text, not both."))

    def source(self) -> tuple[bytes, str]:
        """The bytes, and what the file is called; pasted text has no name."""
        upload = self.file.data
        if isinstance(upload, FileStorage) and upload.filename:
            return upload.read(), plain_name(upload.filename)
        return (self.pasted.data or "").encode("utf-8", "ignore"), ""


class PartsForm(Form):
    """The parts as corrected, typed over a revision of the draft."""

    revision = RevisionField()
    original = HiddenField()
    way = HiddenField()

    def __init__(self, typed: MultiDict[str, str]) -> None:
        super().__init__(typed)
        self.texts = _fields(typed, TEXT)
        self.hows = _fields(typed, HOW)

    @property
    def seen(self) -> int:
        """The revision that was on the page."""
        told = self.revision.data or ""
        return int(told) if told.isdecimal() else -1

    def how(self, key: str) -> How:
        """What is to become of the part; left alone unless something else was chosen."""
        told = self.hows.get(key, "")
        return How(told) if told in {*How} else How.LEAVE

    @property
    def parts(self) -> Mapping[str, Found]:
        """Every part, for the deed."""
        return {key: Found(text, self.how(key)) for key, text in self.texts.items()}


def _fields(typed: MultiDict[str, str], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): nfc(text)
        for name, text in typed.items()
        if name.startswith(prefix)
    }
