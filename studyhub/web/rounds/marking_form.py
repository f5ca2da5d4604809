"""How a round judges, as it is typed: a precedent, or each setting by itself."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, FieldList, Form, FormField, RadioField, StringField
from wtforms.validators import Length, ValidationError

from studyhub.kernel.words import N_
from studyhub.rounds.grading import Grading, read_points, write_points
from studyhub.rounds.marked import marking_of
from studyhub.rounds.marking import PRESETS, Marking, PlannedPart, preset_of
from studyhub.rounds.models import StudyRound
from studyhub.web.fields import NameField
from studyhub.web.numbers import WholeNumberField

OWN = "own"
EMPTY_PARTS = 2
PLAIN = Marking()


class PointsField(StringField):
    """Points with a decimal comma, kept in hundredths; what was typed comes back."""

    data: int | None  # type: ignore[assignment]  # a string field that holds a number

    def __init__(self, *args: Any, usual: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual = usual

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else write_points(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number; an empty field is what is usual."""
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = read_points(typed) if typed else None
        if typed and self.data is None:
            raise ValidationError(N_("Type points from 0 to 10, such as 7,25."))

    @property
    def number(self) -> int:
        """The number in hundredths."""
        return self.usual if self.data is None else self.data


class RubricForm(Form):
    """A part of the number; a row without a title is none."""

    title = NameField(N_("Part"), [Length(max=500, message=N_("At most 500 characters."))])
    most = PointsField(N_("At most"), usual=0)


class MarkingFields(Form):
    """The section on judging, of the plan of a round and of the page that changes it alone."""

    preset = RadioField(
        N_("How essays are judged"),
        choices={
            "plain": N_("Accepted, or to be completed"),
            "bands": N_("Accepted with a band"),
            "regulation": N_("Scale of 10, two markers (regulation of 01/12/2025)"),
            OWN: N_("Set each rule"),
        },
        default=OWN,
        validate_choice=False,
    )
    grading = RadioField(
        N_("What an accepted essay gets"),
        choices={
            Grading.PASS_ONLY.value: N_("No more than that it is accepted"),
            Grading.BANDS.value: N_("A band"),
            Grading.POINTS.value: N_("Points from 0 to 10"),
        },
        default=Grading.PASS_ONLY.value,
    )
    step = RadioField(N_("Steps of the points"), choices={"25": "0,25", "50": "0,5"}, default="25")
    pass_mark = PointsField(N_("Passed from"), usual=PLAIN.pass_mark)
    markers = RadioField(
        N_("How many mark an essay"),
        choices={"1": N_("One person"), "2": N_("Two persons, each alone")},
        default="1",
    )
    apart = PointsField(N_("A third decides from a difference of"), usual=PLAIN.apart)
    rewrites = WholeNumberField(N_("Times an essay may be completed"), most=20)
    rewrites_are_limited = BooleanField(N_("Limit how often an essay may be completed"))
    rewrite_days = WholeNumberField(N_("Days to complete it"), most=60)
    appeal_days = WholeNumberField(N_("Days to ask for another reading"), most=60)
    attendance_least = WholeNumberField(
        N_("Sessions to attend before handing in, per cent"), most=100
    )
    rubric = FieldList(FormField(RubricForm))
    blind = BooleanField(N_("Judge blind"))

    def rules(self) -> tuple[Grading, Marking]:
        """What was chosen: a precedent as it stands, or what was set; each can be judged blind."""
        known = PRESETS.get(self.preset.data or OWN)
        grading, marking = known or (Grading(self.grading.data), self._own())
        return grading, replace(marking, blind=self.blind.data)

    def _own(self) -> Marking:
        rows = [row.form for row in self.rubric]
        return Marking(
            step=int(self.step.data),
            pass_mark=self.pass_mark.number,
            markers=int(self.markers.data),
            apart=self.apart.number,
            rewrites=self.rewrites.number if self.rewrites_are_limited.data else None,
            rewrite_days=self.rewrite_days.number,
            appeal_days=self.appeal_days.number,
            attendance_least=self.attendance_least.number,
            rubric=tuple(
                PlannedPart(title=row.title.data, most=row.most.number)
                for row in rows
                if row.title.data
            ),
        )


def filled_rules(round_: StudyRound) -> Mapping[str, Any]:
    """The rules of the round as they are, for the form."""
    marking = marking_of(round_, round_.rubric)
    return {"preset": preset_of(round_.grading, marking) or OWN, **_told(round_.grading, marking)}


def fresh_rules() -> Mapping[str, Any]:
    """What a new round begins with: as most cells judge."""
    return {"preset": "plain", **_told(*PRESETS["plain"])}


def _told(grading: Grading, marking: Marking) -> dict[str, Any]:
    plain = ("pass_mark", "apart", "rewrite_days", "appeal_days", "attendance_least")
    parts = [{"title": part.title, "most": part.most} for part in marking.rubric]
    return {
        **{name: getattr(marking, name) for name in plain},
        "grading": grading.value,
        "step": str(marking.step),
        "markers": str(marking.markers),
        "rewrites": marking.rewrites or 0,
        "rewrites_are_limited": marking.rewrites is not None,
        "blind": marking.blind,
        "rubric": [*parts, *({} for _ in range(EMPTY_PARTS))],
    }
