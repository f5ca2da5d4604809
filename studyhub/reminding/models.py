"""A reminder: who was told, by whom, on which day, of what was lacking."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.kernel.database import Base
from studyhub.kernel.ids import RoundId, UnitId, UserId, new_uuid
from studyhub.org.models import Unit
from studyhub.rounds.models import StudyRound


class Way(StrEnum):
    """How the person was told."""

    NOTICE = "notice"
    IN_PERSON = "in_person"
    """Somebody called or spoke to them: those who never sign in are reached no other way."""


BY_NOTICE = text("way = 'notice'")


class Reminder(Base):
    """One person reminded of one round; `lacks` says of what, as codes parted by commas."""

    __tablename__ = "reminder"
    __table_args__ = (
        Index(
            "uq_reminder_one_a_day",
            "user_id",
            "day",
            unique=True,
            sqlite_where=BY_NOTICE,
            postgresql_where=BY_NOTICE,
        ),
        Index("ix_reminder_round_user", "round_id", "user_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    round_id: Mapped[RoundId] = mapped_column(ForeignKey(StudyRound.id))
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    cell_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    way: Mapped[Way]
    lacks: Mapped[str] = mapped_column(String(60))
    day: Mapped[date]
    made_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    """None: StudyHub itself, in the morning."""
    made_at: Mapped[datetime]

    maker: Mapped[User | None] = relationship(foreign_keys=[made_by])
