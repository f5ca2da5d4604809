"""The deeds of reorganization: decide, carry out when the day has come, cancel, undo."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import StudyHubError, Unfit, Untimely
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.org.succession import Reorganization, Role, Stage
from studyhub.reorganization import telling, touched
from studyhub.reorganization.carrying_out import Doing
from studyhub.reorganization.plan import Plan
from studyhub.reorganization.scheme import scheme
from studyhub.reorganization.undoing import undo as take_apart


def decide(
    db: Session, plan: Plan, *, by: Actor | None, today: date, now: datetime
) -> Reorganization:
    """Carry the plan out, if its day has come; else keep it until then.

    The day is the first on which things are as decided. Raises what stands in
    the way; nothing is done by halves.
    """
    found = scheme(db, plan)
    act = Reorganization(
        id=new_uuid(), act=plan.act, stage=Stage.PLANNED, day=plan.day, basis=tidy(plan.basis),
        plan=plan.as_kept(), before={}, planned_by=UserId(by.user_id) if by else None,
        planned_at=now,
    )  # fmt: skip
    db.add(act)
    db.flush()
    touched.note(db, act, Role.BEFORE, found.units)
    touched.note(db, act, Role.AFTER, list(found.others.values()))
    if plan.day <= today:
        log.record(db, Deed.REORGANIZATION_PLANNED, act.id, by=by, now=now, **_facts(act))
        carry_out(db, act, by=by, now=now)
    else:
        _record(db, Deed.REORGANIZATION_PLANNED, act, by=by, now=now)
    return act


def carry_out(db: Session, act: Reorganization, *, by: Actor | None, now: datetime) -> None:
    """Do what was planned, now."""
    if act.stage not in {Stage.PLANNED, Stage.STUCK}:
        raise Untimely(N_("This act has been carried out, cancelled or undone already."))
    act.before = Doing(db, act, by=by, now=now).carry_out()
    act.stage, act.done_at, act.obstacle = Stage.DONE, now, ""
    db.flush()
    _record(db, Deed.REORGANIZED, act, by=by, now=now)


def carry_out_due(db: Session, *, today: date, now: datetime) -> list[Reorganization]:
    """Carry out every plan whose day has come, in the order of the days.

    What is refused stays as it was, with the reason, for an officer to decide.
    """
    due = db.scalars(
        select(Reorganization)
        .where(Reorganization.stage == Stage.PLANNED, Reorganization.day <= today)
        .order_by(Reorganization.day, Reorganization.planned_at)
        .with_for_update()
    ).all()
    for act in due:
        _try(db, act, now=now)
    return list(due)


def cancel(
    db: Session, act: Reorganization, *, basis: str = "", by: Actor | None, now: datetime
) -> None:
    """The plan will not be carried out."""
    if act.stage not in {Stage.PLANNED, Stage.STUCK}:
        raise Untimely(N_("This act has been carried out, cancelled or undone already."))
    act.stage, act.ended_at, act.ended_basis = Stage.CANCELLED, now, tidy(basis)
    db.flush()
    _record(db, Deed.REORGANIZATION_CANCELLED, act, by=by, now=now)


def undo(db: Session, act: Reorganization, *, basis: str, by: Actor | None, now: datetime) -> None:
    """Everything is as if the act had never been; the act itself stays on record, with why."""
    if not tidy(basis):
        raise Unfit(N_("Give the reason."), about="basis")
    take_apart(db, act, basis=tidy(basis), by=by, now=now)
    act.stage, act.ended_at, act.ended_basis = Stage.UNDONE, now, tidy(basis)
    db.flush()
    _record(db, Deed.REORGANIZATION_UNDONE, act, by=by, now=now)


def _try(db: Session, act: Reorganization, *, now: datetime) -> None:
    try:
        with db.begin_nested():
            carry_out(db, act, by=None, now=now)
    except StudyHubError as refusal:
        db.refresh(act)
        act.stage, act.obstacle = Stage.STUCK, str(refusal)[:1000]
        values = {name: str(value) for name, value in refusal.values.items()}
        act.before = {"obstacle": [refusal.message, values]}
        db.flush()
        _record(db, Deed.REORGANIZATION_STUCK, act, by=None, now=now)


def _record(
    db: Session, deed: Deed, act: Reorganization, *, by: Actor | None, now: datetime
) -> None:
    log.record(db, deed, act.id, by=by, now=now, **_facts(act))
    telling.tell(db, deed, act, by=by, now=now)


def _facts(act: Reorganization) -> dict[str, str]:
    return {"act": act.act.value, "day": act.day.isoformat()}
