"""Photos that come in pieces: where each stands, and what becomes of it when it is whole.

A broken connection loses at most one piece. Who begins the same photo again is told
where to go on; pieces follow each other without gaps, and the whole must have the hash
that was told at the beginning.
"""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.essays.models import Essay
from studyhub.jobs import service as jobs
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing, Unfit
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.sandbox import MEGABYTE
from studyhub.kernel.words import N_
from studyhub.library.errors import Unreadable
from studyhub.library.hazards import EMPTY
from studyhub.papers import darkroom, kinds, pages
from studyhub.papers.developing import KIND
from studyhub.papers.models import Arrival
from studyhub.storage import pieces
from studyhub.storage.arriving import Arriving

PIECE = 256 * 1024
LARGEST_PIECE = 4 * PIECE
AT_ONCE = timedelta(hours=1)

TOO_MANY_BEGUN = N_("Too many photos are on their way at once. Wait until some have arrived.")


def begin(
    db: Session, essay: Essay, *, name: str, size: int, mark: str, replaces: UUID | None,
    by: Actor, now: datetime,
) -> Arrival:  # fmt: skip
    """Announce a photo; one that was begun before goes on where it stands."""
    pages.expect_wanted(essay, now)
    _expect_fit(essay, size, replaces)
    mine = select(Arrival).where(Arrival.essay_id == essay.id, Arrival.person_id == by.user_id)
    same = mine.where(Arrival.mark == mark, Arrival.size == size, Arrival.page_id.is_(None))
    known = db.scalars(same.limit(1)).first() if mark else None
    if known:
        known.touched_at, known.replaces = now, replaces
        return known
    recent = mine.where(Arrival.touched_at > now - AT_ONCE, Arrival.page_id.is_(None))
    under_way = select(func.count()).select_from(recent.subquery())
    if (db.scalar(under_way) or 0) >= pages.MOST:
        raise Unfit(TOO_MANY_BEGUN)
    made = Arrival(
        id=new_uuid(), essay_id=essay.id, person_id=UserId(by.user_id), name=name[:200], size=size,
        mark=mark, received=0, replaces=replaces, touched_at=now,
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made


def expected(db: Session, essay: Essay, arrival_id: UUID, *, by: Actor) -> Arrival:
    """The arrival, if it is this person's and of this essay."""
    found = db.get(Arrival, arrival_id, with_for_update=True, populate_existing=True)
    if found is None or found.essay_id != essay.id or found.person_id != by.user_id:
        raise Missing(N_("There is nothing here."))
    return found


def expect_next(arrival: Arrival, at: int, piece: bytes) -> None:
    """Refuse a piece that leaves a gap, goes beyond the end, or is none."""
    pieces.expect_next(arrival, at, piece, largest=LARGEST_PIECE)


def receive(
    db: Session, essay: Essay, arrival: Arrival, length: int, *, arriving: Arriving,
    by: Actor, now: datetime,
) -> None:  # fmt: skip
    """So much more is here. What is whole becomes a page, and a job develops it."""
    pages.expect_wanted(essay, now)
    arrival.received, arrival.touched_at = arrival.received + length, now
    if arrival.is_whole:
        finish(db, essay, arrival, arriving.read(arrival.id), by=by, now=now)


def finish(
    db: Session, essay: Essay, arrival: Arrival, data: bytes, *, by: Actor, now: datetime
) -> None:
    """All of it is here: what it should be, it becomes a page; damaged, it begins again."""
    found = hashlib.sha256(data).hexdigest()
    if len(data) != arrival.size or arrival.mark not in {"", found}:
        arrival.received = 0
        return
    kinds.expect_page(data[:4096])
    page = pages.add(
        db, essay, name=arrival.name, source=found, replaces=arrival.replaces, by=by, now=now
    )
    arrival.page_id = page.id
    jobs.ask(db, KIND, now=now, subject_id=arrival.id)


def keep_whole(
    db: Session, essay: Essay, name: str, data: bytes, replaces: UUID | None,
    *, arriving: Arriving, by: Actor, now: datetime,
) -> None:  # fmt: skip
    """A photo that came in one form, where there is no script to send it in pieces."""
    kinds.expect_page(data[:4096])
    arrival = begin(
        db, essay, name=name, size=len(data), mark=hashlib.sha256(data).hexdigest(),
        replaces=replaces, by=by, now=now,
    )  # fmt: skip
    arriving.write(arrival.id, 0, data)
    arrival.received = len(data)
    finish(db, essay, arrival, data, by=by, now=now)


def _expect_fit(essay: Essay, size: int, replaces: UUID | None) -> None:
    if size < 1:
        raise Unreadable(EMPTY)
    if size > darkroom.LARGEST:
        raise Unreadable(darkroom.TOO_LARGE, limit=darkroom.LARGEST // MEGABYTE)
    if not replaces and len(essay.pages) >= pages.MOST:
        raise Unfit(pages.TOO_MANY, most=pages.MOST)
