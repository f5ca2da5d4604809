"""What a person still owes a round, as far as they themselves can do it now. Pure."""

from collections.abc import Mapping, Set
from enum import StrEnum

from studyhub.completion.rules import EssayMark, Marks
from studyhub.kernel.words import N_
from studyhub.rounds.models import Call, Requirement


class Lack(StrEnum):
    """What is lacking, in the order in which it is told."""

    ATTEND = "attend"
    READ = "read"
    QUIZ = "quiz"
    ESSAY = "essay"
    SESSION = "session"
    """A session is held tomorrow. Only StudyHub itself says so, in the morning."""
    REVISION = "revision"
    """The essay was returned, to be completed."""


WORDS: Mapping[Lack, str] = {
    Lack.SESSION: N_("take part in the session of tomorrow"),
    Lack.ATTEND: N_("attend or make up the session"),
    Lack.READ: N_("read the documents"),
    Lack.QUIZ: N_("take the quiz"),
    Lack.ESSAY: N_("hand in the essay"),
    Lack.REVISION: N_("complete the essay"),
}
"""What is said after “you still have to”."""


def lacks(
    marks: Marks,
    requirements: Set[Requirement],
    *,
    session_over: bool,
    quiz_open: bool = False,
) -> list[Lack]:
    """What this person can be reminded of.

    Nobody is reminded of what waits for others (an essay that is being read),
    of a session still to come, or of anything that they do not owe.
    """
    if marks.call is not Call.REQUIRED:
        return []
    owed = {
        Lack.ATTEND: Requirement.ATTEND in requirements and session_over and not marks.attended,
        Lack.READ: Requirement.READ in requirements and not marks.read,
        Lack.QUIZ: Requirement.QUIZ in requirements and quiz_open and not marks.quizzed,
        Lack.ESSAY: Requirement.ESSAY in requirements
        and marks.essay in {EssayMark.NONE, EssayMark.DRAFT},
        Lack.REVISION: Requirement.ESSAY in requirements and marks.essay is EssayMark.RETURNED,
    }
    return [lack for lack, is_owed in owed.items() if is_owed]
