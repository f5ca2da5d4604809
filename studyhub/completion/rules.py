"""When has a person done everything, and which figures does a person add to? Pure.

Every figure StudyHub shows is the sum of `figures` over the persons on a list.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from studyhub.rounds.grading import Grade
from studyhub.rounds.models import Call, Requirement


class EssayMark(StrEnum):
    """Where a person's essay stands, as far as the figures care."""

    NONE = "none"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Measure(StrEnum):
    """The figures kept for every unit of a round. Persons (người), never attendances (lượt)."""

    REQUIRED = "required"
    EXEMPT = "exempt"
    ATTENDED = "attended"
    READ = "read"
    WRITING = "writing"
    WAITING = "waiting"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    LATE = "late"
    DONE = "done"
    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    MADE_UP = "made_up"
    """Of those who attended: who would not have, without what they made up."""
    QUIZZED = "quizzed"
    """Who passed the quizzes of the round."""


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What one person on a list has done."""

    call: Call
    attended: bool = False
    made_up: bool = False
    """They attended, but not all of it in the first round."""
    read: bool = False
    quizzed: bool = False
    essay: EssayMark = EssayMark.NONE
    late: bool = False
    grade: Grade | None = None
    """The band of an essay that is accepted, where its round has bands."""


def is_done(marks: Marks, requirements: Set[Requirement]) -> bool:
    """Whether everything the round asks for is there; a released person owes nothing."""
    met = {
        Requirement.ATTEND: marks.attended,
        Requirement.READ: marks.read,
        Requirement.ESSAY: marks.essay is EssayMark.ACCEPTED,
        Requirement.QUIZ: marks.quizzed,
    }
    return all(met[requirement] for requirement in requirements)


def figures(marks: Marks, requirements: Set[Requirement]) -> Mapping[Measure, int]:
    """What this person adds to each figure of their cell and of the units above it.

    Only those required to take part are counted; the exempt are counted as
    such and nowhere else, so that every fraction keeps its denominator.
    """
    if marks.call is not Call.REQUIRED:
        return {**dict.fromkeys(Measure, 0), Measure.EXEMPT: int(marks.call is Call.EXEMPT)}
    return {
        Measure.REQUIRED: 1,
        Measure.EXEMPT: 0,
        Measure.ATTENDED: int(marks.attended),
        Measure.MADE_UP: int(marks.attended and marks.made_up),
        Measure.READ: int(marks.read),
        Measure.QUIZZED: int(marks.quizzed),
        Measure.WRITING: int(marks.essay is EssayMark.DRAFT),
        Measure.WAITING: int(marks.essay is EssayMark.SUBMITTED),
        Measure.RETURNED: int(marks.essay is EssayMark.RETURNED),
        Measure.ACCEPTED: int(marks.essay is EssayMark.ACCEPTED),
        Measure.LATE: int(marks.late),
        Measure.DONE: int(is_done(marks, requirements)),
        **{Measure(grade.value): int(marks.grade is grade) for grade in Grade},
    }
