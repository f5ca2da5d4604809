"""The deed of noting that an author leads the cell: then the committee above may judge, too.

An essay is open to the committee from the day its author is appointed to lead the cell,
and stays so until it is done with, even when the author lays the post down meanwhile:
whoever has begun to read it may go on, and it never waits for nobody because
somebody's term ended. The secretary and deputy of the day may judge it as any other.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Post
from studyhub.org.models import Appointment
from studyhub.org.succession import Succession

LEADING = (Post.SECRETARY, Post.DEPUTY)


def note_leaders(db: Session, day: date, *, who: User | None = None) -> int:
    """Open to the committee the essays under way of those who lead, or are to lead; how many.

    Part of every act by which somebody takes up the lead of a cell: without it the
    essay of a new secretary would wait for nobody where there is no deputy.
    """
    db.flush()
    leads = exists().where(
        Appointment.user_id == Essay.author_id,
        Appointment.post.in_(LEADING),
        Appointment.until.is_(None) | (Appointment.until >= day),
        in_care_of(Appointment.unit_id),
    )
    opened = (
        update(Essay)
        .where(Essay.author_leads.is_(False), Essay.state != State.ACCEPTED, leads)
        .values(author_leads=True)
        .execution_options(synchronize_session="fetch")
    )
    if who is not None:
        opened = opened.where(Essay.author_id == who.id)
    return int(db.execute(opened).rowcount)  # type: ignore[attr-defined]  # as of any UPDATE


def in_care_of(cell_id: UUID | Any) -> ColumnElement[bool]:
    """Essays of the cell, and of those that have become part of it."""
    taken_over = select(Succession.predecessor_id).where(Succession.successor_id == cell_id)
    return or_(Essay.cell_id == cell_id, Essay.cell_id.in_(taken_over))
