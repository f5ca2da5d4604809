"""What the writing page sends: a text under each question, and what it was typed over."""

from collections.abc import Mapping

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from studyhub.essays import comparing
from studyhub.kernel.errors import Unfit
from studyhub.kernel.vietnamese import nfc
from studyhub.web.fields import RevisionField
from studyhub.web.language import say

TEXT = "text-"
"""The name of a text field is this and the id of its question."""

PICK = "pick-"
"""The name of a choice between two texts is this, the id of its question, a dot, and its number."""


def sent() -> MultiDict[str, str]:
    """The fields of the form; the script sends them as JSON, under the same names."""
    told = request.get_json() if request.is_json else None
    if not isinstance(told, dict):
        return request.form
    return MultiDict({name: text for name, text in told.items() if isinstance(text, str)})


def unfit(refusal: Unfit) -> ResponseReturnValue:
    """For the script: why it cannot be kept, and beside which field to say so."""
    about = f"{TEXT}{refusal.about}" if refusal.about else ""
    return jsonify(error=say(refusal), about=about), 422


class DraftForm(Form):
    """The revision the texts were typed over; the texts themselves have no fixed names.

    What is wrong with one is told by the field with the id of its question.
    """

    revision = RevisionField()

    def __init__(self, typed: MultiDict[str, str]) -> None:
        super().__init__(typed)
        self.texts = {
            name.removeprefix(TEXT): nfc(text)
            for name, text in typed.items()
            if name.startswith(TEXT)
        }
        for key in self.texts:
            BaseForm.__setitem__(self, key, UnboundField(StringField))
        self.picks = {
            name.removeprefix(PICK): choice
            for name, choice in typed.items()
            if name.startswith(PICK)
        }
        self.question = nfc(typed.get("q", "")).strip()[:100]
        """What is looked for in the resolution."""

    @property
    def seen(self) -> int:
        """The revision that was on the page."""
        told = self.revision.data or ""
        return int(told) if told.isdecimal() else -1

    def choices(self, key: str) -> dict[int, str]:
        """What was chosen for the paragraphs of this part, by their number."""
        named = ((name.partition("."), choice) for name, choice in self.picks.items())
        return {
            int(number): choice
            for (part, _, number), choice in named
            if part == key and number.isdecimal()
        }

    def chosen(self, theirs: Mapping[str, str]) -> dict[str, str]:
        """The texts to be kept of two windows, paragraph by paragraph as chosen."""
        return {
            key: comparing.chosen(text, theirs.get(key, ""), self.choices(key))
            for key, text in self.texts.items()
        }
