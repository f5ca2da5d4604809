"""A member's own path through one round: read, attend, take the quiz, write, accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from studyhub.completion.models import Progress
from studyhub.completion.rules import EssayMark
from studyhub.rounds.models import Requirement, StudyRound


class Step(StrEnum):
    """A step of the path; the last is not the member's own, but the cell's."""

    READ = "read"
    ATTEND = "attend"
    QUIZ = "quiz"
    WRITE = "write"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class Path:
    """The steps a round asks for, in order, and those that are done."""

    steps: Sequence[Step]
    done: frozenset[Step]

    @classmethod
    def of(cls, round_: StudyRound, progress: Progress) -> Self:
        """The path of the person whose marks these are."""
        asked = [
            (Requirement.READ, Step.READ),
            (Requirement.ATTEND, Step.ATTEND),
            (Requirement.QUIZ, Step.QUIZ),
        ]
        steps = [step for requirement, step in asked if requirement in round_.requirements]
        if Requirement.ESSAY in round_.requirements:
            steps += [Step.WRITE, Step.ACCEPTED]
        handed_in = progress.essay in {EssayMark.SUBMITTED, EssayMark.ACCEPTED}
        marks = {
            Step.READ: progress.read,
            Step.ATTEND: progress.attended,
            Step.QUIZ: progress.quizzed,
            Step.WRITE: handed_in,
            Step.ACCEPTED: progress.essay is EssayMark.ACCEPTED,
        }
        return cls(steps, frozenset(step for step in steps if marks[step]))

    @property
    def next(self) -> Step | None:
        """The first step that the member can take now; None when nothing is left to them."""
        own = (step for step in self.steps if step not in self.done)
        first = next(own, None)
        return None if first is Step.ACCEPTED else first

    def status(self, step: Step) -> str:
        """What the drawing of the step says: done, now or todo."""
        if step in self.done:
            return "done"
        return "now" if step is self.next else "todo"
