"""What the review page sends: one form holds everything that can be typed on it."""

from uuid import UUID

from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import Length, Optional, Regexp

from studyhub.kernel.vietnamese import nfc
from studyhub.kernel.words import N_
from studyhub.review.commenting import LONGEST
from studyhub.review.margins import read_place
from studyhub.review.models import Grade, Outcome

NEW = "new-"
"""The name of a new comment is this and its place."""

CHANGED = "own-"
"""The name of a comment being changed is this and its id."""

GRADES = {
    Grade.EXCELLENT: N_("Excellent"),
    Grade.GOOD: N_("Good"),
    Grade.FAIR: N_("Fair"),
    Grade.AVERAGE: N_("Average"),
}


class DeskForm(Form):
    """The decision, the remark, and every comment that is open on the page."""

    version = HiddenField(
        validators=[Regexp(r"^\d{1,6}$", message=N_("This page is incomplete. Reload it."))]
    )
    outcome = RadioField(
        N_("Decision"),
        choices={
            Outcome.ACCEPT.value: N_("Accept"),
            Outcome.RETURN.value: N_("To be completed"),
        },
        validate_choice=False,
    )
    grade = SelectField(
        N_("Grade"),
        [Optional()],
        choices={
            "": N_("Choose a grade"),
            **{grade.value: said for grade, said in GRADES.items()},
        },
    )
    remark = TextAreaField(
        N_("Overall remark"),
        [Length(max=LONGEST, message=N_("The remark is too long: at most %(max)d characters."))],
    )

    def __init__(self, typed: MultiDict[str, str] | None = None) -> None:
        super().__init__(typed)
        self.outcome.data = self.outcome.data if self.outcome.data in {*Outcome} else None
        words = typed or MultiDict()
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
        read = ((read_place(place), text) for place, text in self.new.items())
        return [(*place, text) for place, text in read if place]

    @property
    def said_outcome(self) -> Outcome | None:
        """The decision that was chosen."""
        return Outcome(self.outcome.data) if self.outcome.data in {*Outcome} else None

    @property
    def said_grade(self) -> Grade | None:
        """The grade that was chosen."""
        return Grade(self.grade.data) if self.grade.data else None

    @property
    def is_under_way(self) -> bool:
        """Whether the decision has been begun: then the page must not forget it."""
        return bool((self.remark.data or "").strip() or self.outcome.data or self.grade.data)

    @property
    def holds_words(self) -> bool:
        """Whether there is anything on the page that has not been saved."""
        return self.is_under_way or bool(self.new or self.changed)

    def without_comments(self) -> "DeskForm":
        """The same decision under way, its comments being kept by now."""
        self.new, self.changed = {}, {}
        return self


def as_id(text: str) -> UUID | None:
    """The id that was sent, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None
