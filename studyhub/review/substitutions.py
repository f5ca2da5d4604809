"""Questions about who judges while a secretary is away."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from studyhub.accounts.models import User
from studyhub.essays.leading import LEADING
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Actor, Post
from studyhub.org.models import Appointment, Unit
from studyhub.org.succession import Succession
from studyhub.review.models import Substitution

MOST_SHOWN = 50


def open_ones(db: Session, *, officer_id: UUID, day: date) -> Sequence[Substitution]:
    """Where this person stands in today or will, single essays left out."""
    return db.scalars(
        select(Substitution)
        .where(open_of(officer_id), Substitution.essay_id.is_(None), Substitution.until >= day)
        .order_by(Substitution.since, Substitution.made_at)
        .options(joinedload(Substitution.cell, innerjoin=True), joinedload(Substitution.absent))
    ).all()


def of_cell(db: Session, cell: Unit) -> Sequence[Substitution]:
    """Every one of a cell, the newest first, those of single essays and ended ones too."""
    return db.scalars(
        select(Substitution)
        .where(Substitution.cell_id == cell.id)
        .order_by(Substitution.made_at.desc(), Substitution.id)
        .limit(MOST_SHOWN)
        .options(
            joinedload(Substitution.officer, innerjoin=True).load_only(User.full_name),
            joinedload(Substitution.absent).load_only(User.full_name),
        )
    ).all()


def standing_in(db: Session, essay: Essay, day: date) -> Sequence[Substitution]:
    """Who may judge this essay today in place of the secretary: told to its author."""
    return db.scalars(
        select(Substitution)
        .where(Substitution.ended_at.is_(None), _covers(day), _reaches(essay))
        .where(Substitution.officer_id != essay.author_id)
        .order_by(Substitution.made_at)
        .options(joinedload(Substitution.officer, innerjoin=True).load_only(User.full_name))
    ).all()


def leaders_of(db: Session, cell: Unit, day: date) -> Sequence[Appointment]:
    """The secretary and the deputies of the cell on that day, the secretary first."""
    found = db.scalars(
        select(Appointment)
        .where(
            Appointment.unit_id == cell.id,
            Appointment.post.in_(LEADING),
            Appointment.covers(day),
        )
        .order_by(Appointment.since, Appointment.id)
        .options(joinedload(Appointment.user, innerjoin=True).load_only(User.full_name))
    ).all()
    return sorted(found, key=lambda held: held.post is not Post.SECRETARY)


def open_of(officer_id: UUID) -> ColumnElement[bool]:
    """Those this person made and nobody ended."""
    return and_(Substitution.officer_id == officer_id, Substitution.ended_at.is_(None))


def _covers(day: date) -> ColumnElement[bool]:
    return and_(Substitution.since <= day, Substitution.until >= day)


def _reaches(essay: Essay) -> ColumnElement[bool]:
    """This essay by itself, or its cell and what that has become part of."""
    heirs = select(Succession.successor_id).where(Succession.predecessor_id == essay.cell_id)
    of_cell = or_(Substitution.cell_id == essay.cell_id, Substitution.cell_id.in_(heirs))
    return or_(Substitution.essay_id == essay.id, and_(Substitution.essay_id.is_(None), of_cell))


def basis_of(essay: Essay, by: Actor) -> Select[Substitution]:
    """The one of this very essay before the one of its cell."""
    return (
        select(Substitution)
        .where(open_of(by.user_id), _covers(by.today), _reaches(essay))
        .order_by(Substitution.essay_id.is_(None), Substitution.made_at)
        .options(joinedload(Substitution.absent).load_only(User.full_name))
    )
