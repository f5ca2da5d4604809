"""What a round keeps of its rules of judging. Points are hundredths."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from studyhub.kernel.database import Base, Line
from studyhub.kernel.ids import RoundId, new_uuid
from studyhub.rounds.marking import Marking, PlannedPart


class RubricPart(Base):
    """A part of an essay's number: what it is for, and the most it can bring."""

    __tablename__ = "rubric_part"
    __table_args__ = (
        UniqueConstraint("round_id", "position"),
        CheckConstraint("most > 0", name="part_brings_points"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    round_id: Mapped[RoundId] = mapped_column(ForeignKey("study_round.id"))
    position: Mapped[int]
    title: Mapped[Line]
    most: Mapped[int]


class MarkedByRules:
    """The columns of `Marking`; what each means stands there."""

    step: Mapped[int] = mapped_column(default=25, server_default="25")
    pass_mark: Mapped[int] = mapped_column(default=500, server_default="500")
    markers: Mapped[int] = mapped_column(default=1, server_default="1")
    apart: Mapped[int] = mapped_column(default=200, server_default="200")
    rewrites: Mapped[int | None]
    rewrite_days: Mapped[int] = mapped_column(default=0, server_default="0")
    appeal_days: Mapped[int] = mapped_column(default=0, server_default="0")
    attendance_least: Mapped[int] = mapped_column(default=0, server_default="0")
    blind: Mapped[bool] = mapped_column(default=False, server_default=false())


PLAIN_COLUMNS = (
    "step", "pass_mark", "markers", "apart", "rewrites", "rewrite_days", "appeal_days",
    "attendance_least", "blind",
)  # fmt: skip
"""What is kept as it is set; the rubric has rows of its own."""


def marking_of(kept: MarkedByRules, rubric: list[RubricPart]) -> Marking:
    """The rules as a value."""
    parts = tuple(PlannedPart(title=part.title, most=part.most) for part in rubric)
    return Marking(rubric=parts, **{name: getattr(kept, name) for name in PLAIN_COLUMNS})
