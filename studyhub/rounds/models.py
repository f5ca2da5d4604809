"""A study round with its documents, questions, requirements, audience and summoned list."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import PlainOrder, User
from studyhub.kernel.database import Base, Line, Name, Prose
from studyhub.kernel.ids import DocumentId, RoundId, UnitId, UserId, new_uuid
from studyhub.library.models import Document
from studyhub.org.models import Standing, Unit
from studyhub.rounds.grading import Grading
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.marked import MarkedByRules, RubricPart
from studyhub.rounds.watched import MadeUpByWatching


class LatePolicy(StrEnum):
    """What happens to an essay handed in after the deadline."""

    REFUSE = "refuse"
    MARK = "mark"


class AttendanceRule(StrEnum):
    """Which sessions one must attend or make up."""

    EVERY = "every"
    ANY = "any"


class Requirement(StrEnum):
    """What a round can ask of those summoned, in any combination."""

    ATTEND = "attend"
    READ = "read"
    ESSAY = "essay"
    QUIZ = "quiz"


class DocumentRole(StrEnum):
    """What a document is to a round: studied; or studied and given as sample or outline to all."""

    STUDY = "study"
    SAMPLE = "sample"


class Call(StrEnum):
    """Whether a person on the list is required, or exempt and free to take part."""

    REQUIRED = "required"
    EXEMPT = "exempt"
    RELEASED = "released"


class StudyRound(MarkedByRules, MadeUpByWatching, Base):
    """A đợt học tập: planned by an officer of `unit` for the units of its audience."""

    __tablename__ = "study_round"
    __table_args__ = (
        CheckConstraint("state = 'draft' OR opened_at IS NOT NULL", name="open_has_a_moment"),
        CheckConstraint("watching_share BETWEEN 10 AND 100", name="share_of_a_recording"),
        CheckConstraint(
            "late_until IS NULL OR late_until >= closes_at", name="late_after_deadline"
        ),
    )

    id: Mapped[RoundId] = mapped_column(primary_key=True, default=new_uuid)
    unit_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id), index=True)
    title: Mapped[Name]
    introduction: Mapped[Prose]
    state: Mapped[RoundState] = mapped_column(default=RoundState.DRAFT, index=True)
    year: Mapped[int] = mapped_column(index=True)
    roster_on: Mapped[date]
    closes_at: Mapped[datetime]
    late_policy: Mapped[LatePolicy] = mapped_column(default=LatePolicy.MARK)
    late_until: Mapped[datetime | None]
    min_syllables: Mapped[int] = mapped_column(default=0)
    max_syllables: Mapped[int] = mapped_column(default=0)
    grading: Mapped[Grading] = mapped_column(default=Grading.PASS_ONLY)
    attendance_rule: Mapped[AttendanceRule] = mapped_column(default=AttendanceRule.EVERY)
    asks_to_attend: Mapped[bool] = mapped_column(default=True)
    asks_to_read: Mapped[bool] = mapped_column(default=True)
    asks_for_essay: Mapped[bool] = mapped_column(default=True)
    asks_for_quiz: Mapped[bool] = mapped_column(default=False, server_default=false())
    hands_in_drafts: Mapped[bool] = mapped_column(default=False, server_default=false())
    reminds: Mapped[bool] = mapped_column(default=True, server_default=false())
    """Whether those who still owe something are reminded without anybody's doing."""
    takes_handwriting: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    documents: Mapped[list["RoundDocument"]] = relationship(
        order_by="RoundDocument.position", cascade="all, delete-orphan"
    )
    questions: Mapped[list["Question"]] = relationship(
        order_by="Question.position", cascade="all, delete-orphan"
    )
    audience: Mapped[list["AudienceUnit"]] = relationship(cascade="all, delete-orphan")
    rubric: Mapped[list[RubricPart]] = relationship(
        order_by=RubricPart.position, cascade="all, delete-orphan"
    )

    @property
    def requirements(self) -> frozenset[Requirement]:
        """What must be done to have done everything."""
        asked = {
            Requirement.ATTEND: self.asks_to_attend,
            Requirement.READ: self.asks_to_read,
            Requirement.ESSAY: self.asks_for_essay,
            Requirement.QUIZ: self.asks_for_quiz,
        }
        return frozenset(requirement for requirement, wanted in asked.items() if wanted)

    @property
    def last_moment(self) -> datetime:
        """The last moment at which an essay is still taken, late or not."""
        if self.late_policy is LatePolicy.MARK and self.late_until:
            return self.late_until
        return self.closes_at

    def takes_essays(self, now: datetime) -> bool:
        """Whether an essay may be written and handed in now, by those without a later deadline."""
        return self.state is RoundState.OPEN and now <= self.last_moment


