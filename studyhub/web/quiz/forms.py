"""What an officer may type about a question and about a quiz. Plain WTForms: shape only."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, FieldList, FileField, Form, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from studyhub.kernel.sandbox import MEGABYTE
from studyhub.kernel.vietnamese import nfc
from studyhub.kernel.words import N_
from studyhub.quiz.found import content_of, letters_in
from studyhub.quiz.models import Quiz
from studyhub.quiz.planning import MOST_QUESTIONS, QuizPlan
from studyhub.quiz.rules import LETTERS, MOST_OPTIONS, Content, Kind
from studyhub.rounds.models import StudyRound
from studyhub.web.fields import DayField, NameField, TimeField, moment
from studyhub.web.numbers import WholeNumberField
from studyhub.web.quiz.blueprint import KINDS

ROWS = 6
LARGEST = 20 * MEGABYTE
END_OF_WORK = time(17)

_LINE = Length(max=1000, message=N_("At most 1,000 characters."))
_TEXT = Length(max=4000, message=N_("At most 4,000 characters."))


class QuestionForm(Form):
    """A question of the bank; empty rows of options at the end are none."""

    part = NameField(N_("Topic"), [Length(max=200, message=N_("At most 200 characters."))])
    kind = RadioField(
        N_("Kind"),
        choices={kind.value: words for kind, words in KINDS.items()},
        default=Kind.SINGLE.value,
    )
    text = TextAreaField(N_("Question"), [InputRequired(N_("Write the question.")), _TEXT])
    options = FieldList(
        NameField(N_("Option"), [_LINE]), min_entries=ROWS, max_entries=MOST_OPTIONS
    )
    key = NameField(N_("Right answer"))
    explanation = TextAreaField(N_("Explanation"), [_TEXT])

    @property
    def content(self) -> Content:
        """What was typed, as the deed takes it."""
        options = [field.data or "" for field in self.options]
        while options and not options[-1]:
            options.pop()
        kind = Kind(self.kind.data)
        if kind is Kind.TRUTH and not options:
            options = ["Đúng", "Sai"]
        return content_of(
            nfc(self.text.data or "").strip(),
            options,
            letters_in(self.key.data or ""),
            kind=kind,
            explanation=nfc(self.explanation.data or "").strip(),
            part=self.part.data or "",
        )

    @staticmethod
    def filled(content: Content) -> Mapping[str, Any]:
        """The question as it is, for the form."""
        key = () if content.kind is Kind.ORDER else content.key
        empty = max(ROWS - len(content.options), 0)
        return {
            "part": content.part,
            "kind": content.kind.value,
            "text": content.text,
            "options": [*content.options, *[""] * empty],
            "key": ", ".join(LETTERS[place] for place in key),
            "explanation": content.explanation,
        }


class FileForm(Form):
    """A file of questions."""

    file = FileField(N_("File of questions"))

    def validate_file(self, field: FileField) -> None:
        """There is one, and not too large."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            raise ValidationError(N_("Choose the file of questions."))
        if field.data.stream.seek(0, 2) > LARGEST:
            raise ValidationError(N_("This file is larger than 20 MB. Leave only the text in it."))
        field.data.stream.seek(0)


class QuizForm(Form):
    """A quiz of a round: what is drawn, how it is taken, when."""

    title = NameField(
        N_("Name of the quiz"),
        [
            InputRequired(N_("Give the quiz a name.")),
            Length(max=200, message=N_("At most 200 characters.")),
        ],
    )
    session = SelectField(N_("Belongs to the session"), validate_choice=False)
    opens_on = DayField(N_("Opens"), [InputRequired(N_("Give the day."))])
    opens_at = TimeField(N_("Time"), [InputRequired(N_("Give the time."))])
    closes_on = DayField(N_("Closes"), [InputRequired(N_("Give the day."))])
    closes_at = TimeField(N_("Time"), [InputRequired(N_("Give the time."))])
    minutes = WholeNumberField(N_("Minutes to answer"), most=600)
    attempts = WholeNumberField(N_("How often it can be taken"), most=50)
    pass_mark = WholeNumberField(N_("Right answers needed to pass"), least=1, most=MOST_QUESTIONS)
    shuffles_questions = BooleanField(N_("Mix the questions"))
    shuffles_options = BooleanField(N_("Mix the options"))
    shows_result = BooleanField(N_("Tell everybody their own result at once"))

    def validate_session(self, field: SelectField) -> None:
        """Nothing, or an identifier."""
        try:
            self.session_id = UUID(field.data) if field.data else None
        except ValueError:
            raise ValidationError(N_("Choose from the list.")) from None

    def plan(self, draws: Mapping[str, int], zone: ZoneInfo) -> QuizPlan:
        """What was typed, as the deed takes it."""
        return QuizPlan(
            title=self.title.data or "",
            opens_at=_moment(self.opens_on.data, self.opens_at.data, zone),
            closes_at=_moment(self.closes_on.data, self.closes_at.data, zone),
            draws=draws,
            pass_mark=self.pass_mark.number,
            minutes=self.minutes.number,
            attempts=self.attempts.number,
            shuffles_questions=bool(self.shuffles_questions.data),
            shuffles_options=bool(self.shuffles_options.data),
            shows_result=bool(self.shows_result.data),
            session_id=self.session_id,
        )


def fresh(round_: StudyRound, now: datetime, zone: ZoneInfo) -> Mapping[str, Any]:
    """What a new quiz begins with: open from now until the deadline, 20 minutes, two attempts."""
    return {
        "title": "",
        **_window(now, max(round_.closes_at, now + timedelta(days=1)), zone),
        "minutes": 20,
        "attempts": 2,
        "shuffles_questions": True,
        "shuffles_options": True,
        "shows_result": True,
    }


def filled(quiz: Quiz, zone: ZoneInfo) -> Mapping[str, Any]:
    """The quiz as it is, for the form."""
    names = (
        "minutes",
        "attempts",
        "pass_mark",
        "shuffles_questions",
        "shuffles_options",
        "shows_result",
    )
    return {
        "title": quiz.title,
        "session": str(quiz.session_id or ""),
        **_window(quiz.opens_at, quiz.closes_at, zone),
        **{name: getattr(quiz.rules, name) for name in names},
    }


def draws_in(typed: Mapping[str, str], parts: Sequence[str]) -> dict[str, int]:
    """How many are drawn of each topic: the fields are numbered as the topics are listed."""
    found = {}
    for place, part in enumerate(parts):
        said = typed.get(f"draw-{place}", "").strip()
        found[part] = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
    return {part: count for part, count in found.items() if count}


def _window(opens: datetime, closes: datetime, zone: ZoneInfo) -> dict[str, Any]:
    opens, closes = opens.astimezone(zone), closes.astimezone(zone)
    return {
        "opens_on": opens.date(),
        "opens_at": opens.time(),
        "closes_on": closes.date(),
        "closes_at": closes.time(),
    }


def _moment(day: date | None, clock: time | None, zone: ZoneInfo) -> datetime:
    return moment(day or date.min, clock or END_OF_WORK, zone)
