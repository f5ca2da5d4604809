"""A feed: whose calendar asks, of what, and until when it is answered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.kernel.database import Base
from studyhub.kernel.ids import UnitId, UserId, new_uuid
from studyhub.org.models import Unit

STANDING = text("voided_at IS NULL")


class Feed(Base):
    """The calendar of a person, or what a follower sees of a unit; its id is in the address.

    The address itself is not kept: it is the id, signed with the key of the
    installation, so that a copy of the database opens no calendar.
    """

    __tablename__ = "calendar_feed"
    __table_args__ = (
        Index(
            "uq_calendar_feed_own",
            "user_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL AND unit_id IS NULL"),
            postgresql_where=text("voided_at IS NULL AND unit_id IS NULL"),
        ),
        Index(
            "uq_calendar_feed_unit",
            "user_id",
            "unit_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    unit_id: Mapped[UnitId | None] = mapped_column(ForeignKey(Unit.id))
    made_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    """When a calendar last asked: whoever gave the address away by mistake sees it is in use."""
    voided_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
    unit: Mapped[Unit | None] = relationship()
