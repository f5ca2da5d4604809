"""The forms of the library: where a document comes from, and what is said about it."""

from werkzeug.datastructures import FileStorage
from wtforms import FileField, Form, HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import TextArea

from studyhub.kernel.words import N_
from studyhub.library.front_matter import DocumentType, FrontMatter
from studyhub.web.documents import TYPES
from studyhub.web.fields import DayField, NameField

LARGEST = 20 * 1024 * 1024
LARGEST_ATTACHED = 40 * 1024 * 1024
LONGEST_TEXT = 1_200_000
"""In letters: the longest text that is read from a file, and its marks."""
TOO_LONG = N_("This is too long. Shorten it.")


class SourceForm(Form):
    """A file, or pasted text."""

    file = FileField(N_("File of the document"))
    pasted = TextAreaField(N_("Or paste the text"))

    def validate_file(self, field: FileField) -> None:
        """One of the two, and not too large."""
        if not field.data and not (self.pasted.data or "").strip():
            raise ValidationError(N_("Choose a file, or paste the text."))
        if field.data and (self.pasted.data or "").strip():
            raise ValidationError(N_("Choose a file or paste the text, not both."))
        if field.data and _size(field.data) > LARGEST:
            raise ValidationError(N_("This file is larger than 20 MB. Remove its pictures."))

    def source(self, name_of_pasted: str) -> tuple[bytes, str]:
        """The bytes and what the file is called."""
        upload = self.file.data
        if isinstance(upload, FileStorage) and upload.filename:
            return upload.read(), _plain(upload.filename or "")
        return (self.pasted.data or "").encode(), name_of_pasted


class AttachmentForm(Form):
    """A file that comes with a document, and for slides the PDF it was saved as."""

    title = NameField(N_("What it is"), [Length(max=200, message=TOO_LONG)])
    file = FileField(N_("File"))
    pdf = FileField(N_("Its PDF, if the file is a .pptx"))

    def validate_file(self, field: FileField) -> None:
        """Chosen, and not too large."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            raise ValidationError(N_("Choose a file."))
        self._expect_room(field)

    def validate_pdf(self, field: FileField) -> None:
        """Not too large, if there is one."""
        if isinstance(field.data, FileStorage) and field.data.filename:
            self._expect_room(field)

    def _expect_room(self, field: FileField) -> None:
        if _size(field.data) > LARGEST_ATTACHED:
            raise ValidationError(N_("This file is larger than 40 MB. Make it smaller first."))

    def taken(self, name: str) -> tuple[bytes, str]:
        """The bytes of one of the two files and what it is called; nothing where none came."""
        upload = self[name].data
        if isinstance(upload, FileStorage) and upload.filename:
            return upload.read(), _plain(upload.filename)
        return b"", ""


class DocumentForm(Form):
    """What is said about a document, and its text as `notation` writes it."""

    type = SelectField(
        N_("Type of document"),
        [DataRequired(N_("Choose the type of the document."))],
        choices={
            "": N_("Not recognised: choose"),
            **{type_.value: name for type_, name in TYPES.items()},
        },
    )
    number = NameField(N_("Number and symbol"), [Length(max=100, message=TOO_LONG)])
    issuer = NameField(N_("Issuing body"), [Length(max=500, message=TOO_LONG)])
    place = NameField(N_("Place of issue"), [Length(max=200, message=TOO_LONG)])
    issued_on = DayField(N_("Date of issue"))
    subject = NameField(N_("Abstract"), [Length(max=1000, message=TOO_LONG)], widget=TextArea())
    text = TextAreaField(
        N_("The text, part by part"),
        [
            DataRequired(N_("There is no text. Paste the text of the document here.")),
            Length(max=LONGEST_TEXT, message=TOO_LONG),
        ],
    )
    original = HiddenField()
    seen = HiddenField()

    @property
    def front(self) -> FrontMatter:
        """The head of the document as corrected."""
        return FrontMatter(
            number=self.number.data or "",
            type=DocumentType(self.type.data),
            issuer=self.issuer.data or "",
            place=self.place.data or "",
            issued_on=self.issued_on.data,
            subject=self.subject.data or "",
        )


def _size(upload: FileStorage) -> int:
    size = upload.stream.seek(0, 2)
    upload.stream.seek(0)
    return size


def _plain(name: str) -> str:
    """The name alone: no folders, nothing unprintable, not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[-200:]
