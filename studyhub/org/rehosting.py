"""When a cell is merged, split or dissolved its guests go on with another, and back on undoing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.clock import ONE_DAY
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.vietnamese import tidy
from studyhub.org.models import Membership, Unit
from studyhub.org.staying import record_stay
from studyhub.org.stays import Stay

Moved = Mapping[str, str | None]
"""One stay as it was: `stay`, `until`, `until_basis`; `begun`: the one that goes on from it."""


def move_stays(
    db: Session,
    from_cell: Unit,
    to_cell: Unit | None,
    day: date,
    *,
    basis: str,
    by: Actor | None,
    now: datetime,
) -> list[Moved]:
    """From that day the guests of one cell are guests of the other; without one, stays end.

    To be called after the members have moved: whoever belongs to the other cell
    by then is no guest any more, so that stay ends, also where its host is
    `to_cell` itself. What is answered is for `put_stays_back`.
    """
    moved: list[Moved] = []
    for stay in _going_on(db, [from_cell, *([to_cell] if to_cell else [])], day):
        at_home = to_cell is not None and _belongs(db, stay, to_cell, day)
        if stay.host_id == from_cell.id or at_home:
            host = None if at_home else to_cell
            moved.append(_move(db, stay, host, day, basis=basis, by=by, now=now))
    return moved


def put_stays_back(
    db: Session, moved: Sequence[Moved], *, basis: str, by: Actor | None, now: datetime
) -> None:
    """The act is undone: every stay goes on as it was, and what went on from it never began."""
    for was in moved:
        stay = db.get_one(Stay, UUID(was["stay"]))
        begun = was.get("begun")
        if begun is not None:
            _take_back(db, db.get_one(Stay, UUID(begun)), basis, by=by, now=now)
        stay.until = date.fromisoformat(was["until"] or "")
        stay.until_basis, stay.taken_back_at = was["until_basis"] or "", None
        stay.taken_back_basis = ""
        db.flush()
        record_stay(db, Deed.STAY_RESUMED, stay, by=by, now=now)


def _move(
    db: Session,
    stay: Stay,
    host: Unit | None,
    day: date,
    *,
    basis: str,
    by: Actor | None,
    now: datetime,
) -> Moved:
    begun = _going_on_with(stay, host, day, basis) if host else None
    was = {
        "stay": str(stay.id),
        "until": stay.until.isoformat(),
        "until_basis": stay.until_basis,
        "begun": str(begun.id) if begun else None,
    }
    if stay.since >= day:
        _take_back(db, stay, basis, by=by, now=now)
    else:
        stay.until, stay.until_basis = day - ONE_DAY, tidy(basis)
        record_stay(db, Deed.STAY_ENDED, stay, by=by, now=now)
    if begun:
        db.add(begun)
        record_stay(db, Deed.STAY_BEGUN, begun, by=by, now=now)
    db.flush()
    return was


def _going_on_with(stay: Stay, host: Unit, day: date, basis: str) -> Stay:
    return Stay(
        id=new_uuid(), user=stay.user, host=host, since=max(stay.since, day), until=stay.until,
        until_basis=stay.until_basis, basis=tidy(basis), continues_id=stay.id,
    )  # fmt: skip


def _take_back(db: Session, stay: Stay, basis: str, *, by: Actor | None, now: datetime) -> None:
    stay.taken_back_at, stay.taken_back_basis = now, tidy(basis)
    db.flush()
    record_stay(db, Deed.STAY_TAKEN_BACK, stay, by=by, now=now)


def _going_on(db: Session, hosts: Sequence[Unit], day: date) -> Sequence[Stay]:
    return db.scalars(
        select(Stay)
        .where(
            Stay.host_id.in_([host.id for host in hosts]),
            Stay.taken_back_at.is_(None),
            Stay.until >= day,
        )
        .order_by(Stay.user_id, Stay.since)
        .with_for_update()
    ).all()


def _belongs(db: Session, stay: Stay, cell: Unit, day: date) -> bool:
    """Whether the person is a member of that cell when the stay goes on."""
    on = max(stay.since, day)
    home = select(Membership.cell_id).where(
        Membership.user_id == stay.user_id, Membership.covers(on)
    )
    return db.scalar(home) == cell.id
