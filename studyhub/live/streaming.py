"""What the media server says of a stream: somebody wants to send, goes on, has ended.

Nothing here is said by a person: the key says on whose behalf. Everything may be said twice.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.jobs import service as jobs
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Forbidden, Untimely
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.live import rules
from studyhub.live.handing_over import AWAITED, KIND
from studyhub.live.models import LiveStream, SessionSource, Source
from studyhub.study.models import StudySession


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who sends, as the media server knows them."""

    session_id: UUID
    client: str
    key: str = ""


def begin(db: Session, sender: Sender, *, now: datetime) -> LiveStream:
    """Let somebody send who has the key, at the time of the session, and alone."""
    row = _admitted(db, sender)
    session = row.session
    if not rules.takes_stream(session, now):
        raise Forbidden(N_("It is not the time of this session."))
    going = [one for one in _open(db, session.id) if rules.comes_in(one, now)]
    if any(one.client != sender.client for one in going):
        raise Forbidden(N_("Somebody sends to this session already."))
    return going[0] if going else _begun(db, row, sender, now)


def go_on(db: Session, sender: Sender, *, now: datetime) -> None:
    """It is still coming in; refused when its key was made anew since, and so cut off."""
    row = _admitted(db, sender)
    for stream in _open(db, sender.session_id):
        if stream.client == sender.client:
            stream.seen_at = now
            return
    _begun(db, row, sender, now)


def end(db: Session, sender: Sender, *, now: datetime) -> bool:
    """It has ended; whether it had begun."""
    for stream in _open(db, sender.session_id):
        if stream.client == sender.client:
            _close(db, stream, now)
            return True
    return False


def keep_recording(db: Session, sender: Sender, file: str, *, now: datetime) -> bool:
    """The recording of the stretch stands in the folder; taken over unless the stream goes on."""
    stream = db.scalars(
        select(LiveStream)
        .where(LiveStream.session_id == sender.session_id, LiveStream.client == sender.client)
        .order_by(LiveStream.began_at.desc())
        .limit(1)
    ).one_or_none()
    if stream is None or stream.file or stream.taken_over_at:
        return False
    stream.file = file
    jobs.ask(db, KIND, now=now, due_at=now + AWAITED, subject_id=stream.session_id)
    return True


def say_over(db: Session, session: StudySession, *, by: Actor, now: datetime) -> None:
    """Nobody waits any more: the page says so, and the recording is taken over at once."""
    row = db.get(SessionSource, session.id)
    if row is None or row.source is not Source.STREAM:
        raise Untimely(N_("This session is not followed by a stream of your own."))
    row.over_at = now
    for stream in _open(db, session.id):
        if not rules.comes_in(stream, now):
            _close(db, stream, stream.seen_at)
    log.record(db, Deed.STREAM_SAID_OVER, session.id, by=by, now=now)
    jobs.ask(db, KIND, now=now, subject_id=session.id)


def _admitted(db: Session, sender: Sender) -> SessionSource:
    """The source the key opens, held: deny by default."""
    row = db.scalars(
        select(SessionSource)
        .where(SessionSource.session_id == sender.session_id)
        .with_for_update(of=SessionSource)
    ).one_or_none()
    if row is None or row.source is not Source.STREAM or not rules.fits(sender.key, row.key_hash):
        raise Forbidden(N_("This is not the key of a stream."))
    return row


def _open(db: Session, session_id: UUID) -> list[LiveStream]:
    rows = db.scalars(
        select(LiveStream)
        .where(LiveStream.session_id == session_id, LiveStream.ended_at.is_(None))
        .with_for_update()
    )
    return list(rows)


def _begun(db: Session, row: SessionSource, sender: Sender, now: datetime) -> LiveStream:
    """A new stretch; those the media server forgot to end have ended when last heard of."""
    for left in _open(db, row.session_id):
        _close(db, left, left.seen_at)
    maker = UserId(row.key_made_by or sender.session_id)
    stream = LiveStream(
        id=new_uuid(),
        session_id=row.session_id,
        client=sender.client,
        began_at=now,
        began_by=maker,
        seen_at=now,
        file="",
    )
    db.add(stream)
    row.over_at = None
    by = Actor(user_id=maker, today=now.date())
    log.record(db, Deed.STREAM_BEGAN, row.session_id, by=by, now=now)
    return stream


def _close(db: Session, stream: LiveStream, moment: datetime) -> None:
    stream.ended_at = moment
    seconds = int((moment - stream.began_at).total_seconds())
    log.record(db, Deed.STREAM_ENDED, stream.session_id, by=None, now=moment, seconds=seconds)
