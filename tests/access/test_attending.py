"""The law of attendance as SQL says the same as the law in words."""

from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from studyhub.access import attending, policy
from studyhub.bridges import planning
from studyhub.bridges.models import BridgePoint
from studyhub.bridges.planning import PointPlan
from studyhub.lists import taking
from studyhub.lists.models import AttendanceList
from studyhub.lists.taking import Brought
from studyhub.org.models import Unit
from studyhub.study import absences
from studyhub.study.absence_models import AbsenceRequest
from studyhub.study.models import Presence
from tests.world import NOW, World

TWINS: tuple[tuple[Any, Any, Any], ...] = (
    (AbsenceRequest, policy.decide_absence, attending.decidable_absences),
    (BridgePoint, policy.keep_bridge, attending.kept_bridges),
    (BridgePoint, policy.mark_bridge, attending.markable_bridges),
    (AttendanceList, policy.keep_list, attending.kept_lists),
    (Unit, policy.call_roll, attending.called_units),
)


def test_the_twins_agree_about_everybody_and_everything(db: Session, world: World) -> None:
    session = world.session(world.round())
    for person in (world.an, world.binh, world.chi):
        absences.ask(db, session, reason="ốm", by=world.actor(person), now=NOW)
    for keeper, unit in ((world.hoa, world.district), (world.an, world.cell)):
        plan = PointPlan(hall="Nhà văn hóa", keeper=keeper, cells=[world.cell.id])
        planning.plan(db, session, unit, plan, by=world.actor(world.dung), now=NOW)
    brought = Brought(name="a.csv", said=[], taken_as=Presence.ONLINE, least_minutes=0)
    for person in (world.binh, world.dung):
        taking.bring(db, session, brought, within=true(), by=world.actor(person), now=NOW)
    db.flush()

    for model, may, visible in TWINS:
        things = db.scalars(select(model)).all()
        assert things
        for person in world.everyone:
            actor = world.actor(person)
            by_law = {thing.id for thing in things if may(actor, thing)}
            assert set(db.scalars(select(model.id).where(visible(actor)))) == by_law, may.__name__
