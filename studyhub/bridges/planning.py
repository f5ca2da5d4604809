"""An officer names the halls of a session, who is in charge of each, and whom it expects."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit.log import Deed, record
from studyhub.bridges.models import BridgeMark, BridgePoint, ExpectedCell
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.kernel.ids import UnitId, UserId, new_uuid
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.org.models import Unit
from studyhub.rounds.models import Call, Summons
from studyhub.rounds.service import require_open
from studyhub.study.models import StudySession


@dataclass(frozen=True, kw_only=True)
class PointPlan:
    """What a bridge point is to be."""

    hall: str
    keeper: User
    cells: Collection[UnitId]


def plan(
    db: Session, session: StudySession, unit: Unit, wanted: PointPlan, *, by: Actor, now: datetime
) -> BridgePoint:
    """Add a bridge point, held by `unit`; whoever is in charge is told."""
    require_open(session.round)
    point = BridgePoint(
        id=new_uuid(), session=session, unit=unit, planned_by=UserId(by.user_id), planned_at=now,
        difference="", papers=[],
    )  # fmt: skip
    _set(db, point, wanted)
    db.add(point)
    db.flush()
    _log(db, Deed.BRIDGE_PLANNED, point, by=by, now=now)
    _tell(db, point, by=by, now=now)
    return point


def change(db: Session, point: BridgePoint, wanted: PointPlan, *, by: Actor, now: datetime) -> None:
    """Another hall, other cells, somebody else in charge: who is new in charge is told."""
    require_open(point.session.round)
    before = point.keeper_id
    _set(db, point, wanted)
    db.flush()
    _log(db, Deed.BRIDGE_CHANGED, point, by=by, now=now)
    if point.keeper_id != before:
        _tell(db, point, by=by, now=now)


def remove(db: Session, point: BridgePoint, *, by: Actor, now: datetime) -> None:
    """Remove a bridge point at which nobody is marked."""
    require_open(point.session.round)
    if db.scalar(select(BridgeMark.user_id).where(BridgeMark.point_id == point.id).limit(1)):
        raise Untimely(N_("Somebody is marked at this bridge point; it can no longer go."))
    _log(db, Deed.BRIDGE_REMOVED, point, by=by, now=now)
    db.delete(point)


def _set(db: Session, point: BridgePoint, wanted: PointPlan) -> None:
    if not tidy(wanted.hall):
        raise Unfit(N_("Name the hall."), about="hall")
    cells = set(wanted.cells)
    if not cells:
        raise Unfit(N_("Choose at least one cell."), about="cells")
    if cells - cells_on_the_list(db, point.session, within=point.unit).keys():
        raise Unfit(N_("Somebody changed the list of the round. Choose the cells anew."))
    point.hall, point.keeper = tidy(wanted.hall), wanted.keeper
    kept = [one for one in point.expected if one.unit_id in cells]
    new = cells - {one.unit_id for one in kept}
    point.expected = [*kept, *(ExpectedCell(unit_id=unit_id) for unit_id in sorted(new))]


def cells_on_the_list(db: Session, session: StudySession, *, within: Unit) -> dict[UnitId, Unit]:
    """The cells of which somebody is on the list of the round, that stand within this unit."""
    listed = select(Summons.cell_id).where(
        Summons.round_id == session.round_id, Summons.call != Call.RELEASED
    )
    inside = Unit.path.startswith(within.path, autoescape=True)
    found = select(Unit).where(Unit.id.in_(listed), inside).order_by(Unit.path)
    return {unit.id: unit for unit in db.scalars(found)}


def _tell(db: Session, point: BridgePoint, *, by: Actor, now: datetime) -> None:
    round_id = str(point.session.round_id)
    notify(
        db, [UserId(point.keeper.id)], Kind.BRIDGE_IN_CHARGE, subject_id=point.id, by=by, now=now,
        round=round_id,
    )  # fmt: skip


def _log(db: Session, deed: Deed, point: BridgePoint, *, by: Actor, now: datetime) -> None:
    record(
        db, deed, point.id, by=by, now=now, session=str(point.session_id or point.session.id),
        keeper=str(point.keeper.id), cells=len(point.expected),
    )  # fmt: skip
