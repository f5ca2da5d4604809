"""The marks of each person on a list, and the counters of each unit in a round."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import PlainOrder
from studyhub.completion.rules import EssayMark, Marks
from studyhub.kernel.database import Base, Name
from studyhub.kernel.ids import RoundId, UnitId
from studyhub.org.models import Unit, UnitKind
from studyhub.org.succession import Reorganization
from studyhub.rounds.grading import Grade
from studyhub.rounds.models import StudyRound, Summons


class Progress(Base):
    """What one summoned person has done; kept by the deeds themselves."""

    __tablename__ = "progress"

    summons_id: Mapped[UUID] = mapped_column(ForeignKey(Summons.id), primary_key=True)
    attended: Mapped[bool] = mapped_column(default=False)
    made_up: Mapped[bool] = mapped_column(default=False, server_default=false())
    read: Mapped[bool] = mapped_column(default=False)
    quizzed: Mapped[bool] = mapped_column(default=False, server_default=false())
    essay: Mapped[EssayMark] = mapped_column(default=EssayMark.NONE)
    late: Mapped[bool] = mapped_column(default=False)
    grade: Mapped[Grade | None]
    done: Mapped[bool] = mapped_column(default=False)
    updated_at: Mapped[datetime]

    summons: Mapped[Summons] = relationship()

    @property
    def marks(self) -> Marks:
        """The same as a value, for the rules."""
        return Marks(
            call=self.summons.call,
            attended=self.attended,
            made_up=self.made_up,
            read=self.read,
            quizzed=self.quizzed,
            essay=self.essay,
            late=self.late,
            grade=self.grade,
        )


class Tally(Base):
    """The figures of one unit in one round, with the unit's name and place as they were then."""

    __tablename__ = "tally"
    __table_args__ = (
        Index("ix_tally_round_path", "round_id", "path"),
        Index("ix_tally_round_parent", "round_id", "parent_path"),
    )

    round_id: Mapped[RoundId] = mapped_column(ForeignKey(StudyRound.id), primary_key=True)
    unit_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id), primary_key=True, index=True)
    path: Mapped[str] = mapped_column(PlainOrder)
    parent_path: Mapped[str] = mapped_column(PlainOrder)
    name: Mapped[Name]
    kind: Mapped[UnitKind]
    required: Mapped[int] = mapped_column(default=0)
    exempt: Mapped[int] = mapped_column(default=0)
    attended: Mapped[int] = mapped_column(default=0)
    made_up: Mapped[int] = mapped_column(default=0, server_default="0")
    read: Mapped[int] = mapped_column(default=0)
    quizzed: Mapped[int] = mapped_column(default=0, server_default="0")
    writing: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)
    accepted: Mapped[int] = mapped_column(default=0)
    late: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    excellent: Mapped[int] = mapped_column(default=0, server_default="0")
    good: Mapped[int] = mapped_column(default=0, server_default="0")
    fair: Mapped[int] = mapped_column(default=0, server_default="0")
    average: Mapped[int] = mapped_column(default=0, server_default="0")

    round: Mapped[StudyRound] = relationship()

    @property
    def missing(self) -> int:
        """Persons required who have not done everything."""
        return self.required - self.done

    @property
    def attended_at_first(self) -> int:
        """Persons who attended without having to make anything up."""
        return self.attended - self.made_up

    @property
    def lacking(self) -> int:
        """Persons of whom something is still to come: neither done nor waiting for the cell.

        Done, waiting and lacking together are all who are required.
        """
        return self.missing - self.waiting

    @property
    def handed_in(self) -> int:
        """Persons whose essay lies with the cell or has been accepted."""
        return self.waiting + self.accepted


class Carried(Base):
    """Where a person was counted before an act carried them over to another cell or place.

    `step` orders what happened to one person: that of 0 has the cell they were summoned in.
    """

    __tablename__ = "carried"

    summons_id: Mapped[UUID] = mapped_column(ForeignKey(Summons.id), primary_key=True)
    reorganization_id: Mapped[UUID] = mapped_column(
        ForeignKey(Reorganization.id), primary_key=True, index=True
    )
    step: Mapped[int]
    cell_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    cell_path: Mapped[str] = mapped_column(PlainOrder)

    summons: Mapped[Summons] = relationship()


class CarriedPlace(Base):
    """What a unit's tally said of its place and name before an act changed them in the round.

    No `path`: there was no tally; the act opened it. `step` orders the changes in one round.
    """

    __tablename__ = "carried_place"

    round_id: Mapped[RoundId] = mapped_column(ForeignKey(StudyRound.id), primary_key=True)
    unit_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id), primary_key=True)
    reorganization_id: Mapped[UUID] = mapped_column(
        ForeignKey(Reorganization.id), primary_key=True, index=True
    )
    step: Mapped[int]
    path: Mapped[str | None] = mapped_column(PlainOrder)
    name: Mapped[Name]
