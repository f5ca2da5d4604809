"""Questions about rounds and their lists."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from studyhub.accounts.models import User
from studyhub.kernel.ids import RoundId, UserId
from studyhub.kernel.vietnamese import fold
from studyhub.library.models import Document
from studyhub.org.meanings import called
from studyhub.org.models import Membership, Unit
from studyhub.rounds.models import AudienceUnit, RoundDocument, StudyRound, Summons


def years(db: Session, *, visible: ColumnElement[bool]) -> Sequence[int]:
    """The years that have rounds, the latest first."""
    return db.scalars(
        select(StudyRound.year).where(visible).distinct().order_by(StudyRound.year.desc())
    ).all()


def of_year(db: Session, year: int, *, visible: ColumnElement[bool]) -> Sequence[StudyRound]:
    """The rounds of a year with their units, the latest deadline first."""
    return db.scalars(
        select(StudyRound)
        .join(StudyRound.unit)
        .where(visible, StudyRound.year == year)
        .options(contains_eager(StudyRound.unit))
        .order_by(StudyRound.closes_at.desc(), StudyRound.id)
    ).all()


def whole(db: Session, round_: StudyRound) -> StudyRound:
    """The round with documents, questions and audience at hand."""
    return db.scalars(
        select(StudyRound)
        .where(StudyRound.id == round_.id)
        .options(
            selectinload(StudyRound.documents).joinedload(RoundDocument.document),
            selectinload(StudyRound.questions),
            selectinload(StudyRound.audience).joinedload(AudienceUnit.unit),
        )
        .execution_options(populate_existing=True)
    ).one()


def documents_of(db: Session, round_id: RoundId) -> Sequence[Document]:
    """The documents of a round, in the order to be read."""
    return db.scalars(
        select(Document)
        .join(RoundDocument, RoundDocument.document_id == Document.id)
        .where(RoundDocument.round_id == round_id)
        .order_by(RoundDocument.position)
    ).all()


def on_the_list(db: Session, round_: StudyRound, *, search: str = "") -> Sequence[Summons]:
    """The list by cell and name; `search` finds names without their marks."""
    wanted = (
        select(Summons)
        .join(Summons.user)
        .join(Summons.cell)
        .where(Summons.round_id == round_.id)
        .options(contains_eager(Summons.user), contains_eager(Summons.cell))
        .order_by(Summons.cell_path, User.name_order, Summons.id)
    )
    return db.scalars(wanted.where(called(search)) if search.strip() else wanted).all()


def changers(db: Session, listed: Sequence[Summons]) -> Mapping[UserId, User]:
    """Who changed what on this part of the list, by their ids."""
    ids = {summons.changed_by for summons in listed if summons.changed_by}
    found = db.scalars(select(User).where(User.id.in_(ids))) if ids else ()
    return {user.id: user for user in found}


def not_on_the_list(
    db: Session, round_: StudyRound, *, search: str, members: ColumnElement[bool], limit: int = 20
) -> Sequence[User]:
    """Persons who could still be summoned, found by name without marks, or by card number."""
    if not search.strip():
        return ()
    listed = select(Summons.user_id).where(Summons.round_id == round_.id)
    return db.scalars(
        select(User)
        .where(members, User.id.not_in(listed), called(search))
        .order_by(User.name_order, User.id)
        .limit(limit)
    ).all()


def members_within(path: str, day: date) -> ColumnElement[bool]:
    """Persons who belong to a cell at this place or below on that day."""
    return User.id.in_(
        select(Membership.user_id)
        .join(Membership.cell)
        .where(Membership.covers(day), Unit.path.startswith(path, autoescape=True))
    )


def is_member(db: Session, person: User, path: str, day: date) -> bool:
    """Whether the person belongs to a cell at this place or below on that day."""
    return (
        db.scalar(select(User.id).where(User.id == person.id, members_within(path, day)))
        is not None
    )


def documents_to_choose(
    db: Session, *, search: str = "", chosen: Sequence[UUID] = (), limit: int = 30
) -> Sequence[Document]:
    """Those chosen already, then the latest of the library that match."""
    latest = db.scalars(select(Document).order_by(Document.added_at.desc(), Document.id)).all()
    words = fold(search).split()
    mine = [document for document in latest if document.id in chosen]
    others = [d for d in latest if d.id not in chosen and _mentions(d, words)]
    return [*sorted(mine, key=lambda d: chosen.index(d.id)), *others[:limit]]


def _mentions(document: Document, words: Sequence[str]) -> bool:
    told = fold(f"{document.number} {document.subject} {document.issuer}")
    return all(word in told for word in words)
