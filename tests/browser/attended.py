"""Leave asked for, a bridge point and a list of attendance: for the pages to show."""

from sqlalchemy import true

from studyhub.bridges import marking, planning
from studyhub.bridges.planning import PointPlan
from studyhub.lists import taking
from studyhub.lists.reading import Said
from studyhub.lists.taking import Brought
from studyhub.study import absences
from studyhub.study.models import Presence, StudySession
from tests.world import NOW, World


def attended(city: World, session: StudySession) -> dict[str, object]:
    """The ids that stand in the addresses of their pages."""
    dung = city.actor(city.dung)
    plan = PointPlan(
        hall="Nhà văn hóa xã Đông Hải", keeper=city.an, cells=[city.cell.id, city.other_cell.id]
    )
    point = planning.plan(city.db, session, city.district, plan, by=dung, now=NOW)
    marking.mark(city.db, point, {city.hoa.id: True}, by=city.actor(city.an), now=NOW)
    asked = absences.ask(city.db, session, reason="Đi công tác", by=city.actor(city.an), now=NOW)
    said = [
        Said(number=2, name="Tran Thi Lan (iPhone)", email="lan@gmail.com", minutes=100),
        Said(number=3, name="Lê Quang Bình", minutes=5),
        Said(number=4, name="Đỗ Kim Chi", minutes=100),
    ]
    brought = Brought(name="zoom.csv", said=said, taken_as=Presence.ONLINE, least_minutes=30)
    kept = taking.bring(city.db, session, brought, within=true(), by=dung, now=NOW)
    return {"absence": asked.id, "point": point.id, "list": kept.id}
