"""A pile of paper essays of one cell, scanned to one PDF, and its pages being sorted."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.essays.flaws import Flaw
from studyhub.kernel.database import Base, Line
from studyhub.kernel.ids import RoundId, UnitId, UserId, new_uuid
from studyhub.org.models import Unit
from studyhub.rounds.models import StudyRound


class PileState(StrEnum):
    """How far a pile is."""

    READING = "reading"
    SORTING = "sorting"
    UNREADABLE = "unreadable"
    HANDED_IN = "handed_in"


class Find(StrEnum):
    """What a page was found to be."""

    PAGE = "page"
    BLANK = "blank"
    COVER = "cover"
    OTHER_CELL = "other_cell"
    """A cover sheet of somebody of another cell."""
    OTHER_ROUND = "other_round"
    """A cover sheet of another round."""
    UNKNOWN = "unknown"
    """A cover sheet nobody printed here, or of somebody who is no longer on the list."""


COVERS = frozenset({Find.COVER, Find.OTHER_CELL, Find.OTHER_ROUND, Find.UNKNOWN})


class Pile(Base):
    """The file as it was brought; brought again, the same bytes are the pile they were.

    `refusal` is why it could not be read: a message id and its values.
    """

    __tablename__ = "pile"
    __table_args__ = (
        UniqueConstraint("round_id", "cell_id", "file_key", name="uq_pile_brought_once"),
        Index("ix_pile_cell_round", "cell_id", "round_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    round_id: Mapped[RoundId] = mapped_column(ForeignKey(StudyRound.id))
    cell_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    file_key: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[Line]
    state: Mapped[PileState] = mapped_column(default=PileState.READING)
    page_count: Mapped[int] = mapped_column(default=0)
    refusal: Mapped[dict[str, Any]] = mapped_column(default=dict)
    brought_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    brought_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None]

    round: Mapped[StudyRound] = relationship()
    cell: Mapped[Unit] = relationship()
    bringer: Mapped[User] = relationship(foreign_keys=[brought_by])
    pages: Mapped[list["PilePage"]] = relationship(order_by="PilePage.position")


class PilePage(Base):
    """One page: what it was found to be, whose it is, and whether it is left out."""

    __tablename__ = "pile_page"
    __table_args__ = (UniqueConstraint("pile_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    pile_id: Mapped[UUID] = mapped_column(ForeignKey(Pile.id))
    position: Mapped[int]
    file_key: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    flaw: Mapped[Flaw] = mapped_column(default=Flaw.NONE)
    find: Mapped[Find] = mapped_column(default=Find.PAGE)
    turn: Mapped[int] = mapped_column(default=0)
    member_id: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    is_left_out: Mapped[bool] = mapped_column(default=False)

    @property
    def is_cover(self) -> bool:
        """Whether it is a cover sheet, of whomever: never part of an essay."""
        return self.find in COVERS

    @property
    def waits(self) -> bool:
        """Whether somebody must still say whose it is."""
        return self.member_id is None and not self.is_left_out and not self.is_cover

    @property
    def frozen(self) -> dict[str, str]:
        """What a version keeps of it."""
        return {"key": self.file_key, "width": str(self.width), "height": str(self.height)}
