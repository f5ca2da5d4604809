"""What the bank of a unit holds: as it is listed, counted and drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from studyhub.kernel.ids import UnitId
from studyhub.kernel.vietnamese import fold
from studyhub.org.models import Unit
from studyhub.quiz.models import BankQuestion, QuestionEdition
from studyhub.quiz.rules import Content


@dataclass(frozen=True, kw_only=True)
class Part:
    """One topic of a bank, and how many of its questions are in use."""

    name: str
    count: int


def counts(db: Session, unit_id: UnitId) -> Mapping[str, int]:
    """How many questions in use there are of each part."""
    rows = db.execute(
        select(BankQuestion.part, func.count())
        .where(BankQuestion.unit_id == unit_id, BankQuestion.retired_at.is_(None))
        .group_by(BankQuestion.part)
        .order_by(BankQuestion.part)
    )
    return dict(rows.all())


def parts(db: Session, unit_id: UnitId) -> list[Part]:
    """The topics of a bank, in the order of their names."""
    return [Part(name=name, count=count) for name, count in sorted(counts(db, unit_id).items())]


def to_draw_from(db: Session, unit_id: UnitId) -> Mapping[str, Sequence[UUID]]:
    """The newest edition of every question in use, by part, in an order that stays."""
    found: dict[str, list[UUID]] = {}
    rows = db.execute(
        select(BankQuestion.part, QuestionEdition.id)
        .join(QuestionEdition, _newest())
        .where(BankQuestion.unit_id == unit_id, BankQuestion.retired_at.is_(None))
        .order_by(BankQuestion.part, QuestionEdition.id)
    )
    for part, edition_id in rows:
        found.setdefault(part, []).append(edition_id)
    return found


def listed(
    db: Session,
    unit_id: UnitId,
    *,
    part: str | None = None,
    search: str = "",
    retired: bool = False,
) -> Sequence[QuestionEdition]:
    """The newest edition of each question, with its question; found without marks."""
    rows = db.scalars(_listed(unit_id, part=part, retired=retired)).all()
    words = fold(search).split()
    return [one for one in rows if all(word in fold(_words(one)) for word in words)]


def _words(edition: QuestionEdition) -> str:
    return " ".join([edition.text, *edition.options])


def _listed(unit_id: UnitId, *, part: str | None, retired: bool) -> Select[QuestionEdition]:
    out = BankQuestion.retired_at.is_not(None) if retired else BankQuestion.retired_at.is_(None)
    found = (
        select(QuestionEdition)
        .join(BankQuestion, _newest())
        .where(BankQuestion.unit_id == unit_id, out)
        .options(contains_eager(QuestionEdition.question))
        .order_by(BankQuestion.part, BankQuestion.created_at, BankQuestion.id)
    )
    return found if part is None else found.where(BankQuestion.part == part)


def _newest() -> ColumnElement[bool]:
    return and_(
        QuestionEdition.question_id == BankQuestion.id,
        QuestionEdition.number == BankQuestion.newest,
    )


@dataclass(frozen=True, kw_only=True)
class Bank:
    """A unit, and how many questions in use its bank has."""

    unit: Unit
    count: int


def banks(db: Session, paths: Sequence[str]) -> list[Bank]:
    """The banks of an officer of these units: their own, and every other below with questions."""
    count = func.count(BankQuestion.id)
    rows = db.execute(
        select(Unit, count)
        .outerjoin(
            BankQuestion,
            and_(BankQuestion.unit_id == Unit.id, BankQuestion.retired_at.is_(None)),
        )
        .where(or_(false(), *(Unit.path.startswith(path, autoescape=True) for path in paths)))
        .group_by(Unit.id)
        .having(or_(count > 0, Unit.path.in_(paths)))
        .order_by(Unit.path)
    )
    return [Bank(unit=unit, count=found) for unit, found in rows]


def mark(content: Content) -> str:
    """What two questions have in common that are the same but for spelling and order."""
    words = sorted(" ".join(fold(option).split()) for option in content.options)
    return "\n".join([" ".join(fold(content.text).split()), *words])


def known(db: Session, unit_id: UnitId) -> set[str]:
    """The marks of all questions in use."""
    return {mark(edition.content) for edition in listed(db, unit_id)}
