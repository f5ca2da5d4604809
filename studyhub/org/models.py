"""Units, memberships, transfers, exemptions and posts, valid from a day, perhaps until one."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship, validates
from sqlalchemy.sql.elements import ColumnElement

from studyhub.accounts.models import PlainOrder, User
from studyhub.kernel.actor import Post
from studyhub.kernel.database import Base, Line, Name
from studyhub.kernel.ids import UnitId, UserId, new_uuid
from studyhub.kernel.vietnamese import fold


class UnitKind(StrEnum):
    """What a unit is; a cell may hang at any level of the tree."""

    PARTY_ORG = "party_org"
    SECTION = "section"
    CELL = "cell"
    GROUP = "group"


class Standing(StrEnum):
    """How full a membership is."""

    OFFICIAL = "official"
    PROBATIONARY = "probationary"


class Leaving(StrEnum):
    """How a membership ends for good: the person leaves the Party, or what StudyHub knows of it."""

    REMOVED = "removed"
    EXPELLED = "expelled"
    RESIGNED = "resigned"
    DIED = "died"
    MOVED_AWAY = "moved_away"
    """Transferred to an organization that StudyHub does not know: still in the Party."""
    OTHER = "other"


class ExemptionKind(StrEnum):
    """Why nothing is asked of somebody: exempt at their wish, or suspended by a decision."""

    EXEMPT = "exempt"
    SUSPENDED = "suspended"


class Dated:
    """Valid from `since` to `until`, both days included; no `until`: until further notice."""

    since: Mapped[date]
    until: Mapped[date | None]
    until_basis: Mapped[Line]
    """The decision by which it ends, as `basis` is the one by which it began."""

    @hybrid_method
    def covers(self, day: date) -> bool:
        """Whether it is valid on that day."""
        return self.since <= day and (self.until is None or day <= self.until)

    @covers.inplace.expression  # type: ignore[attr-defined, untyped-decorator]  # hybrid_method
    @classmethod
    def _covers(cls, day: date) -> ColumnElement[bool]:
        return (cls.since <= day) & (cls.until.is_(None) | (cls.until >= day))


class Unit(Dated, Base):
    """A party organization, section, cell or group, at its place in the tree."""

    __tablename__ = "unit"

    id: Mapped[UnitId] = mapped_column(primary_key=True, default=new_uuid)
    parent_id: Mapped[UnitId | None] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[UnitKind]
    name: Mapped[Name]
    short_name: Mapped[str] = mapped_column(String(60), default="")
    path: Mapped[str] = mapped_column(PlainOrder, unique=True)
    children_ever: Mapped[int] = mapped_column(default=0)
    name_folded: Mapped[str] = mapped_column(String(400), default="", server_default="")
    """Both names without any mark, for finding the unit; follows them by itself."""

    parent: Mapped["Unit | None"] = relationship(remote_side="Unit.id")

    @validates("name", "short_name")
    def _follow_the_names(self, key: str, name: str) -> str:
        others = self.short_name if key == "name" else self.name
        self.name_folded = fold(" ".join(filter(None, (name, others))))
        return name

    @property
    def is_cell(self) -> bool:
        """Whether members belong to it directly."""
        return self.kind is UnitKind.CELL

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


class Membership(Dated, Base):
    """A person belongs to a cell; one row for each stretch with the same cell and standing."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="ends_after_it_begins"),
        Index(
            "uq_membership_open",
            "user_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
        # everything that counting the members of cells on a day needs
        Index("ix_membership_headcount", "cell_id", "standing", "since", "until"),
        # and everything that finding people among them needs
        Index("ix_membership_members", "cell_id", "user_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), index=True)
    cell_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    group_id: Mapped[UnitId | None] = mapped_column(ForeignKey(Unit.id))
    standing: Mapped[Standing]
    basis: Mapped[Line]
    leaving: Mapped[Leaving | None]
    """Said of the last stretch of somebody who has left the Party."""

    user: Mapped[User] = relationship()
    cell: Mapped[Unit] = relationship(foreign_keys=[cell_id])
    group: Mapped[Unit | None] = relationship(foreign_keys=[group_id])
    if TYPE_CHECKING:
        stretches: Mapped[list["Membership"]]
        """Everything of the same person, this one among it, in the order of time."""

    def path_on(self, day: date) -> str:
        """Where the person belongs on that day, or belonged last: the path of that cell.

        What is only to come does not count: a transfer next month hands nobody over today.
        """
        begun = [row for row in self.stretches if row.since <= day]
        return begun[-1].cell.path if begun else self.cell.path


Stretch = aliased(Membership)
"""Another stretch of the same person."""

Membership.stretches = relationship(
    Stretch,
    primaryjoin=Stretch.user_id == Membership.user_id,
    foreign_keys=Stretch.user_id,
    order_by=Stretch.since,
    viewonly=True,
)


class Transfer(Base):
    """An official transfer between two cells, kept as it was done even when it is taken back."""

    __tablename__ = "transfer"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    left_id: Mapped[UUID] = mapped_column(ForeignKey(Membership.id), index=True)
    begun_id: Mapped[UUID | None] = mapped_column(ForeignKey(Membership.id), unique=True)
    """Gone once a collective transfer has been undone: then it never began."""
    origin_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    target_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    day: Mapped[date]
    basis: Mapped[Line]
    taken_back_at: Mapped[datetime | None]
    taken_back_basis: Mapped[Line]
    reorganization_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("reorganization.id"), index=True
    )
    """The act that moved the person together with others; None for an own transfer."""

    left: Mapped[Membership] = relationship(foreign_keys=[left_id])
    begun: Mapped[Membership | None] = relationship(foreign_keys=[begun_id])
    origin: Mapped[Unit] = relationship(foreign_keys=[origin_id])
    target: Mapped[Unit] = relationship(foreign_keys=[target_id])


class Exemption(Dated, Base):
    """A person takes no part for a time: exempt (miễn sinh hoạt), or suspended (đình chỉ)."""

    __tablename__ = "exemption"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="ends_after_it_begins"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), index=True)
    kind: Mapped[ExemptionKind] = mapped_column(default=ExemptionKind.EXEMPT)
    reason: Mapped[Line]
    basis: Mapped[Line]

    user: Mapped[User] = relationship()

    @property
    def is_suspension(self) -> bool:
        """Whether it is a measure rather than a relief."""
        return self.kind is ExemptionKind.SUSPENDED


class Appointment(Dated, Base):
    """A person holds a post on a unit."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="ends_after_it_begins"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), index=True)
    unit_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id), index=True)
    post: Mapped[Post]
    basis: Mapped[Line]

    user: Mapped[User] = relationship()
    unit: Mapped[Unit] = relationship()
