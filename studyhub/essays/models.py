"""An essay, its draft, and the immutable versions handed in."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.ext.hybrid import hybrid_method, hybrid_property
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship
from sqlalchemy.sql.elements import ColumnElement

from studyhub.accounts.models import User
from studyhub.essays.lifecycle import WRITABLE, State, Step, steps_from
from studyhub.essays.page import Page
from studyhub.kernel.database import Base, Line
from studyhub.kernel.ids import EssayId, RoundId, UnitId, UserId, new_uuid
from studyhub.org.models import Unit
from studyhub.rounds.models import StudyRound, Summons


class Essay(Base):
    """What one member writes for one round, from the first word to the last decision.

    `draft` maps the id of each question of the round to the text written
    under it. `submitted_at` is the moment of the version now waiting, so that
    a queue is one index away. `draft_kept_at` is when a text last went into the
    history of the draft, so that a save need not ask. `rule_applied_at` is when the
    rule of the round last looked at the draft because the deadline had passed.
    `marked_by` are the ids of those who may not mark the version that waits, because they
    have marked it; `needs_above`: nobody else in the cell could. `rewrite_until` is until
    when what was returned may be handed in again, where the round sets days.
    """

    __tablename__ = "essay"
    __table_args__ = (
        UniqueConstraint("round_id", "author_id", name="uq_essay_one_per_round"),
        CheckConstraint(
            "state != 'submitted' OR submitted_at IS NOT NULL", name="submitted_has_a_moment"
        ),
        Index("ix_essay_queue", "cell_id", "state", "submitted_at"),
        Index("ix_essay_round_cell", "round_id", "cell_id"),
        Index("ix_essay_in_turn", "state", "submitted_at", "id"),
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
    draft_kept_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    rule_applied_at: Mapped[datetime | None]
    needs_above: Mapped[bool] = mapped_column(default=False, server_default=false())
    marked_by: Mapped[str] = mapped_column(Text, default="", server_default="")
    rewrite_until: Mapped[datetime | None]

    round: Mapped[StudyRound] = relationship()
    author: Mapped[User] = relationship()
    cell: Mapped[Unit] = relationship()
    summons: Mapped[Summons | None] = relationship(
        primaryjoin=lambda: (
            (foreign(Essay.round_id) == Summons.round_id)
            & (foreign(Essay.author_id) == Summons.user_id)
        ),
        viewonly=True,
        uselist=False,
    )
    versions: Mapped[list["Version"]] = relationship(
        back_populates="essay", order_by="Version.number"
    )
    pages: Mapped[list[Page]] = relationship(
        primaryjoin=lambda: (Essay.id == Page.essay_id) & Page.removed_at.is_(None),
        order_by=Page.position,
    )

    @property
    def deadline(self) -> datetime:
        """Until when its author hands in without being late."""
        return self.summons.deadline if self.summons else self.round.closes_at

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

    @hybrid_method
    def has_been_marked_by(self, user_id: UUID) -> bool:
        """Whether this person has given the version that waits their mark, or judged it before."""
        return str(user_id) in self.marked_by

    @has_been_marked_by.inplace.expression  # type: ignore[attr-defined, untyped-decorator]  # hybrid_method
    @classmethod
    def _has_been_marked_by(cls, user_id: UUID) -> ColumnElement[bool]:
        return cls.marked_by.contains(str(user_id), autoescape=True)

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
    which the author can no longer take it back. `due_at` is the author's deadline
    as it was then. Handed in by the rule of the round, it is nobody's statement.
    Typed by the cell from the author's paper (`on_behalf_by`), it tells on which day the
    paper was received and where it is kept (`essays.on_behalf`).
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
    due_at: Mapped[datetime | None]
    is_late: Mapped[bool]
    by_rule: Mapped[bool] = mapped_column(default=False, server_default=false())
    own_work: Mapped[bool] = mapped_column(default=False, server_default=false())
    on_behalf_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    received_on: Mapped[date | None]
    kept_where: Mapped[Line] = mapped_column(default="", server_default="")
    receipt_code: Mapped[str] = mapped_column(String(20), unique=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    pages: Mapped[list[dict[str, str]]] = mapped_column(default=list, server_default="[]")
    """The pages written by hand, in order, by the keys of their files."""
    reading_began_at: Mapped[datetime | None]
    reading_began_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))

    essay: Mapped[Essay] = relationship(back_populates="versions")
    typist: Mapped[User | None] = relationship(foreign_keys=[on_behalf_by])
    answer: Mapped["Answer | None"] = relationship(back_populates="version")

    @property
    def is_contested(self) -> bool:
        """Whether its author says that it is not their essay."""
        return self.answer is not None and not self.answer.agrees


class Answer(Base):
    """What the author says of a version the cell typed for them: that it is theirs, or is not."""

    __tablename__ = "essay_answer"

    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id), primary_key=True)
    agrees: Mapped[bool]
    words: Mapped[Line]
    answered_at: Mapped[datetime]

    version: Mapped[Version] = relationship(back_populates="answer")


class Seal(Base):
    """A link of the one chain over all hand-ins: `essays.sealing` says what it is made of."""

    __tablename__ = "essay_seal"

    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id), unique=True)
    log_link: Mapped[str] = mapped_column(String(64), default="")
    link: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]


class KeptDraft(Base):
    """A text the draft once had, in its history: `essays.history` says which are kept.

    `kept_at` is when the text was saved, or when it gave way. Those kept `in_passing`,
    while writing went on, are thinned with time; the others gave way to another
    window, to a file, or to a text that was restored, and stay.
    """

    __tablename__ = "kept_draft"
    __table_args__ = (Index("ix_kept_draft_in_passing", "in_passing", "kept_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    essay_id: Mapped[EssayId] = mapped_column(ForeignKey(Essay.id), index=True)
    revision: Mapped[int]
    draft: Mapped[dict[str, str]]
    kept_at: Mapped[datetime]
    in_passing: Mapped[bool] = mapped_column(default=False, server_default=false())
