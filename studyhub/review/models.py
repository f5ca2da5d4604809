"""Comments on a version, the decision about it, and who decides while a secretary is away."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.essays.models import Essay, Version
from studyhub.kernel.database import Base, Prose
from studyhub.kernel.ids import EssayId, UnitId, UserId, new_uuid
from studyhub.org.models import Unit
from studyhub.rounds.grading import Grade


class Outcome(StrEnum):
    """What a reviewer decides. Never worded as a failure."""

    ACCEPT = "accept"
    RETURN = "return"


class Comment(Base):
    """A remark on one paragraph, or on the words from `start` to `end` in it.

    Private to its author until `sent_at`.
    """

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint(
            '(start IS NULL AND "end" IS NULL) OR (start >= 0 AND "end" > start)',
            name="words_are_a_stretch",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id), index=True)
    author_id: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    part: Mapped[int]
    paragraph: Mapped[int]
    start: Mapped[int | None]
    end: Mapped[int | None]
    """Characters of the paragraph, counted from 0; the end is the first that is not meant."""
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    version: Mapped[Version] = relationship()
    author: Mapped[User] = relationship()
    reply: Mapped["Reply | None"] = relationship(back_populates="comment")


class Reply(Base):
    """What the author of the essay answered to a comment: once, and never changed."""

    __tablename__ = "comment_reply"

    comment_id: Mapped[UUID] = mapped_column(ForeignKey(Comment.id), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]

    comment: Mapped[Comment] = relationship(back_populates="reply")


class Substitution(Base):
    """That an officer above a cell judges there while its secretary is away, and why.

    From `since` to `until`, both days included; of one essay only where it names one.
    Nobody is `absent` by name where the cell had no secretary.
    """

    __tablename__ = "review_substitution"
    __table_args__ = (
        CheckConstraint("reason != ''", name="has_a_reason"),
        CheckConstraint("until >= since", name="ends_after_it_begins"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    cell_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id), index=True)
    essay_id: Mapped[EssayId | None] = mapped_column(ForeignKey(Essay.id))
    officer_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), index=True)
    absent_id: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    reason: Mapped[str] = mapped_column(Text)
    since: Mapped[date]
    until: Mapped[date]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))

    cell: Mapped[Unit] = relationship()
    officer: Mapped[User] = relationship(foreign_keys=[officer_id])
    absent: Mapped[User | None] = relationship(foreign_keys=[absent_id])


class Decision(Base):
    """The one decision about one version, as it stands; `points` are hundredths."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("outcome = 'accept' OR grade IS NULL", name="only_accepted_is_graded"),
        Index("ix_decision_lately", "decided_by", "decided_at"),
    )

    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id), primary_key=True)
    outcome: Mapped[Outcome]
    grade: Mapped[Grade | None]
    points: Mapped[int | None]
    remark: Mapped[Prose]
    decided_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    decided_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    """When the author first opened it: from then on it cannot be recalled."""
    substitution_id: Mapped[UUID | None] = mapped_column(ForeignKey(Substitution.id))
    """By what right, where an officer decided while the secretary was away."""

    version: Mapped[Version] = relationship()
    reviewer: Mapped[User] = relationship()
    substitution: Mapped[Substitution | None] = relationship()
