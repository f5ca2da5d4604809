"""Temporary activity in another cell (sinh hoạt tạm thời): the headcount stays where it was."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship
from sqlalchemy.sql.elements import ColumnElement

from studyhub.accounts.models import User
from studyhub.kernel.database import Base, Line
from studyhub.kernel.ids import UnitId, UserId, new_uuid
from studyhub.org.models import Dated, Membership, Unit


class Stay(Dated, Base):
    """A person takes part in another cell from a day to a day; counted in the official one only.

    Kept as it was decided even when it is taken back. The official cell is not
    said here: it is where the person belongs on the day.
    """

    __tablename__ = "stay"
    __table_args__ = (
        CheckConstraint("until >= since", name="ends_after_it_begins"),
        Index("ix_stay_user_until", "user_id", "until"),
        Index("ix_stay_host_until", "host_id", "until"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    host_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    until: Mapped[date]
    basis: Mapped[Line]
    continues_id: Mapped[UUID | None] = mapped_column(ForeignKey("stay.id"))
    """The stay it goes on from, where the host was merged into another cell."""
    taken_back_at: Mapped[datetime | None]
    taken_back_basis: Mapped[Line]

    user: Mapped[User] = relationship()
    host: Mapped[Unit] = relationship()
    if TYPE_CHECKING:
        stretches: Mapped[list[Membership]]
        """Everything the person belongs to, in the order of time."""

    def home_on(self, day: date) -> str:
        """Where the person belongs on that day, or belonged last: the path of that cell."""
        begun = [row for row in self.stretches if row.since <= day]
        return begun[-1].cell.path if begun else ""

    @hybrid_method
    def holds(self, day: date) -> bool:
        """Whether the person is with the host on that day."""
        return self.taken_back_at is None and self.covers(day)

    @holds.inplace.expression  # type: ignore[attr-defined, untyped-decorator]  # hybrid_method
    @classmethod
    def _holds(cls, day: date) -> ColumnElement[bool]:
        return cls.taken_back_at.is_(None) & (cls.since <= day) & (cls.until >= day)


Stretch = aliased(Membership)
"""What the person belongs to, stretch by stretch."""

Stay.stretches = relationship(
    Stretch,
    primaryjoin=Stretch.user_id == Stay.user_id,
    foreign_keys=Stretch.user_id,
    order_by=Stretch.since,
    viewonly=True,
)
