"""What the review page sends: one form holds everything that can be typed on it."""

from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional, Regexp

from studyhub.kernel.vietnamese import nfc
from studyhub.kernel.words import N_
from studyhub.review import phrases
from studyhub.review.commenting import Stretch
from studyhub.review.margins import read_spot
from studyhub.rounds.grading import Grade
from studyhub.web.decision_fields import GRADES, DecisionFields
from studyhub.web.review.sieving import as_id

NEW = "new-"
"""The name of a new comment is this and its place: “new-0.2”, or of some words “new-0.2:12-40”."""

CHANGED = "own-"
"""The name of a comment being changed is this and its id."""


class DeskForm(DecisionFields):
    """The decision, the remark, and every comment that is open on the page."""

    version = HiddenField(
        validators=[Regexp(r"^\d{1,6}$", message=N_("This page is incomplete. Reload it."))]
    )

    def __init__(self, typed: MultiDict[str, str] | None = None) -> None:
        super().__init__(typed)
        words = typed or MultiDict()
        self.take_decision(words)
        self.new = {
            name.removeprefix(NEW): text
            for name, text in words.items()
            if name.startswith(NEW) and text.strip()
        }
        self.changed = {
            name.removeprefix(CHANGED): nfc(text)
            for name, text in words.items()
            if name.startswith(CHANGED)
        }
        self.removed = words.get("remove", "")

    @property
    def number(self) -> int:
        """The version that was on the page."""
        told = self.version.data or ""
        return int(told) if told.isdecimal() else 0

    @property
    def places(self) -> list[tuple[int, int, str]]:
        """The new comments: part, paragraph, text."""
        return [(part, paragraph, text) for part, paragraph, _, text in self.remarks]

    @property
    def remarks(self) -> list[tuple[int, int, Stretch | None, str]]:
        """The new comments: part, paragraph, the characters meant if not all, text."""
        read = ((read_spot(spot), text) for spot, text in self.new.items())
        return [(*spot, text) for spot, text in read if spot]

    def new_in(self, place: str) -> list[tuple[str, str]]:
        """The new comments on words of this paragraph: their spots and texts."""
        return [(spot, text) for spot, text in self.new.items() if spot.startswith(f"{place}:")]

    @property
    def holds_words(self) -> bool:
        """Whether there is anything on the page that has not been saved."""
        return self.is_under_way or bool(self.new or self.changed)

    @property
    def problems(self) -> list[str]:
        """Everything that stands against sending what was typed."""
        return [*super().problems, *(str(error) for error in self.version.errors)]

    def without_comments(self) -> "DeskForm":
        """The same decision under way, its comments being kept by now."""
        self.new, self.changed = {}, {}
        return self


class PhraseForm(Form):
    """A phrase to be kept."""

    text = TextAreaField(
        N_("Phrase"),
        render_kw={"rows": 3, "maxlength": phrases.LONGEST},
    )
    letters = StringField(
        N_("Letters for it"), render_kw={"autocapitalize": "none", "autocomplete": "off"}
    )
    unit = StringField(N_("Used by"))


class ChosenForm(Form):
    """The essays that stood on the page (“id:version”), and the one band for those that ask."""

    grade = SelectField(
        N_("Grade"),
        [Optional()],
        choices={
            "": N_("Choose a grade"),
            **{grade.value: said for grade, said in GRADES.items()},
        },
    )

    def __init__(self, typed: MultiDict[str, str] | None = None) -> None:
        super().__init__(typed)
        told = (text.partition(":") for text in (typed or MultiDict()).getlist("shown"))
        self.shown = {
            identity: int(number)
            for id_, _, number in told
            if (identity := as_id(id_)) and number.isdecimal() and len(number) < 7
        }

    @property
    def said_grade(self) -> Grade | None:
        """The band, if one was chosen."""
        return Grade(self.grade.data) if self.grade.data else None
