"""The recordings that the pages of a session and of a round show, with their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from studyhub.recordings import queries
from studyhub.recordings.queries import Shown
from studyhub.rounds.models import StudyRound
from studyhub.study.models import StudySession
from studyhub.web.recorded_words import SAID
from studyhub.web.request import actor, db


@dataclass(frozen=True)
class Recorded:
    """What can be watched of one session."""

    shown: Sequence[Shown]
    in_work: bool
    said: Mapping[str, Any] = field(default_factory=lambda: SAID)


@dataclass(frozen=True)
class RecordedRound:
    """What can be watched of a round, by session."""

    by_session: Sequence[tuple[StudySession, Sequence[Shown]]]
    said: Mapping[str, Any] = field(default_factory=lambda: SAID)


def of_session(session: StudySession) -> Recorded:
    """One question where there is something to watch, two where there is not."""
    shown = queries.shown_of_session(db(), session.id, actor().user_id)
    return Recorded(shown, not shown and queries.any_in_work(db(), session.id))


def of_round(round_: StudyRound, sessions: Sequence[StudySession]) -> RecordedRound:
    """One question for all sessions."""
    found = queries.shown_of_round(db(), round_.id, actor().user_id)
    return RecordedRound([(one, found[one.id]) for one in sessions if one.id in found])
