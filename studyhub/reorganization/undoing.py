"""An act is undone: within a stated time, while nothing new stands on it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Untimely
from studyhub.kernel.words import N_
from studyhub.org import closing, collective, placing, rehosting, successions
from studyhub.org.models import Appointment, Membership, Transfer, Unit
from studyhub.org.succession import FormerPlace, Reorganization, Stage, TouchedUnit
from studyhub.reorganization import going_over
from studyhub.rounds.models import StudyRound, Summons

UNDO_DAYS = 30
"""So long after it was carried out an act can be undone; later, another act puts things right."""


def undoable_until(act: Reorganization) -> datetime | None:
    """The last moment to undo it; None when there is nothing to undo."""
    if act.stage is not Stage.DONE or act.done_at is None:
        return None
    return act.done_at + timedelta(days=UNDO_DAYS)


def require_undoable(db: Session, act: Reorganization, *, now: datetime) -> None:
    """Refuse to undo what is not done, what is too old, and what something stands on."""
    until = undoable_until(act)
    if until is None:
        raise Untimely(N_("There is nothing to undo: this act has not been carried out."))
    if now > until:
        raise Untimely(
            N_("An act can be undone for %(days)d days. Put it right by another one."),
            days=UNDO_DAYS,
        )
    _require_latest(db, act)
    collective.require_unmoved(db, act.id)
    _require_no_newcomers(db, act)
    _require_no_new_posts(db, act)
    _require_no_new_rounds(db, act)


def undo(db: Session, act: Reorganization, *, basis: str, by: Actor | None, now: datetime) -> None:
    """Everything is as if the act had never been; the act stays on record."""
    require_undoable(db, act, now=now)
    _withdraw_posts(db, act.before)
    placing.put_back(db, act.id)
    closing.resume_unit(db, act.before, by=by, now=now)
    collective.take_back_together(db, act.id, basis=basis, by=by, now=now)
    successions.forget(db, act.id)
    for unit in _founded(db, act):
        closing.never_founded(db, unit, basis=basis, by=by, now=now)
    rehosting.put_stays_back(db, act.before.get("stays", []), basis=basis, by=by, now=now)
    going_over.carry_back(db, act, now=now)
    going_over.audience_back(db, act.before.get("audience", ()))


def _withdraw_posts(db: Session, before: dict[str, Any]) -> None:
    """Posts that the act gave were never held; the log has them."""
    for post_id in before.get("appointed", ()):
        post = db.get(Appointment, UUID(post_id))
        if post is not None:
            db.delete(post)
    db.flush()


def _founded(db: Session, act: Reorganization) -> list[Unit]:
    return [db.get_one(Unit, UUID(one)) for one in act.before.get("founded", ())]


def _require_latest(db: Session, act: Reorganization) -> None:
    """No later act concerns the same units, or moved them about."""
    mine = select(TouchedUnit.unit_id).where(TouchedUnit.reorganization_id == act.id)
    moved = select(FormerPlace.unit_id).where(FormerPlace.reorganization_id == act.id)
    touched = select(TouchedUnit.reorganization_id).where(
        or_(TouchedUnit.unit_id.in_(mine), TouchedUnit.unit_id.in_(moved))
    )
    placed = select(FormerPlace.reorganization_id).where(
        or_(FormerPlace.unit_id.in_(mine), FormerPlace.unit_id.in_(moved))
    )
    later = db.scalars(
        select(Reorganization)
        .where(
            or_(Reorganization.id.in_(touched), Reorganization.id.in_(placed)),
            Reorganization.id != act.id,
            Reorganization.stage == Stage.DONE,
            Reorganization.done_at >= act.done_at,
        )
        .limit(1)
    ).first()
    if later is not None:
        raise Conflict(
            N_("A later act (%(basis)s) stands on this one. Undo that first."), basis=later.basis
        )


def _require_no_newcomers(db: Session, act: Reorganization) -> None:
    """Nobody else belongs to a unit that the act founded, and no unit stands below it."""
    founded = [unit.id for unit in _founded(db, act)]
    mine = select(Transfer.begun_id).where(
        Transfer.reorganization_id == act.id, Transfer.begun_id.is_not(None)
    )
    other = db.scalars(
        select(Membership)
        .where(Membership.cell_id.in_(founded), Membership.id.not_in(mine))
        .options(joinedload(Membership.user), joinedload(Membership.cell))
        .limit(1)
    ).first()
    if other is not None:
        raise Conflict(
            N_("%(name)s has come to %(cell)s since. What was done can no longer be undone."),
            name=other.user.full_name, cell=other.cell.name,
        )  # fmt: skip
    placed = select(FormerPlace.unit_id).where(FormerPlace.reorganization_id == act.id)
    below = db.scalars(
        select(Unit).where(Unit.parent_id.in_(founded), Unit.id.not_in(placed)).limit(1)
    ).first()
    if below is not None:
        raise Conflict(
            N_("%(unit)s has been founded since. What was done can no longer be undone."),
            unit=below.name,
        )


def _require_no_new_posts(db: Session, act: Reorganization) -> None:
    """No post was taken up since by the people who moved, or on a unit the act founded."""
    founded = [unit.id for unit in _founded(db, act)]
    own = [UUID(one) for one in act.before.get("appointed", ())]
    moved = collective.moved_by(db, act.id)
    people = {one.left.user_id for one in moved}
    targets = {one.target_id for one in moved}
    post = db.scalars(
        select(Appointment)
        .where(
            or_(
                Appointment.unit_id.in_(founded),
                Appointment.unit_id.in_(targets) & Appointment.user_id.in_(people),
            ),
            Appointment.id.not_in(own),
            Appointment.since >= act.day,
        )
        .options(joinedload(Appointment.user), joinedload(Appointment.unit))
        .limit(1)
    ).first()
    if post is not None:
        raise Conflict(
            N_("%(name)s has taken up a post on %(unit)s since. Lay it down first."),
            name=post.user.full_name, unit=post.unit.name,
        )  # fmt: skip


def _require_no_new_rounds(db: Session, act: Reorganization) -> None:
    """No round opened since has summoned these people in their new cells."""
    people = [one.left.user_id for one in collective.moved_by(db, act.id)]
    targets = select(Transfer.target_id).where(Transfer.reorganization_id == act.id)
    placed = select(FormerPlace.unit_id).where(FormerPlace.reorganization_id == act.id)
    round_ = db.scalars(
        select(StudyRound)
        .join(Summons, Summons.round_id == StudyRound.id)
        .where(
            StudyRound.opened_at > act.done_at,
            or_(
                Summons.user_id.in_(people) & Summons.cell_id.in_(targets),
                Summons.cell_id.in_(placed),
            ),
        )
        .limit(1)
    ).first()
    if round_ is not None:
        raise Conflict(
            N_("The round %(round)s was opened since. What was done can no longer be undone."),
            round=round_.title,
        )
