"""Questions about essays: one's own, one with all that hangs on it, who will read it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from studyhub.essays.models import Essay, Version
from studyhub.kernel.actor import Post
from studyhub.kernel.ids import RoundId, UserId
from studyhub.library.models import Document
from studyhub.org.models import Appointment, Unit
from studyhub.org.tree import lineage
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import RoundDocument, StudyRound, Summons

_ONE = select(Essay).where(Essay.id == bindparam("which")).execution_options(populate_existing=True)
_FOR_WRITING = _ONE.options(
    joinedload(Essay.round, innerjoin=True).options(
        selectinload(StudyRound.questions),
        selectinload(StudyRound.documents)
        .joinedload(RoundDocument.document, innerjoin=True)
        .selectinload(Document.parts),
    ),
    selectinload(Essay.versions).defer(Version.parts),
)
_FOR_READING = _ONE.options(
    joinedload(Essay.round, innerjoin=True),
    joinedload(Essay.author, innerjoin=True),
    joinedload(Essay.cell, innerjoin=True),
    selectinload(Essay.versions),
)


def of_author(db: Session, round_id: RoundId, author_id: UUID) -> Essay | None:
    """The essay of this person for this round."""
    return db.scalars(
        select(Essay).where(Essay.round_id == round_id, Essay.author_id == author_id)
    ).one_or_none()


def mine(db: Session, user_id: UUID) -> Sequence[tuple[Summons, Essay | None]]:
    """Every round that summons this person to write, newest first, with the essay if begun."""
    rows = db.execute(
        select(Summons, Essay)
        .join(Summons.round)
        .outerjoin(
            Essay, (Essay.round_id == Summons.round_id) & (Essay.author_id == Summons.user_id)
        )
        .where(
            Summons.user_id == user_id,
            StudyRound.state != RoundState.DRAFT,
            StudyRound.asks_for_essay | Essay.id.is_not(None),
        )
        .order_by(StudyRound.closes_at.desc(), StudyRound.id)
        .options(contains_eager(Summons.round), selectinload(Essay.versions))
    )
    return [(summons, essay) for summons, essay in rows]


def for_writing(db: Session, essay: Essay) -> Essay:
    """The same essay with its round's questions and documents at hand, parts and all."""
    return db.scalars(_FOR_WRITING, {"which": essay.id}).one()


def for_reading(db: Session, essay: Essay) -> Essay:
    """The same essay with round, author, cell and versions at hand."""
    return db.scalars(_FOR_READING, {"which": essay.id}).one()


def numbered(db: Session, essay: Essay, number: int) -> Version | None:
    """One version of the essay."""
    return db.scalars(
        select(Version).where(Version.essay_id == essay.id, Version.number == number)
    ).one_or_none()


def readers_of(db: Session, essay: Essay, today: date) -> Sequence[Appointment]:
    """Those who will read it: who leads the cell, else the nearest above who may judge it.

    Never the author, nor who has marked it. The essay of a leader may also be read by an
    officer above, and one that nobody else in the cell could mark.
    """
    goes_up = essay.author_leads or essay.needs_above
    posts = [Post.SECRETARY, Post.DEPUTY, *([Post.OFFICER] if goes_up else [])]
    barred = [UserId(UUID(told)) for told in essay.marked_by.split()]
    able = db.scalars(
        select(Appointment)
        .join(Appointment.unit)
        .where(
            Unit.path.in_(lineage(essay.cell.path)),
            Appointment.post.in_(posts),
            Appointment.user_id.not_in([essay.author_id, *barred]),
            Appointment.covers(today),
        )
        .order_by(Unit.path.desc(), Appointment.post.desc())
        .options(contains_eager(Appointment.unit), joinedload(Appointment.user))
    ).all()
    return [one for one in able if one.unit_id == able[0].unit_id]
