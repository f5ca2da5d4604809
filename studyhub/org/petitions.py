"""What a cell asks the committee above for a member: a transfer, an exemption, or its end."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.kernel.database import Base, Line
from studyhub.kernel.ids import UnitId, UserId, new_uuid
from studyhub.org.models import Unit


class Wish(StrEnum):
    """What is asked for."""

    TRANSFER = "transfer"
    EXEMPTION = "exemption"
    END_OF_EXEMPTION = "end_of_exemption"


class PetitionState(StrEnum):
    """How far it has come: asked, and then one of the others for good."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Petition(Base):
    """One request of a cell about one member, with its answer. Kept whatever becomes of it."""

    __tablename__ = "petition"
    __table_args__ = (Index("ix_petition_cell_state", "cell_id", "state"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    wish: Mapped[Wish]
    state: Mapped[PetitionState] = mapped_column(default=PetitionState.ASKED)
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), index=True)
    cell_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    since: Mapped[date | None]
    """The day from which it is asked for; of an exemption's end, its last day."""
    until: Mapped[date | None]
    destination: Mapped[Line]
    """Where the member is to go, in the words of the cell."""
    reason: Mapped[Line]
    basis: Mapped[Line]
    asked_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    asked_at: Mapped[datetime]
    decided_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    decided_at: Mapped[datetime | None]
    """When it was approved, declined or withdrawn."""
    answer: Mapped[Line]
    """Why it was declined or withdrawn, or what was decided in words."""
    decision: Mapped[Line]
    """Number and day of the decision by which it was approved."""

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    cell: Mapped[Unit] = relationship()
    asker: Mapped[User] = relationship(foreign_keys=[asked_by])
    decider: Mapped[User | None] = relationship(foreign_keys=[decided_by])

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state is PetitionState.ASKED
