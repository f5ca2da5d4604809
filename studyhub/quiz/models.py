"""The question bank of a unit, the quizzes of a round, and what people answered.

What an attempt rests on never changes under it: questions and the settings of
a quiz are kept in editions, and a change makes a new one.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.kernel.database import Base, Name, Prose
from studyhub.kernel.ids import RoundId, UnitId, UserId, new_uuid
from studyhub.org.models import Unit
from studyhub.quiz.rules import Content, Kind, is_right, read_places
from studyhub.rounds.models import StudyRound
from studyhub.study.models import StudySession


class BankQuestion(Base):
    """A question in the bank of a unit; retired, it is drawn no more."""

    __tablename__ = "bank_question"
    __table_args__ = (Index("ix_bank_question_unit_part", "unit_id", "part"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    unit_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id))
    part: Mapped[str] = mapped_column(String(200), default="")
    """The topic (chuyên đề) under which it is drawn; "" is none."""
    newest: Mapped[int] = mapped_column(default=1)
    """The number of the edition that is drawn from now on."""
    created_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship()
    editions: Mapped[list["QuestionEdition"]] = relationship(
        back_populates="question",
        order_by="QuestionEdition.number",
        cascade="all, delete-orphan",
    )

    @property
    def edition(self) -> "QuestionEdition":
        """As it is asked from now on."""
        return self.editions[-1]


class QuestionEdition(Base):
    """The words, options and key of a question: once written, they stay."""

    __tablename__ = "question_edition"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    question_id: Mapped[UUID] = mapped_column(ForeignKey(BankQuestion.id))
    number: Mapped[int]
    kind: Mapped[Kind]
    text: Mapped[Prose]
    options: Mapped[list[str]]
    """In the order of the bank; of `order` questions, in the right order."""
    key: Mapped[str] = mapped_column(String(100))
    """The places of the right options, as "0,2"."""
    explanation: Mapped[Prose]
    made_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    made_at: Mapped[datetime]

    question: Mapped[BankQuestion] = relationship(back_populates="editions")

    @property
    def places(self) -> tuple[int, ...]:
        """The key as numbers."""
        return read_places(self.key)

    @property
    def content(self) -> Content:
        """The same as a value, with the part it stands in today."""
        return Content(
            kind=self.kind,
            text=self.text,
            options=tuple(self.options),
            key=self.places,
            explanation=self.explanation,
            part=self.question.part,
        )


class Quiz(Base):
    """A bài thi trắc nghiệm of a round, perhaps of one of its sessions."""

    __tablename__ = "quiz"
    __table_args__ = (CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    round_id: Mapped[RoundId] = mapped_column(
        ForeignKey(StudyRound.id, ondelete="CASCADE"), index=True
    )
    session_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(StudySession.id, ondelete="SET NULL"), index=True
    )
    title: Mapped[Name]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime] = mapped_column(index=True)
    created_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    created_at: Mapped[datetime]

    round: Mapped[StudyRound] = relationship()
    session: Mapped[StudySession | None] = relationship()
    editions: Mapped[list["QuizEdition"]] = relationship(
        back_populates="quiz", order_by="QuizEdition.number", cascade="all, delete-orphan"
    )

    @property
    def rules(self) -> "QuizEdition":
        """What holds for whoever begins from now on."""
        return self.editions[-1]

    def is_open(self, now: datetime) -> bool:
        """Whether its window is open; whether the round is, is for the deed."""
        return self.opens_at <= now < self.closes_at


class QuizEdition(Base):
    """What is drawn and how it is taken, as it stood when an attempt began."""

    __tablename__ = "quiz_edition"
    __table_args__ = (UniqueConstraint("quiz_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    quiz_id: Mapped[UUID] = mapped_column(ForeignKey(Quiz.id, ondelete="CASCADE"))
    number: Mapped[int]
    draws: Mapped[dict[str, Any]]
    """How many questions of each part."""
    minutes: Mapped[int]
    """0: as long as the window is open."""
    pass_mark: Mapped[int]
    """So many right answers pass."""
    attempts: Mapped[int]
    """0: as often as one likes."""
    shuffles_questions: Mapped[bool]
    shuffles_options: Mapped[bool]
    shows_result: Mapped[bool]
    """Whether a person is told their own result at once, and not only when the window closes."""
    made_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    made_at: Mapped[datetime]

    quiz: Mapped[Quiz] = relationship(back_populates="editions")

    @property
    def total(self) -> int:
        """How many questions one is asked."""
        return sum(int(count) for count in self.draws.values())


class Attempt(Base):
    """One person taking a quiz once: the same attempt on each of their devices."""

    __tablename__ = "quiz_attempt"
    __table_args__ = (
        UniqueConstraint("quiz_id", "user_id", "number"),
        Index("ix_quiz_attempt_waiting", "handed_in_at", "ends_at"),
        CheckConstraint("(handed_in_at IS NULL) = (score IS NULL)", name="scored_when_handed_in"),
        CheckConstraint("(passed IS NULL) = (score IS NULL)", name="judged_when_scored"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    quiz_id: Mapped[UUID] = mapped_column(ForeignKey(Quiz.id))
    edition_id: Mapped[UUID] = mapped_column(ForeignKey(QuizEdition.id))
    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), index=True)
    number: Mapped[int]
    seed: Mapped[str] = mapped_column(String(32))
    """The drawing and every shuffling follow from it (`quiz.drawing`)."""
    began_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None]
    by_time: Mapped[bool]
    """Handed in because the time was up."""
    score: Mapped[int | None]
    passed: Mapped[bool | None]

    quiz: Mapped[Quiz] = relationship()
    rules: Mapped[QuizEdition] = relationship()
    drawn: Mapped[list["Drawn"]] = relationship(
        order_by="Drawn.position", cascade="all, delete-orphan"
    )

    @property
    def is_running(self) -> bool:
        """Whether it has not been handed in."""
        return self.handed_in_at is None

    @property
    def answered(self) -> int:
        """How many of its questions have an answer."""
        return sum(bool(drawn.answer) for drawn in self.drawn)


class Drawn(Base):
    """A question as it was drawn for an attempt, and what was answered."""

    __tablename__ = "drawn_question"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey(Attempt.id), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey(QuestionEdition.id), index=True)
    shown: Mapped[str] = mapped_column(String(100))
    """The places of the options in the order in which they are shown."""
    answer: Mapped[str] = mapped_column(String(100), default="")
    """The places of the chosen options in the order of the bank; "" is no answer."""
    answered_at: Mapped[datetime | None]

    edition: Mapped[QuestionEdition] = relationship()

    @property
    def options(self) -> list[str]:
        """The options as they are shown."""
        return [self.edition.options[place] for place in read_places(self.shown)]

    @property
    def is_right(self) -> bool:
        """Whether it was answered as the key says."""
        return is_right(self.edition.kind, self.edition.places, read_places(self.answer))

    def is_key(self, place: int) -> bool:
        """Whether the option shown at this place is a right one."""
        return read_places(self.shown)[place] in self.edition.places

    @property
    def chosen(self) -> tuple[int, ...]:
        """What was answered, by the places in which the options are shown."""
        shown = read_places(self.shown)
        return tuple(shown.index(place) for place in read_places(self.answer))
