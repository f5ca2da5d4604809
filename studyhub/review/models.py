"""Comments on a version, and the decision about it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.essays.models import Version
from studyhub.kernel.database import Base, Prose
from studyhub.kernel.ids import UserId, new_uuid
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

    version: Mapped[Version] = relationship()
    reviewer: Mapped[User] = relationship()
