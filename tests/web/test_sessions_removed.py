"""A session goes with what was planned for it; not with a recording, and not with who was there."""

from sqlalchemy import func, select

from studyhub.bridges import planning
from studyhub.bridges.models import BridgePoint
from studyhub.bridges.planning import PointPlan
from studyhub.kernel.database import Base
from studyhub.study import absences
from studyhub.study.absence_models import AbsenceRequest
from studyhub.study.models import StudySession
from tests.recordings.films import recording
from tests.web.conftest import SignIn
from tests.world import NOW, World


def count(town: World, *models: type[Base]) -> list[int]:
    town.db.rollback()
    return [town.db.scalar(select(func.count()).select_from(one)) or 0 for one in models]


def test_bridge_points_and_requests_for_leave_go_with_their_session(
    town: World, as_: SignIn
) -> None:
    session = town.session(town.round())
    plan = PointPlan(hall="Nhà văn hóa", keeper=town.an, cells=[town.cell.id])
    planning.plan(town.db, session, town.district, plan, by=town.actor(town.dung), now=NOW)
    absences.ask(town.db, session, reason="ốm", by=town.actor(town.an), now=NOW)
    town.db.commit()

    page = as_(town.dung).post(f"/rounds/sessions/{session.id}/remove")

    assert "The session has been removed." in page.text
    assert count(town, StudySession, BridgePoint, AbsenceRequest) == [0, 0, 0]


def test_a_recording_keeps_its_session_and_a_draft(town: World, as_: SignIn) -> None:
    round_ = town.round(is_open=False)
    session = town.session(round_)
    recording(town, session)
    town.db.commit()
    dung = as_(town.dung)

    for deed in (f"/rounds/sessions/{session.id}/remove", f"/rounds/{round_.id}/discard"):
        assert "This session has recordings." in dung.post(deed, status=409).text
    assert count(town, StudySession) == [1]