class RoundDocument(Base):
    """A document of the round, in the order to be read."""

    __tablename__ = "round_document"

    round_id: Mapped[RoundId] = mapped_column(ForeignKey(StudyRound.id), primary_key=True)
    document_id: Mapped[DocumentId] = mapped_column(
        ForeignKey(Document.id), primary_key=True, index=True
    )
    position: Mapped[int]
    role: Mapped[DocumentRole] = mapped_column(
        default=DocumentRole.STUDY, server_default=DocumentRole.STUDY.value
    )

    document: Mapped[Document] = relationship()


class Question(Base):
    """One part of the essay: a set question, or a heading of the outline."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("round_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    round_id: Mapped[RoundId] = mapped_column(ForeignKey(StudyRound.id), index=True)
    position: Mapped[int]
    title: Mapped[Line]
    hint: Mapped[Line]
    goal_syllables: Mapped[int] = mapped_column(default=0)


class AudienceUnit(Base):
    """A unit whose members, with all units below it, are summoned."""

    __tablename__ = "audience_unit"

    round_id: Mapped[RoundId] = mapped_column(ForeignKey(StudyRound.id), primary_key=True)
    unit_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id), primary_key=True, index=True)

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)


class Summons(Base):
    """A person on the list of a round, frozen with cell and standing as they were then."""

    __tablename__ = "summons"
    __table_args__ = (
        UniqueConstraint("round_id", "user_id"),
        Index("ix_summons_round_cell", "round_id", "cell_id"),
        CheckConstraint("call = 'required' OR reason != ''", name="exception_has_a_reason"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    round_id: Mapped[RoundId] = mapped_column(ForeignKey(StudyRound.id))
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), index=True)
    cell_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    cell_path: Mapped[str] = mapped_column(PlainOrder)
    standing: Mapped[Standing]
    call: Mapped[Call] = mapped_column(default=Call.REQUIRED)
    closes_at: Mapped[datetime | None]
    """The later deadline of this person, where there is one: of all `Extension`s the latest."""
    reason: Mapped[Line]
    added_late: Mapped[bool] = mapped_column(default=False)
    changed_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    changed_at: Mapped[datetime | None]

    round: Mapped[StudyRound] = relationship()
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    cell: Mapped[Unit] = relationship()

    @property
    def deadline(self) -> datetime:
        """Until when this person hands in without being late."""
        return max(self.round.closes_at, self.closes_at or self.round.closes_at)

    @property
    def last_moment(self) -> datetime:
        """Until when this person may hand in at all."""
        return max(self.round.last_moment, self.deadline)

    def takes_essays(self, now: datetime) -> bool:
        """Whether this person may write and hand in now."""
        return self.round.state is RoundState.OPEN and now <= self.last_moment


class Extension(Base):
    """More time for one person on the list, or for a whole cell; taken back, it stays on record."""

    __tablename__ = "extension"
    __table_args__ = (
        CheckConstraint("(cell_id IS NULL) != (summons_id IS NULL)", name="for_one_or_a_cell"),
        CheckConstraint("reason != ''", name="has_a_reason"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    round_id: Mapped[RoundId] = mapped_column(ForeignKey(StudyRound.id), index=True)
    cell_id: Mapped[UnitId | None] = mapped_column(ForeignKey(Unit.id))
    summons_id: Mapped[UUID | None] = mapped_column(ForeignKey(Summons.id))
    until: Mapped[datetime]
    reason: Mapped[Line]
    made_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    made_at: Mapped[datetime]
    taken_back_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    taken_back_at: Mapped[datetime | None]
    taken_back_because: Mapped[Line]

    maker: Mapped[User] = relationship(foreign_keys=[made_by])
    cell: Mapped[Unit | None] = relationship()
    summons: Mapped[Summons | None] = relationship()
