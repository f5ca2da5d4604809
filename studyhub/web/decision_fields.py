"""What decides about an essay, as fields: accept or return, a band, or points; a remark."""

from collections.abc import Mapping

from wtforms import Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.review.commenting import LONGEST
from studyhub.review.models import Outcome
from studyhub.rounds.grading import Grade, read_points

PART = "part-"
"""The name of the points of a part of the rubric is this and its place, from 0."""

GRADES = {
    Grade.EXCELLENT: N_("Excellent"),
    Grade.GOOD: N_("Good"),
    Grade.FAIR: N_("Fair"),
    Grade.AVERAGE: N_("Average"),
}


class DecisionFields(Form):
    """What a round can ask of whoever judges."""

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
    points = StringField(N_("Points"))
    remark = TextAreaField(
        N_("Overall remark"),
        [Length(max=LONGEST, message=N_("The remark is too long: at most %(max)d characters."))],
    )
    parts: Mapping[int, str]
    """The points of each part as they were typed."""

    def take_decision(self, typed: Mapping[str, str]) -> None:
        """Read what no field of a fixed name holds; forget a decision that is none."""
        self.outcome.data = self.outcome.data if self.outcome.data in {*Outcome} else None
        self.parts = {
            int(place): text
            for name, text in typed.items()
            if name.startswith(PART) and (place := name.removeprefix(PART)).isdecimal()
        }

    @property
    def said_outcome(self) -> Outcome | None:
        """The decision that was chosen."""
        return Outcome(self.outcome.data) if self.outcome.data in {*Outcome} else None

    @property
    def said_grade(self) -> Grade | None:
        """The grade that was chosen."""
        return Grade(self.grade.data) if self.grade.data else None

    def said_points(self, parts: int) -> list[int]:
        """The points of each part, or the one number where there are no parts."""
        typed = [self.parts.get(place, "") for place in range(parts)] or [self.points.data or ""]
        read = [read_points(one) for one in typed]
        found = [one for one in read if one is not None]
        if len(found) < len(read):
            raise Unfit(N_("Type points from 0 to 10, such as 7,25."), about="points")
        return found

    @property
    def is_under_way(self) -> bool:
        """Whether the decision has been begun: then the page must not forget it."""
        typed = (self.remark.data, self.points.data, *self.parts.values())
        words = any((text or "").strip() for text in typed)
        return bool(words or self.outcome.data or self.grade.data)

    @property
    def problems(self) -> list[str]:
        """Everything that stands against sending it."""
        fields = (self.remark, self.grade, self.points)
        return [*self.form_errors, *(str(error) for field in fields for error in field.errors)]
