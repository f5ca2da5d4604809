"""Who has marked, who may not mark again, and whether anybody else in the cell could."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, exists, literal, or_, select, update
from sqlalchemy.orm import Session, joinedload

from studyhub.essays.leading import LEADING
from studyhub.essays.models import Essay, Version
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Forbidden
from studyhub.kernel.words import N_
from studyhub.org.models import Appointment, Unit
from studyhub.org.succession import Succession
from studyhub.review.marks import Appeal, Mark, Turn


def marks_on(db: Session, version: Version) -> Sequence[Mark]:
    """What has been given, in turn."""
    found = db.scalars(
        select(Mark)
        .where(Mark.version_id == version.id)
        .order_by(Mark.marked_at, Mark.marker_id)
        .options(joinedload(Mark.marker, innerjoin=True))
        .execution_options(populate_existing=True)
    )
    return sorted(found, key=lambda mark: [*Turn].index(mark.turn))


def appeal_of(db: Session, version: Version) -> Appeal | None:
    """Why another reading was asked for, and the decision before it."""
    return db.get(Appeal, version.id, populate_existing=True)


def expect_new_marker(essay: Essay, by: Actor) -> None:
    """Whoever has marked it leaves the next turn to another."""
    if essay.has_been_marked_by(by.user_id):
        raise Forbidden(N_("You have marked this essay already. Another person is to mark it now."))


def bar(db: Session, essay: Essay, user_ids: Iterable[UUID], *, day: date) -> None:
    """These may not mark what waits; where nobody else in the cell could, those above may."""
    barred = {*essay.marked_by.split(), *(str(user_id) for user_id in user_ids)}
    essay.marked_by = " ".join(sorted(barred))
    essay.needs_above = essay.needs_above or not _could_mark(db, essay, day)


def release(essay: Essay) -> None:
    """Nobody waits for a mark any more."""
    essay.marked_by, essay.needs_above = "", False


def take_back(db: Session, essay: Essay, version: Version, *, by: Actor, day: date) -> None:
    """The decision is recalled: this person's mark is gone, and those of others stand as before."""
    mine = (Mark.version_id == version.id) & (Mark.marker_id == by.user_id)
    db.execute(delete(Mark).where(mine))
    db.execute(update(Appeal).where(Appeal.version_id == version.id).values(settled_at=None))
    others = {mark.marker_id for mark in marks_on(db, version)}
    appeal = appeal_of(db, version)
    if appeal:
        others.add(appeal.former_by)
    if others:
        bar(db, essay, others, day=day)


def turn_of(marks: Sequence[Mark], appeal: Appeal | None, *, markers: int) -> Turn:
    """Why the next one marks."""
    if appeal:
        return Turn.APPEAL
    return Turn.FIRST if len(marks) < markers else Turn.THIRD


def _could_mark(db: Session, essay: Essay, day: date) -> bool:
    """Whether the cell, or what it has become part of, has a leader who has not marked it."""
    barred = [essay.author_id, *(UUID(told) for told in essay.marked_by.split())]
    heirs = select(Succession.successor_id).where(Succession.predecessor_id == essay.cell_id)
    return bool(
        db.scalar(
            select(
                exists()
                .where(Appointment.unit_id == Unit.id, Appointment.post.in_(LEADING))
                .where(Appointment.covers(day))
                .where(Appointment.user_id.not_in(barred))
                .where(
                    or_(
                        literal(essay.cell.path).startswith(Unit.path, autoescape=False),
                        Unit.id.in_(heirs),
                    )
                )
            )
        )
    )
