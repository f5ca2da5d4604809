"""What a session is followed by is chosen; a stream key is made, and made anew."""

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.live import queries, rules
from studyhub.live.models import Meeting, SessionSource, Source
from studyhub.rounds.lifecycle import RoundState
from studyhub.study.models import StudySession

NOT_SECURE = N_("Give the address of the conference: it begins with https://.")


def choose(
    db: Session,
    session: StudySession,
    source: Source,
    *,
    link: str = "",
    by: Actor,
    now: datetime,
) -> None:
    """Say what the session is followed by; a link needs its address. The old key stays good."""
    _require_not_closed(session)
    if source is Source.LINK:
        if not rules.is_secure(link):
            raise Unfit(NOT_SECURE, about="link")
        session.link = link
    row = _row(db, session, source)
    row.source = source
    if source in {Source.BIGBLUEBUTTON, Source.JITSI}:
        _give_room(db, session)
    log.record(db, Deed.SOURCE_CHOSEN, session.id, by=by, now=now, source=source.value)


def make_key(db: Session, session: StudySession, *, by: Actor, now: datetime) -> str:
    """A stream key that voids the one before it; whoever sends with that one is cut off soon.

    It is told here, once. It begins with the session, for the media server to know which.
    """
    _require_not_closed(session)
    row = queries.source_row(db, session)
    if row is None or row.source is not Source.STREAM:
        raise Untimely(N_("This session is not followed by a stream of your own."))
    secret = secrets.token_urlsafe(24)
    row.key_hash = rules.hash_of(secret)
    row.key_made_at, row.key_made_by, row.over_at = now, UserId(by.user_id), None
    log.record(db, Deed.STREAM_KEY_MADE, session.id, by=by, now=now)
    return f"{session.id}?key={secret}"


def _require_not_closed(session: StudySession) -> None:
    if session.round.state is RoundState.CLOSED:
        raise Untimely(N_("This study round has been closed."))


def _row(db: Session, session: StudySession, source: Source) -> SessionSource:
    row = queries.source_row(db, session)
    if row is None:
        row = SessionSource(session_id=session.id, source=source)
        db.add(row)
    return row


def _give_room(db: Session, session: StudySession) -> None:
    if db.get(Meeting, session.id) is None:
        db.add(Meeting(session_id=session.id, room=f"hoctap-{secrets.token_hex(16)}"))
