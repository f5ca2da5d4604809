"""What the writing page sends: a text under each question, and what it was typed over."""

from collections.abc import Mapping

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField
from wtforms.validators import Regexp

from studyhub.kernel.vietnamese import nfc
from studyhub.kernel.words import N_

TEXT = "text-"
"""The name of a text field is this and the id of its question."""

TAKE = "take-"
"""The name of a choice between two texts is this and the id of its question."""


def sent() -> MultiDict[str, str]:
    """The fields of the form; the script sends them as JSON, under the same names."""
    told = request.get_json() if request.is_json else None
    if not isinstance(told, dict):
        return request.form
    return MultiDict({name: text for name, text in told.items() if isinstance(text, str)})


class DraftForm(Form):
    """The revision the texts were typed over; the texts themselves have no fixed names."""

    revision = HiddenField(
        validators=[Regexp(r"^\d{1,9}$", message=N_("This page is incomplete. Reload it."))]
    )

    def __init__(self, typed: MultiDict[str, str]) -> None:
        super().__init__(typed)
        self.texts = {
            name.removeprefix(TEXT): nfc(text)
            for name, text in typed.items()
            if name.startswith(TEXT)
        }
        self.takes = {
            name.removeprefix(TAKE): choice
            for name, choice in typed.items()
            if name.startswith(TAKE)
        }
        self.question = nfc(typed.get("q", "")).strip()[:100]
        """What is looked for in the resolution."""

    @property
    def seen(self) -> int:
        """The revision that was on the page."""
        told = self.revision.data or ""
        return int(told) if told.isdecimal() else -1

    def chosen(self, theirs: Mapping[str, str]) -> dict[str, str]:
        """The texts to be kept of two windows: one's own, but theirs where those were chosen."""
        taken = {key: theirs.get(key, "") for key, take in self.takes.items() if take == "theirs"}
        return {**self.texts, **taken}
