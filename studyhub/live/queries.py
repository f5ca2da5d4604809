"""Questions about what a session is followed by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.live import rules
from studyhub.live.models import LiveStream, Meeting, SessionSource, Source
from studyhub.live.rules import OnAir
from studyhub.study.models import StudySession


@dataclass(frozen=True, kw_only=True)
class Live:
    """What a session is followed by at this moment, for those who look at it."""

    source: Source
    on_air: OnAir | None = None
    """Of a stream of one's own."""
    since: datetime | None = None
    """When the picture first came, and when it ended or broke off."""
    ended_at: datetime | None = None
    meeting: Meeting | None = None
    system: str = ""
    """What a link leads to: Zoom, Google Meet, or the name of its host."""

    @property
    def comes_in(self) -> bool:
        """Whether there is a picture at this moment."""
        return self.on_air is OnAir.NOW

    @property
    def is_open(self) -> bool:
        """Whether the meeting has been opened and has not ended."""
        return bool(self.meeting and self.meeting.opened_at and not self.meeting.ended_at)


def source_row(db: Session, session: StudySession) -> SessionSource | None:
    """What was chosen for the session, and what belongs to it."""
    return db.get(SessionSource, session.id)


def streams_of(db: Session, session_id: UUID) -> Sequence[LiveStream]:
    """The stretches of its stream, the first one first."""
    return db.scalars(
        select(LiveStream)
        .where(LiveStream.session_id == session_id)
        .order_by(LiveStream.began_at, LiveStream.id)
    ).all()


def live_of(db: Session, session: StudySession, now: datetime) -> Live:
    """What the session is followed by: one query, two where the source has something of its own."""
    row = source_row(db, session)
    source = row.source if row else rules.usual(session)
    if row and source is Source.STREAM:
        return _of_stream(row, streams_of(db, session.id), session, now)
    if source in {Source.BIGBLUEBUTTON, Source.JITSI}:
        return Live(source=source, meeting=db.get(Meeting, session.id))
    return Live(source=source, system=rules.system_of(session.link))


def _of_stream(
    row: SessionSource, streams: Sequence[LiveStream], session: StudySession, now: datetime
) -> Live:
    return Live(
        source=Source.STREAM,
        on_air=rules.on_air(streams, over_at=row.over_at, ends_at=session.ends_at, now=now),
        since=streams[0].began_at if streams else None,
        ended_at=max((one.ended_at or one.seen_at for one in streams), default=None),
    )


def sign_of(db: Session, session: StudySession, now: datetime) -> str:
    """A few words that change whenever what is seen of it on the session's page does."""
    live = live_of(db, session, now)
    return f"{live.source} {live.on_air} {live.is_open} {live.meeting is not None}"
