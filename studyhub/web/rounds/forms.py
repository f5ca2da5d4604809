"""What an officer may type about a round. Plain WTForms: shape only, no database, no Flask."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from studyhub.kernel.ids import DocumentId, UnitId
from studyhub.kernel.vietnamese import nfc
from studyhub.kernel.words import N_
from studyhub.rounds.models import (
    AttendanceRule,
    DocumentRole,
    LatePolicy,
    Requirement,
    StudyRound,
)
from studyhub.rounds.planning import Plan, PlannedQuestion
from studyhub.web.fields import END_OF_WORK, DayField, NameField, TimeField, moment
from studyhub.web.numbers import WholeNumberField
from studyhub.web.rounds.marking_form import MarkingFields, filled_rules, fresh_rules
from studyhub.web.watching_form import WatchingFields

EMPTY_ROWS = 3
"""So many empty rows for questions are always there: adding one needs no script."""

LONGEST_ESSAY = 20_000


class QuestionForm(Form):
    """One part of the essay; a row without a title is no part."""

    title = NameField(
        N_("Question or heading"), [Length(max=500, message=N_("At most 500 characters."))]
    )
    hint = NameField(
        N_("Hint for the writer"), [Length(max=1000, message=N_("At most 1,000 characters."))]
    )
    goal = WholeNumberField(N_("Words aimed at"), most=LONGEST_ESSAY)


class RoundForm(WatchingFields, MarkingFields):
    """A round as a draft: much may still be missing, but what is there must be sound."""

    unit = SelectField(N_("Organization that holds the round"), validate_choice=False)
    title = NameField(
        N_("Name of the round"),
        [
            InputRequired(N_("Give the round a name.")),
            Length(max=200, message=N_("At most 200 characters.")),
        ],
    )
    introduction = TextAreaField(
        N_("Introduction"), [Length(max=5000, message=N_("At most 5,000 characters."))]
    )
    documents = SelectMultipleField(N_("Documents to study"), validate_choice=False)
    samples = SelectMultipleField(N_("Sample or outline for everybody"), validate_choice=False)
    document_search = StringField(N_("Search the library"))
    closes_on = DayField(N_("Deadline"), [InputRequired(N_("Give the day of the deadline."))])
    closes_at = TimeField(N_("Time of the deadline"))
    roster_on = DayField(
        N_("Members as of"), [InputRequired(N_("Give the day on which membership counts."))]
    )
    year = WholeNumberField(
        N_("Counts for the year"), least=2000, most=2100, refusal=N_("Give a year, such as 2026.")
    )
    asks_to_read = BooleanField(N_("Read the documents"))
    asks_to_attend = BooleanField(N_("Attend the sessions"))
    asks_for_essay = BooleanField(N_("Write a study essay"))
    asks_for_quiz = BooleanField(N_("Pass a quiz"))
    attendance_rule = RadioField(
        N_("Which sessions"),
        choices={
            AttendanceRule.EVERY.value: N_("Every session"),
            AttendanceRule.ANY.value: N_("Any one session"),
        },
        default=AttendanceRule.EVERY.value,
    )
    questions = FieldList(FormField(QuestionForm))
    min_syllables = WholeNumberField(N_("At least so many words"), most=LONGEST_ESSAY)
    max_syllables = WholeNumberField(N_("At most so many words"), most=LONGEST_ESSAY)
    takes_handwriting = BooleanField(N_("Handwritten essays are taken too"))
    late_policy = RadioField(
        N_("Essays after the deadline"),
        choices={
            LatePolicy.REFUSE.value: N_("Are not taken"),
            LatePolicy.MARK.value: N_("Are taken until a later day and marked as late"),
        },
        default=LatePolicy.REFUSE.value,
    )
    hands_in_drafts = BooleanField(N_("Hand in the last saved draft when the time is up"))
    reminds = BooleanField(N_("Remind members by itself"), default=True)
    late_until_on = DayField(N_("Late essays are taken until"), [Optional()])
    late_until_at = TimeField(N_("Time"), [Optional()])
    audience = SelectMultipleField(N_("Units whose members are summoned"), validate_choice=False)
    go = HiddenField()

    def validate_documents(self, field: SelectMultipleField) -> None:
        """Nothing but identifiers."""
        _require_ids(field.data)

    def validate_samples(self, field: SelectMultipleField) -> None:
        """Nothing but identifiers."""
        _require_ids(field.data)

    def validate_audience(self, field: SelectMultipleField) -> None:
        """Nothing but identifiers."""
        _require_ids(field.data)

    def validate_max_syllables(self, field: WholeNumberField) -> None:
        """The longest length is not below the shortest; 0 is no limit."""
        if 0 < field.number < self.min_syllables.number:
            raise ValidationError(N_("The longest length must not be below the shortest."))

    def validate_late_until_on(self, field: DayField) -> None:
        """Not before the deadline."""
        marks = self.late_policy.data == LatePolicy.MARK.value
        if marks and field.data and self.closes_on.data:
            late = field.data, self.late_until_at.data or END_OF_WORK
            if late < (self.closes_on.data, self.closes_at.data or END_OF_WORK):
                raise ValidationError(N_("Late essays must be taken until after the deadline."))

    def plan(self, zone: ZoneInfo) -> Plan:
        """What was typed, as the deed takes it."""
        grading, marking = self.rules()
        return Plan(
            title=self.title.data or "",
            introduction=nfc(self.introduction.data or "").strip(),
            documents=[DocumentId(UUID(value)) for value in self.documents.data or ()],
            samples=[DocumentId(UUID(value)) for value in self.samples.data or ()],
            questions=self._questions(),
            audience=[UnitId(UUID(value)) for value in self.audience.data or ()],
            requirements=self._requirements(),
            closes_at=self._moment(self.closes_on.data, self.closes_at.data, zone),
            roster_on=self.roster_on.data or date.min,
            year=self.year.number,
            min_syllables=self.min_syllables.number,
            max_syllables=self.max_syllables.number,
            late_policy=LatePolicy(self.late_policy.data),
            late_until=self._late_until(zone),
            hands_in_drafts=bool(self.hands_in_drafts.data),
            reminds=bool(self.reminds.data),
            grading=grading,
            marking=marking,
            attendance_rule=AttendanceRule(self.attendance_rule.data),
            takes_handwriting=bool(self.takes_handwriting.data),
            watching_share=self.share,
        )

    def _questions(self) -> list[PlannedQuestion]:
        rows = (row.form for row in self.questions)
        return [
            PlannedQuestion(
                title=row.title.data, hint=row.hint.data or "", goal_syllables=row.goal.number
            )
            for row in rows
            if row.title.data
        ]

    def _requirements(self) -> frozenset[Requirement]:
        asked = {
            Requirement.READ: self.asks_to_read.data,
            Requirement.ATTEND: self.asks_to_attend.data,
            Requirement.ESSAY: self.asks_for_essay.data,
            Requirement.QUIZ: self.asks_for_quiz.data,
        }
        return frozenset(requirement for requirement, wanted in asked.items() if wanted)

    def _late_until(self, zone: ZoneInfo) -> datetime | None:
        if not self.late_until_on.data:
            return None
        return self._moment(self.late_until_on.data, self.late_until_at.data, zone)

    def _moment(self, day: date | None, clock: time | None, zone: ZoneInfo) -> datetime:
        return moment(day or date.min, clock or END_OF_WORK, zone)


def fresh(today: date, questions: Sequence[str]) -> Mapping[str, Any]:
    """What a new round begins with: a month from today, everything asked, the usual outline."""
    return {
        "closes_on": today + timedelta(days=30),
        "closes_at": END_OF_WORK,
        "roster_on": today,
        "year": today.year,
        "asks_to_read": True,
        "asks_to_attend": True,
        "asks_for_essay": True,
        "questions": [*({"title": title} for title in questions), *_empty_rows()],
        **fresh_rules(),
    }


def filled(round_: StudyRound, zone: ZoneInfo) -> Mapping[str, Any]:
    """The round as it is, for the form."""
    closes, late = round_.closes_at.astimezone(zone), round_.late_until
    questions = [
        {"title": q.title, "hint": q.hint, "goal": q.goal_syllables} for q in round_.questions
    ]
    numbers = ("year", "min_syllables", "max_syllables", "watching_share")
    plain = ("title", "introduction", "roster_on", *numbers)
    asked = ("asks_to_read", "asks_to_attend", "asks_for_essay", "asks_for_quiz")
    allowed = ("hands_in_drafts", "reminds", "takes_handwriting", "watching_counts")
    words = ("late_policy", "attendance_rule")
    return {
        **{name: getattr(round_, name) for name in (*plain, *asked, *allowed)},
        **{name: getattr(round_, name).value for name in words},
        **filled_rules(round_),
        "documents": [str(entry.document_id) for entry in round_.documents],
        "samples": [
            str(entry.document_id)
            for entry in round_.documents
            if entry.role is DocumentRole.SAMPLE
        ],
        "audience": [str(entry.unit_id) for entry in round_.audience],
        "questions": [*questions, *_empty_rows()],
        "closes_on": closes.date(),
        "closes_at": closes.time(),
        "late_until_on": late.astimezone(zone).date() if late else None,
        "late_until_at": late.astimezone(zone).time() if late else None,
    }


def _empty_rows() -> list[dict[str, Any]]:
    return [{} for _ in range(EMPTY_ROWS)]


def _require_ids(values: Sequence[str] | None) -> None:
    try:
        for value in values or ():
            UUID(value)
    except ValueError:
        raise ValidationError(N_("Choose from the list.")) from None
