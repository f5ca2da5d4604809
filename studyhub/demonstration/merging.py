"""A scene of the demonstration, one command away: eight cells become five while a round is open.

The third round is open, with drafts, waiting and returned essays. Two of the
acts take it along to the successors, one lets it finish as it was summoned.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access.actors import actor_of
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.errors import Untimely
from studyhub.org.models import Appointment, Unit, UnitKind
from studyhub.org.succession import Act, Reorganization, Role
from studyhub.reorganization import service
from studyhub.reorganization.plan import NewUnit, Plan, Way
from studyhub.reorganization.told import stays
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound

Say = Callable[[str], None]

BASIS = "Quyết định số 31-QĐ/ĐU (mẫu)"
OFFICE, INSPECTION = "Chi bộ Văn phòng Sở", "Chi bộ Thanh tra Sở"
TOGETHER = "Chi bộ Văn phòng – Thanh tra"
FINANCE, POST_OFFICE = "Chi bộ Kế hoạch – Tài chính", "Chi bộ Bưu chính – Viễn thông"
PORTAL = "Chi bộ Cổng Thông tin – Giao tiếp điện tử"
PRESS = "Chi bộ Thông tin – Báo chí – Xuất bản"


def merge(db: Session, *, now: datetime, zone: ZoneInfo, say: Say) -> list[Reorganization]:
    """Three acts by the demonstration's officer, from today on; `say` is told of each."""
    today = now.astimezone(zone).date()
    cells, officer = _cells(db), _officer(db, now, zone)
    ways = {str(one): Way.FINISH.value for one in _open_rounds(db)}
    plans = (
        Plan(act=Act.CONSOLIDATE, day=today, basis=BASIS,
             units=(cells[OFFICE].id, cells[INSPECTION].id),
             founded=(NewUnit(key="new", name=TOGETHER),), secretary=_secretary(db, cells[OFFICE])),
        Plan(act=Act.MERGE, day=today, basis=BASIS, units=(cells[FINANCE].id,),
             target=cells[POST_OFFICE].id),
        Plan(act=Act.MERGE, day=today, basis=BASIS, units=(cells[PORTAL].id,),
             target=cells[PRESS].id, rounds=ways),
    )  # fmt: skip
    acts = [service.decide(db, plan, by=officer, today=today, now=now) for plan in plans]
    for act in acts:
        say(_sum(act))
    return acts


def _sum(act: Reorganization) -> str:
    """How the figures of an act add up."""
    before = [f"{one.name} ({one.members})" for one in act.units if one.role is Role.BEFORE]
    after = [f"{one.name} ({one.members})" for one in act.units if one.role is Role.AFTER]
    if found := stays(act):
        before += [f"{one.name} ({found[0]})" for one in act.units if one.role is Role.AFTER]
    return f"{' + '.join(before)} = {' + '.join(after)}"


def _cells(db: Session) -> dict[str, Unit]:
    rows = db.scalars(select(Unit).where(Unit.kind == UnitKind.CELL, Unit.until.is_(None)))
    found = {unit.name: unit for unit in rows}
    if not {OFFICE, INSPECTION, FINANCE, POST_OFFICE, PORTAL, PRESS} <= found.keys():
        raise Untimely("This is not the demonstration with its eight cells.")
    return found


def _officer(db: Session, now: datetime, zone: ZoneInfo) -> Actor:
    today = now.astimezone(zone).date()
    post = db.scalars(
        select(Appointment).where(Appointment.post == Post.OFFICER, Appointment.covers(today))
    ).first()
    if post is None:
        raise Untimely("This is not the demonstration with its eight cells.")
    return actor_of(db, post.user_id, today)


def _secretary(db: Session, cell: Unit) -> UUID | None:
    return db.scalar(
        select(Appointment.user_id).where(
            Appointment.unit_id == cell.id,
            Appointment.post == Post.SECRETARY,
            Appointment.until.is_(None),
        )
    )


def _open_rounds(db: Session) -> list[UUID]:
    return list(db.scalars(select(StudyRound.id).where(StudyRound.state == RoundState.OPEN)))
