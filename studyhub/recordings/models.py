"""A recording, its captions, what is on its way, and what each person has watched of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.kernel.database import Base, Json, Line, Name
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.recordings.spans import Spans
from studyhub.study.models import AgendaItem, StudySession


class RecordingState(StrEnum):
    """How far it is: being made streamable, to be watched, or not to be made."""

    IN_WORK = "in_work"
    READY = "ready"
    FAILED = "failed"


class Recording(Base):
    """A recording of a session, or of one topic of it.

    `original_key` is the file as it came, kept until the recording has been good for a while
    (as long as it is not: for good); "" before the job has taken it in, from `taken_from` or
    from what arrived under this id. A recording without a picture has no `video_key`.
    """

    __tablename__ = "recording"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    session_id: Mapped[UUID] = mapped_column(ForeignKey(StudySession.id), index=True)
    topic_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(AgendaItem.id, ondelete="SET NULL"), index=True
    )
    title: Mapped[Name]
    file_name: Mapped[Line]
    taken_from: Mapped[Line]
    state: Mapped[RecordingState] = mapped_column(default=RecordingState.IN_WORK)
    refusal: Mapped[Line]
    """Why it could not be made: a message id."""
    original_key: Mapped[str] = mapped_column(String(64), default="")
    original_size: Mapped[int] = mapped_column(BigInteger, default=0)
    video_key: Mapped[str] = mapped_column(String(64), default="")
    video_size: Mapped[int] = mapped_column(BigInteger, default=0)
    audio_key: Mapped[str] = mapped_column(String(64), default="")
    audio_size: Mapped[int] = mapped_column(BigInteger, default=0)
    poster_key: Mapped[str] = mapped_column(String(64), default="")
    duration: Mapped[int] = mapped_column(default=0)
    """Milliseconds; 0 before it is known."""
    added_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    added_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    session: Mapped[StudySession] = relationship(lazy="joined", innerjoin=True)
    topic: Mapped[AgendaItem | None] = relationship()
    captions: Mapped[list["Caption"]] = relationship(
        order_by="Caption.language", cascade="all, delete-orphan"
    )

    @property
    def is_ready(self) -> bool:
        """Whether it can be watched or heard."""
        return self.state is RecordingState.READY and self.removed_at is None

    @property
    def has_picture(self) -> bool:
        """Whether there is something to see."""
        return bool(self.video_key)


class Caption(Base):
    """Words shown with a recording, in one language; cleaned before they were kept."""

    __tablename__ = "recording_caption"
    __table_args__ = (UniqueConstraint("recording_id", "language"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    recording_id: Mapped[UUID] = mapped_column(ForeignKey(Recording.id))
    language: Mapped[str] = mapped_column(String(10))
    file_key: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime]


class RecordingArrival(Base):
    """A recording on its way from a browser: how much of it is here.

    `mark` is what the browser knows the file by when it is chosen again another day.
    """

    __tablename__ = "recording_arrival"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    session_id: Mapped[UUID] = mapped_column(
        ForeignKey(StudySession.id, ondelete="CASCADE"), index=True
    )
    topic_id: Mapped[UUID | None] = mapped_column(ForeignKey(AgendaItem.id, ondelete="SET NULL"))
    person_id: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    title: Mapped[Name]
    name: Mapped[Name]
    size: Mapped[int] = mapped_column(BigInteger)
    mark: Mapped[str] = mapped_column(String(64))
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    touched_at: Mapped[datetime] = mapped_column(index=True)

    person: Mapped[User] = relationship()

    @property
    def is_whole(self) -> bool:
        """Whether all of it is here."""
        return self.received == self.size


class Watching(Base):
    """What one person has watched of a recording: the union of the stretches really played."""

    __tablename__ = "recording_watching"

    recording_id: Mapped[UUID] = mapped_column(ForeignKey(Recording.id), primary_key=True)
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), primary_key=True, index=True)
    spans: Mapped[Spans] = mapped_column(Json, default=list)
    seen: Mapped[int] = mapped_column(default=0)
    """Milliseconds of the union."""
    place: Mapped[int] = mapped_column(default=0)
    """Where the person stopped, in milliseconds."""
    allowance: Mapped[int] = mapped_column(default=0)
    """Milliseconds that could have been played by `heard_at` and were not."""
    heard_at: Mapped[datetime]


class FollowedSession(Base):
    """A session that somebody has made up by following its recording. Credited once.

    What the leaders of the cell record after that stands.
    """

    __tablename__ = "followed_session"

    session_id: Mapped[UUID] = mapped_column(
        ForeignKey(StudySession.id, ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), primary_key=True, index=True)
    share: Mapped[int]
    """Percent that were asked for."""
    credited_at: Mapped[datetime]
