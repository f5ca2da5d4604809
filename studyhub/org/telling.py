"""Who is told of a deed about a member: those who lead the cells, and the committee above."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.ids import UnitId, UserId
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.org.models import Appointment, Membership, Transfer, Unit
from studyhub.org.tree import lineage

ANSWERABLE = (Post.SECRETARY, Post.DEPUTY)
"""Those who answer for a cell."""


def leaders_of(db: Session, cells: Iterable[UnitId], day: date) -> Sequence[UserId]:
    """Secretaries and deputies of these cells on that day."""
    held = select(Appointment.user_id).where(
        Appointment.unit_id.in_(list(cells)),
        Appointment.post.in_(ANSWERABLE),
        Appointment.covers(day),
    )
    return db.scalars(held.order_by(Appointment.since)).all()


def committee_above(db: Session, cell: Unit, day: date) -> Sequence[UserId]:
    """The officers of the nearest unit that has some; without any officer, administrators."""
    held = db.execute(
        select(Appointment.post, Unit.path, Appointment.user_id)
        .join(Appointment.unit)
        .where(
            Unit.path.in_(lineage(cell.path)),
            Appointment.post.in_((Post.OFFICER, Post.ADMIN)),
            Appointment.covers(day),
        )
        .order_by(Appointment.since)
    ).all()
    posts = {post for post, _, _ in held}
    wanted = Post.OFFICER if Post.OFFICER in posts else Post.ADMIN
    nearest = max((len(path) for post, path, _ in held if post is wanted), default=0)
    return [who for post, path, who in held if post is wanted and len(path) == nearest]


def tell_leaders(
    db: Session,
    cells: Iterable[UnitId],
    kind: Kind,
    *,
    subject_id: UUID,
    also: Iterable[UserId] = (),
    by: Actor | None,
    now: datetime,
    **facts: str,
) -> None:
    """Tell those who answer for these cells, and `also` these people."""
    people = [*leaders_of(db, cells, day_of(by, now)), *also]
    notify(db, people, kind, subject_id=subject_id, by=by, now=now, **facts)


def tell_of_transfer(
    db: Session, moved: Transfer, begun: Membership, *, by: Actor | None, now: datetime
) -> None:
    """Tell both cells, each of the membership it may see, and the person."""
    facts = _facts(moved, begun)
    origin, target = [moved.origin_id], [moved.target_id]
    tell_leaders(
        db, target, Kind.TRANSFERRED, subject_id=begun.id, also=[begun.user.id], by=by, now=now,
        **facts,
    )  # fmt: skip
    tell_leaders(db, origin, Kind.TRANSFERRED, subject_id=moved.left_id, by=by, now=now, **facts)


def tell_of_return(
    db: Session, moved: Transfer, begun: Membership, *, by: Actor | None, now: datetime
) -> None:
    """Tell both cells and the person that it was taken back; the page is the old cell's again."""
    facts = _facts(moved, begun)
    kind = Kind.TRANSFER_TAKEN_BACK
    people = [*leaders_of(db, [moved.origin_id], day_of(by, now)), begun.user.id]
    notify(db, people, kind, subject_id=begun.id, by=by, now=now, **facts)
    others = set(leaders_of(db, [moved.target_id], day_of(by, now))) - set(people)
    notify(db, others, kind, subject_id=None, by=by, now=now, **facts)


def _facts(moved: Transfer, begun: Membership) -> dict[str, Any]:
    return {
        "person": str(begun.user.id),
        "cell": str(moved.target_id),
        "origin": str(moved.origin_id),
        "since": moved.day.isoformat(),
    }


def day_of(by: Actor | None, now: datetime) -> date:
    """The day of the deed where StudyHub stands, as the actor knows it."""
    return by.today if by else now.date()
