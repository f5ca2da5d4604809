"""A proposal to publish an essay as a good one."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship
from sqlalchemy.sql.elements import ColumnElement

from studyhub.accounts.models import User
from studyhub.booklet.lifecycle import PUT_TO_AUTHOR, Progress, Step, steps_from
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.kernel.database import Base, Line
from studyhub.kernel.ids import EssayId, UserId, new_uuid
from studyhub.review.models import Decision, Outcome


class Naming(StrEnum):
    """How the author wants to be named, where the essay is published."""

    NAME = "name"
    CELL = "cell"
    NOBODY = "nobody"


class GoodEssay(Base):
    """One version, proposed as it was accepted; it falls with the decision it stands on.

    `decided_at` tells which decision that is: recalled, asked anew or made again, the essay has
    another one or none, and the proposal leaves the shelf without anybody's doing.
    """

    __tablename__ = "good_essay"
    __table_args__ = (
        UniqueConstraint("version_id", "decided_at"),
        CheckConstraint("reason != ''", name="has_a_reason"),
        CheckConstraint("progress != 'agreed' OR naming IS NOT NULL", name="agreed_says_how"),
        CheckConstraint(
            "progress NOT IN ('declined', 'asked') OR answered_at IS NOT NULL",
            name="answered_has_a_moment",
        ),
        Index("ix_good_essay_progress", "progress", "proposed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    essay_id: Mapped[EssayId] = mapped_column(ForeignKey(Essay.id), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id))
    decided_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    progress: Mapped[Progress] = mapped_column(default=Progress.PROPOSED)
    proposed_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    proposed_at: Mapped[datetime]
    answered_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    answered_at: Mapped[datetime | None]
    answer: Mapped[Line] = mapped_column(default="", server_default="")
    """The word of the committee, whether it approves or declines."""
    naming: Mapped[Naming | None]
    said_at: Mapped[datetime | None]
    """When the author last said yes or no."""

    essay: Mapped[Essay] = relationship()
    version: Mapped[Version] = relationship()
    proposer: Mapped[User] = relationship(foreign_keys=[proposed_by])
    answerer: Mapped[User | None] = relationship(foreign_keys=[answered_by])
    decision: Mapped[Decision | None] = relationship(
        primaryjoin=lambda: foreign(GoodEssay.version_id) == Decision.version_id,
        viewonly=True,
        uselist=False,
    )

    @property
    def stands(self) -> bool:
        """Whether the decision on which it was proposed is the one that counts."""
        return (
            self.essay.state is State.ACCEPTED
            and self.decision is not None
            and self.decision.outcome is Outcome.ACCEPT
            and self.decision.decided_at == self.decided_at
        )

    @property
    def is_published(self) -> bool:
        """Whether others may read it."""
        return self.progress is Progress.AGREED and self.stands

    @property
    def is_put_to_author(self) -> bool:
        """Whether its author has been asked."""
        return self.progress in PUT_TO_AUTHOR

    @property
    def steps(self) -> frozenset[Step]:
        """What may happen to it next, whoever does it; nothing where the decision has fallen."""
        return steps_from(self.progress) if self.stands else frozenset({Step.WITHDRAW})


def stands() -> ColumnElement[bool]:
    """Twin of `GoodEssay.stands`."""
    return GoodEssay.essay.has(Essay.state == State.ACCEPTED) & GoodEssay.decision.has(
        (Decision.outcome == Outcome.ACCEPT) & (Decision.decided_at == GoodEssay.decided_at)
    )


def is_published() -> ColumnElement[bool]:
    """Twin of `GoodEssay.is_published`."""
    return (GoodEssay.progress == Progress.AGREED) & stands()
