"""What a draft still lacks before it can open: all of it at once, each beside its field. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.rounds.models import LatePolicy, StudyRound


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One thing that is missing: the field it belongs to, and what to do."""

    field: str
    message: str


class NotReady(Unfit):
    """A draft that cannot open yet; `gaps` says everything that is missing."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        super().__init__(N_("This study round is not ready to open."))
        self.gaps = gaps


def gaps(
    round_: StudyRound,
    *,
    summoned: int,
    last_session_ends: datetime | None,
    now: datetime,
    has_quiz: bool = True,
) -> list[Gap]:
    """Everything that is missing; an empty list means that the round can open.

    How many would be summoned and when the last session ends is told by those who know.
    """
    found = [
        *_in_the_requirements(round_, last_session_ends),
        *_in_the_days(round_, last_session_ends, now),
    ]
    if round_.asks_for_quiz and not has_quiz:
        found.append(Gap(field="quizzes", message=N_("Add at least one quiz to be passed.")))
    if not summoned:
        found.append(
            Gap(field="audience", message=N_("Choose units that have members on that day."))
        )
    return found


def _in_the_requirements(round_: StudyRound, last_session_ends: datetime | None) -> Iterator[Gap]:
    if not round_.requirements:
        yield Gap(field="requirements", message=N_("Ask for at least one thing."))
    if round_.asks_to_read and not round_.documents:
        yield Gap(field="documents", message=N_("Choose at least one document to read."))
    if round_.asks_to_attend and last_session_ends is None:
        yield Gap(field="sessions", message=N_("Add at least one session to attend."))
    if round_.asks_for_essay and not round_.questions:
        yield Gap(field="questions", message=N_("Set at least one question or part of the essay."))


def _in_the_days(
    round_: StudyRound, last_session_ends: datetime | None, now: datetime
) -> Iterator[Gap]:
    if round_.closes_at <= now:
        yield Gap(field="closes_on", message=N_("The deadline has passed already."))
    elif last_session_ends and round_.closes_at <= last_session_ends:
        yield Gap(field="closes_on", message=N_("The deadline must come after the last session."))
    if round_.late_policy is LatePolicy.MARK and round_.late_until is None:
        yield Gap(field="late_until_on", message=N_("Say until when late essays are taken."))
