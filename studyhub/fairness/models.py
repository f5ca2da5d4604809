"""A sample of the decided essays of a round within a branch, and what came of reading it again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.essays.models import Essay, Version
from studyhub.kernel.database import Base, Prose
from studyhub.kernel.ids import EssayId, RoundId, UnitId, UserId, new_uuid
from studyhub.org.models import Unit
from studyhub.review.models import Outcome
from studyhub.rounds.grading import Grade
from studyhub.rounds.models import StudyRound


class Sample(Base):
    """What was drawn, from which list, by which seed: kept so that it can be drawn once more.

    `codes` is the whole list in its order; `share` is what was asked for in percent, where
    a share was asked for. Once concluded nothing of it changes any more.
    """

    __tablename__ = "reread_sample"
    __table_args__ = (
        CheckConstraint("share IS NULL OR share BETWEEN 1 AND 100", name="share_is_a_percentage"),
        Index("ix_reread_sample_round_unit", "round_id", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    round_id: Mapped[RoundId] = mapped_column(ForeignKey(StudyRound.id))
    unit_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id), index=True)
    seed: Mapped[int]
    share: Mapped[int | None]
    codes: Mapped[list[str]]
    drawn_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    drawn_at: Mapped[datetime]
    conclusion: Mapped[Prose]
    concluded_at: Mapped[datetime | None]
    concluded_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))

    round: Mapped[StudyRound] = relationship()
    unit: Mapped[Unit] = relationship()
    drawer: Mapped[User] = relationship(foreign_keys=[drawn_by])
    concluder: Mapped[User | None] = relationship(foreign_keys=[concluded_by])
    rereads: Mapped[list["Reread"]] = relationship(
        back_populates="sample", order_by="Reread.position"
    )


class Reread(Base):
    """One drawn essay in the version decided on, the decision as it was, and what the reader says.

    `judges` are the ids of those who judged it: they never read it again. `agrees` is None
    until somebody has read it; only who has another opinion must say why.
    """

    __tablename__ = "reread"
    __table_args__ = (
        UniqueConstraint("sample_id", "version_id", name="uq_reread_once_in_a_sample"),
        CheckConstraint("(agrees IS NULL) = (reader_id IS NULL)", name="somebody_says_it"),
        CheckConstraint("agrees OR agrees IS NULL OR remark != ''", name="a_difference_is_told"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    sample_id: Mapped[UUID] = mapped_column(ForeignKey(Sample.id), index=True)
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(20))
    essay_id: Mapped[EssayId] = mapped_column(ForeignKey(Essay.id), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id))
    cell_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    judges: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[Outcome]
    grade: Mapped[Grade | None]
    points: Mapped[int | None]
    agrees: Mapped[bool | None]
    remark: Mapped[Prose]
    reader_id: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    read_at: Mapped[datetime | None]

    sample: Mapped[Sample] = relationship(back_populates="rereads")
    essay: Mapped[Essay] = relationship()
    version: Mapped[Version] = relationship()
    cell: Mapped[Unit] = relationship()
    reader: Mapped[User | None] = relationship()

    @property
    def judge_ids(self) -> list[UUID]:
        """Those who judged it."""
        return [UUID(told) for told in self.judges.split()]

    def was_judged_by(self, user_id: UUID) -> bool:
        """Whether this person judged it, alone or as one of several."""
        return str(user_id) in self.judges
