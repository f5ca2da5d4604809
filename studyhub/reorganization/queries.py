"""Questions about acts: which there were, which are to come, what one of them did."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, selectinload

from studyhub.org.models import Unit
from studyhub.org.succession import Reorganization, Stage, TouchedUnit
from studyhub.reorganization.plan import Plan

A_MOMENT = timedelta(minutes=2)


def acts(
    db: Session, *, visible: ColumnElement[bool], limit: int = 200
) -> Sequence[Reorganization]:
    """The acts that concern units one may see, the latest first; planned ones on top."""
    return db.scalars(
        select(Reorganization)
        .where(Reorganization.id.in_(_seen(visible)))
        .options(selectinload(Reorganization.units))
        .order_by(
            Reorganization.stage.in_((Stage.PLANNED, Stage.STUCK)).desc(),
            Reorganization.day.desc(),
            Reorganization.planned_at.desc(),
        )
        .limit(limit)
    ).all()


def acts_on(db: Session, unit: Unit) -> Sequence[Reorganization]:
    """What has become of one unit, or is planned for it, the latest first."""
    mine = select(TouchedUnit.reorganization_id).where(TouchedUnit.unit_id == unit.id)
    return db.scalars(
        select(Reorganization)
        .where(Reorganization.id.in_(mine))
        .options(selectinload(Reorganization.units))
        .order_by(Reorganization.day.desc(), Reorganization.planned_at.desc())
    ).all()


def whole(db: Session, act_id: UUID) -> Reorganization | None:
    """An act with its units at hand."""
    return db.scalars(
        select(Reorganization)
        .where(Reorganization.id == act_id)
        .options(selectinload(Reorganization.units).joinedload(TouchedUnit.unit))
    ).one_or_none()


def just_decided(db: Session, plan: Plan, *, by: UUID, now: datetime) -> Reorganization | None:
    """The very same, decided by the same person a moment ago: a button was pressed twice."""
    latest = db.scalars(
        select(Reorganization)
        .where(
            Reorganization.planned_by == by,
            Reorganization.planned_at > now - A_MOMENT,
            Reorganization.act == plan.act,
            Reorganization.day == plan.day,
            Reorganization.stage.in_((Stage.PLANNED, Stage.DONE)),
        )
        .order_by(Reorganization.planned_at.desc())
    )
    return next((one for one in latest if one.plan == plan.as_kept()), None)


def _seen(visible: ColumnElement[bool]) -> Select[UUID]:
    return select(TouchedUnit.reorganization_id).join(TouchedUnit.unit).where(visible)
