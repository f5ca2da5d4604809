"""The sessions of a round, their agenda, and who was there."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.kernel.database import Base, Line, Name
from studyhub.kernel.ids import RoundId, UserId, new_uuid
from studyhub.rounds.models import StudyRound


class Presence(StrEnum):
    """How a summoned person was, or was not, at a session. No row means nothing recorded yet."""

    ON_SITE = "on_site"
    ONLINE = "online"
    MADE_UP = "made_up"
    EXCUSED = "excused"
    ABSENT = "absent"


AT_FIRST = frozenset({Presence.ON_SITE, Presence.ONLINE})
"""Was there when the session was held, and did not need to make it up."""


class Basis(StrEnum):
    """What a record rests on, where it is neither a check-in nor a plain roll call."""

    SESSION = "session"
    """Made up at a session that repeats the first."""
    RECORDING = "recording"
    """Made up by following the recording."""
    PAPER = "paper"
    """Made up by other means; the leaders of the cell vouch for it."""
    REQUEST = "request"
    """Excused at the person's own request, which was granted."""
    BRIDGE = "bridge"
    """Marked at a bridge point."""
    LIST = "list"
    """Taken over from a list of attendance."""


_WAS = Enum(
    Presence,
    values_callable=lambda words: [word.value for word in words],
    native_enum=False,
    create_constraint=True,
    length=30,
    name="was",
)
"""As every word is stored; under a name of its own, as two columns of one table have presences."""


def _secret() -> str:
    return secrets.token_hex(16)


class StudySession(Base):
    """A buổi học of a round."""

    __tablename__ = "study_session"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_it_begins"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    round_id: Mapped[RoundId] = mapped_column(ForeignKey(StudyRound.id), index=True)
    title: Mapped[Name]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    place: Mapped[Line]
    link: Mapped[Line]
    recording_link: Mapped[Line]
    reporter: Mapped[Line]
    check_in_opens_at: Mapped[datetime]
    check_in_closes_at: Mapped[datetime]
    check_in_secret: Mapped[str] = mapped_column(String(64), default=_secret, server_default="")
    """What the codes of the session follow from (`study.codes`); nobody is shown it."""
    late_after: Mapped[int] = mapped_column(default=15, server_default="15")
    """Minutes after the beginning from which whoever checks in has come late."""
    moderator_id: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    """Who moderates the questions, besides those who manage the session (`study.moderating`)."""
    made_up_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("study_session.id"), index=True)
    """The session that this one repeats, for those who missed it."""

    round: Mapped[StudyRound] = relationship()
    moderator: Mapped[User | None] = relationship()
    made_up_of: Mapped["StudySession | None"] = relationship(remote_side="StudySession.id")
    agenda: Mapped[list["AgendaItem"]] = relationship(
        order_by="AgendaItem.position", cascade="all, delete-orphan"
    )

    def takes_check_in(self, now: datetime) -> bool:
        """Whether a person may check in at this moment."""
        return self.check_in_opens_at <= now <= self.check_in_closes_at

    def is_late(self, now: datetime) -> bool:
        """Whether somebody who checks in at this moment has come late."""
        return now > self.starts_at + timedelta(minutes=self.late_after)

    def is_under_way(self, now: datetime) -> bool:
        """Whether it is going on."""
        return self.starts_at <= now <= self.ends_at


class CalledOff(Base):
    """A session that people had been told of and that was removed: calendars cancel it."""

    __tablename__ = "called_off_session"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """The id the session had."""
    round_id: Mapped[RoundId] = mapped_column(ForeignKey(StudyRound.id), index=True)
    title: Mapped[Name]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    called_off_at: Mapped[datetime]

    round: Mapped[StudyRound] = relationship()


class AgendaItem(Base):
    """A topic (chuyên đề) of a session."""

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("session_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    session_id: Mapped[UUID] = mapped_column(ForeignKey(StudySession.id), index=True)
    position: Mapped[int]
    starts_at: Mapped[datetime | None]
    title: Mapped[Line]
    reporter: Mapped[Line]


class Attendance(Base):
    """What is recorded about one person at one session, and by whom."""

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("presence != 'excused' OR reason != ''", name="excuse_has_a_reason"),
    )

    session_id: Mapped[UUID] = mapped_column(ForeignKey(StudySession.id), primary_key=True)
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), primary_key=True, index=True)
    presence: Mapped[Presence]
    late: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Checked in later than the session allows; it counts as attended all the same."""
    reason: Mapped[Line]
    basis: Mapped[Basis | None]
    basis_id: Mapped[UUID | None]
    """The request, bridge point or list that it rests on."""
    was: Mapped[Presence | None] = mapped_column(_WAS)
    """What was recorded of the first round, of somebody who has made up since."""
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))

    user: Mapped[User] = relationship(foreign_keys=[user_id])

    def record(
        self,
        presence: Presence,
        reason: str = "",
        *,
        basis: "Basis | None" = None,
        basis_id: UUID | None = None,
        by: UserId,
        now: datetime,
    ) -> None:
        """Record this, keeping of whoever makes up what was recorded of the first round."""
        if presence is not Presence.MADE_UP:
            self.was, self.reason = None, "" if presence in AT_FIRST else reason
        elif self.presence is not Presence.MADE_UP:
            self.was, self.reason = self.presence, self.reason or ""
        if presence is Presence.MADE_UP:
            basis = basis or Basis.PAPER
        self.presence, self.basis, self.basis_id = presence, basis, basis_id
        self.recorded_at, self.recorded_by = now, by


class WrongCode(Base):
    """How many wrong codes a person has typed at a session, to stop guessing."""

    __tablename__ = "wrong_code"

    session_id: Mapped[UUID] = mapped_column(ForeignKey(StudySession.id), primary_key=True)
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), primary_key=True)
    tries: Mapped[int] = mapped_column(default=0)
