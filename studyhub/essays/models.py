"""An essay, its draft, and the immutable versions handed in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.sql.elements import ColumnElement

from studyhub.accounts.models import User
from studyhub.essays.lifecycle import WRITABLE, State, Step, steps_from
from studyhub.kernel.database import Base
from studyhub.kernel.ids import EssayId, RoundId, UnitId, UserId, new_uuid
from studyhub.org.models import Unit
from studyhub.rounds.models import StudyRound


class Essay(Base):
    """What one member writes for one round, from the first word to the last decision.

    `draft` maps the id of each question of the round to the text written
    under it. `submitted_at` is the moment of the version now waiting, so that
    a queue is one index away.
    """

    __tablename__ = "essay"
    __table_args__ = (
        UniqueConstraint("round_id", "author_id", name="uq_essay_one_per_round"),
        CheckConstraint(
            "state != 'submitted' OR submitted_at IS NOT NULL", name="submitted_has_a_moment"
        ),
        Index("ix_essay_queue", "cell_id", "state", "submitted_at"),
        Index("ix_essay_round_cell", "round_id", "cell_id"),
    )

    id: Mapped[EssayId] = mapped_column(primary_key=True, default=new_uuid)
    round_id: Mapped[RoundId] = mapped_column(ForeignKey(StudyRound.id))
    author_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), index=True)
    cell_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    author_leads: Mapped[bool] = mapped_column(default=False)
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    draft: Mapped[dict[str, str]] = mapped_column(default=dict)
    draft_revision: Mapped[int] = mapped_column(default=0)
    draft_saved_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]

    round: Mapped[StudyRound] = relationship()
    author: Mapped[User] = relationship()
    cell: Mapped[Unit] = relationship()
    versions: Mapped[list["Version"]] = relationship(
        back_populates="essay", order_by="Version.number"
    )

    @property
    def is_writable(self) -> bool:
        """Whether the author may still change the text."""
        return self.state in WRITABLE

    @property
    def steps(self) -> frozenset[Step]:
        """What may happen to it next, whoever does it."""
        return steps_from(self.state)

    @property
    def latest(self) -> "Version | None":
        """The version handed in last."""
        return self.versions[-1] if self.versions else None

    @property
    def open_versions(self) -> list["Version"]:
        """The versions others may see: not those taken back before anybody read them."""
        standing = None if self.state is State.DRAFT else self.latest
        return [v for v in self.versions if v.reading_began_at or v is standing]

    @hybrid_property
    def has_been_handed_in(self) -> bool:
        """Whether there is anything others may see."""
        return self.state is not State.DRAFT or bool(self.open_versions)

    @has_been_handed_in.inplace.expression
    @classmethod
    def _has_been_handed_in(cls) -> ColumnElement[bool]:
        return (cls.state != State.DRAFT) | cls.versions.any(Version.reading_began_at.is_not(None))


class Version(Base):
    """What was handed in, word for word, with its receipt. Never changed afterwards.

    `parts` are the titles and texts as they were; `content_hash` is the
    SHA-256 of the normalised text. `reading_began_at` is the moment from
    which the author can no longer take it back.
    """

    __tablename__ = "essay_version"
    __table_args__ = (
        UniqueConstraint("essay_id", "number"),
        CheckConstraint("number >= 1", name="counted_from_one"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    essay_id: Mapped[EssayId] = mapped_column(ForeignKey(Essay.id))
    number: Mapped[int]
    revision: Mapped[int]
    parts: Mapped[list[dict[str, str]]]
    syllables: Mapped[int]
    submitted_at: Mapped[datetime]
    is_late: Mapped[bool]
    receipt_code: Mapped[str] = mapped_column(String(20), unique=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    reading_began_at: Mapped[datetime | None]
    reading_began_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))

    essay: Mapped[Essay] = relationship(back_populates="versions")


class KeptDraft(Base):
    """A draft text that gave way to another window's; kept so that no word is lost."""

    __tablename__ = "kept_draft"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    essay_id: Mapped[EssayId] = mapped_column(ForeignKey(Essay.id), index=True)
    revision: Mapped[int]
    draft: Mapped[dict[str, str]]
    kept_at: Mapped[datetime]
