"""Which item of an agenda is over, going on, or to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from studyhub.study.models import AgendaItem, StudySession


@dataclass(frozen=True)
class Told:
    """An item of the agenda and how far it is: done, now or todo."""

    item: AgendaItem
    status: str


def told(session: StudySession, now: datetime) -> Sequence[Told]:
    """The agenda as it stands at this moment; items last until the next time that is known.

    Of several that share such a stretch nobody knows which one is going on: none is marked.
    """
    starts = _starts(session)
    known = [*dict.fromkeys(starts), session.ends_at]
    ends = dict(pairwise(known))
    return [
        Told(item, _status(begins, ends[begins], now, alone=starts.count(begins) == 1))
        for item, begins in zip(session.agenda, starts, strict=True)
    ]


def _starts(session: StudySession) -> list[datetime]:
    """When each item begins; one without a time begins with the one before it."""
    starts: list[datetime] = []
    for item in session.agenda:
        starts.append(item.starts_at or (starts[-1] if starts else session.starts_at))
    return starts


def _status(begins: datetime, until: datetime, now: datetime, *, alone: bool) -> str:
    if now >= until:
        return "done"
    return "now" if now >= begins and alone else "todo"
