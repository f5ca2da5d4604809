"""Where the picture of a session comes from; its stream; its meeting elsewhere, who was there."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.kernel.database import Base, Line
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.study.models import StudySession


class Source(StrEnum):
    """What a session is followed by."""

    NONE = "none"
    """Only at the place."""
    STREAM = "stream"
    """The organization's own: RTMP in, HLS out."""
    RECORDING = "recording"
    """Nothing live; a recording is watched."""
    BIGBLUEBUTTON = "bigbluebutton"
    JITSI = "jitsi"
    LINK = "link"
    """Zoom, Meet, Teams or another, by its address alone."""


class SessionSource(Base):
    """The source chosen for a session, and what belongs to it."""

    __tablename__ = "session_source"

    session_id: Mapped[UUID] = mapped_column(
        ForeignKey(StudySession.id, ondelete="CASCADE"), primary_key=True
    )
    source: Mapped[Source]
    key_hash: Mapped[str] = mapped_column(String(64), default="", server_default="")
    """Of the stream key; the key itself is shown once and kept nowhere."""
    key_made_at: Mapped[datetime | None]
    key_made_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    over_at: Mapped[datetime | None]
    """Somebody said that the stream is over: it is not waited for any more."""

    session: Mapped[StudySession] = relationship()
    key_maker: Mapped[User | None] = relationship()


class LiveStream(Base):
    """A stretch during which the picture of a session came in. A broken line makes several."""

    __tablename__ = "live_stream"
    __table_args__ = (Index("ix_live_stream_session", "session_id", "began_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    session_id: Mapped[UUID] = mapped_column(ForeignKey(StudySession.id, ondelete="CASCADE"))
    client: Mapped[str] = mapped_column(String(40))
    """How the media server calls the one who sends."""
    began_at: Mapped[datetime]
    began_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    """Who made the key that it is sent with."""
    seen_at: Mapped[datetime]
    """When the media server last said that it is still coming in."""
    ended_at: Mapped[datetime | None]
    file: Mapped[Line]
    """The name of its recording in the folder of the media server; empty: none, or taken over."""
    taken_over_at: Mapped[datetime | None]


class Meeting(Base):
    """The room of a session in a conference system."""

    __tablename__ = "session_meeting"

    session_id: Mapped[UUID] = mapped_column(
        ForeignKey(StudySession.id, ondelete="CASCADE"), primary_key=True
    )
    room: Mapped[str] = mapped_column(String(80))
    """Its name there; nobody can guess it."""
    opened_at: Mapped[datetime | None]
    opened_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    ended_at: Mapped[datetime | None]

    session: Mapped[StudySession] = relationship()


class Sighting(Base):
    """Somebody was in the meeting of a session: from when to when, as far as it was looked."""

    __tablename__ = "meeting_sighting"

    session_id: Mapped[UUID] = mapped_column(
        ForeignKey(StudySession.id, ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), primary_key=True, index=True)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    """The time between looks at which the person was there both times."""
