"""A person watches: what their player says was played is added to what is known of them.

Never more than the time that passed allows. Nothing but the stretches is asked or kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from studyhub.kernel.actor import Actor
from studyhub.kernel.ids import UserId
from studyhub.recordings import rules, spans
from studyhub.recordings.models import Recording, Watching


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What a player says: the stretches it played since its page was opened at `since`."""

    stretches: Sequence[Sequence[int]]
    place: int
    speed: float
    since: datetime


def follow(
    db: Session, recording: Recording, heard: Heard, *, by: Actor, now: datetime
) -> Watching:
    """Add what was played, on whatever device; the same told twice is known once."""
    row = _held(db, recording, by=by, now=heard.since)
    since = max(row.heard_at, heard.since)
    most = row.allowance + rules.playable(since, now, speed=heard.speed)
    grown = spans.grown(row.spans, heard.stretches, recording.duration, most=most)
    seen = spans.total(grown)
    row.allowance = min(most - (seen - row.seen), rules.CARRIED)
    if grown != row.spans:
        row.spans, row.seen = grown, seen
    row.place = min(max(heard.place, 0), recording.duration)
    row.heard_at = max(row.heard_at, now)
    return row


def _held(db: Session, recording: Recording, *, by: Actor, now: datetime) -> Watching:
    """The person's row, held; made the first time, even if two devices begin at once."""
    key = {"recording_id": recording.id, "user_id": UserId(by.user_id)}
    found = _row(db, key)
    if found is not None:
        return found
    made = Watching(**key, spans=[], seen=0, place=0, allowance=0, heard_at=now)
    try:
        with db.begin_nested():
            db.add(made)
    except IntegrityError:
        return _row(db, key) or made
    return made


def _row(db: Session, key: Mapping[str, UUID]) -> Watching | None:
    return db.get(Watching, key, with_for_update=True, populate_existing=True)
