"""When has somebody followed the recordings of a session, and what may a heartbeat add? Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

FASTEST = 2.0
CARRIED = 10_000
"""Milliseconds of playing that may be told of late: heartbeats are not punctual."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A recording of a session: of one topic, or (None) of all of it; ready or still in work."""

    id: UUID
    topic_id: UUID | None
    duration: int
    is_ready: bool = True


def is_followed(parts: Iterable[Part], seen: Mapping[UUID, int], share: int) -> bool:
    """Whether so many percent are seen: of a recording of the whole session, or of each topic's.

    While a topic's recording is still being made, the topics are not all there to be followed.
    """
    wholes: list[Part] = []
    topics: list[Part] = []
    for part in parts:
        (topics if part.topic_id else wholes).append(part)
    return any(_is_seen(part, seen, share) for part in wholes) or (
        bool(topics) and all(_is_seen(part, seen, share) for part in topics)
    )


def _is_seen(part: Part, seen: Mapping[UUID, int], share: int) -> bool:
    return part.is_ready and seen.get(part.id, 0) * 100 >= share * part.duration > 0


def playable(since: datetime, now: datetime, *, speed: float) -> int:
    """Milliseconds of a recording that can have been played in that time at that speed."""
    seconds = max((now - since).total_seconds(), 0.0)
    return int(seconds * 1000 * min(max(speed, 0.0), FASTEST))
