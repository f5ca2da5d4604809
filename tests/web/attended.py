"""Leave, bridge points and lists in the province: for each person to find, or not to find."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from studyhub.bridges.models import BridgePoint, ExpectedCell
from studyhub.kernel.ids import new_uuid
from studyhub.lists.models import AttendanceList, ListLine, ListState
from studyhub.study.absence_models import AbsenceRequest, AbsenceState
from studyhub.study.models import Presence
from tests.things import NOW
from tests.web.elsewhere import KEY

if TYPE_CHECKING:
    from tests.web.province import Province

PICTURE = {"key": KEY, "width": 1, "height": 1}


def add(province: Province) -> None:
    """Of An, Binh and Mai; Lan and Mai are in charge; Binh and Nam brought a list each."""
    province.things["absence_id"] = _absences(province)
    province.things["point_id"] = _points(province)
    province.things["list_id"] = _lists(province)


def _session(province: Province, name: str) -> UUID:
    return UUID(str(province.things["session_id"][name]))


def _absences(province: Province) -> dict[str, object]:
    whose = {
        "An's": (province.an, province.cell, "open"),
        "Binh's": (province.binh, province.cell, "open"),
        "Mai's": (province.mai, province.cell_beside, "beside"),
    }
    rows = {
        name: AbsenceRequest(
            id=new_uuid(), session_id=_session(province, session), user_id=person.id,
            cell_id=cell.id, state=AbsenceState.ASKED, reason=f"xin vắng {name}",
            evidence=[PICTURE], asked_at=NOW,
        )
        for name, (person, cell, session) in whose.items()
    }  # fmt: skip
    province.db.add_all(rows.values())
    return {name: row.id for name, row in rows.items()}


def _points(province: Province) -> dict[str, object]:
    told = {
        "Lan's": (province.lan, province.cell, province.district, "open"),
        "Mai's": (province.mai, province.cell_beside, province.beside, "beside"),
    }
    rows = {
        name: BridgePoint(
            id=new_uuid(), session_id=_session(province, session), hall="Nhà văn hóa",
            unit_id=unit.id, keeper_id=keeper.id, papers=[PICTURE], planned_by=province.dung.id,
            planned_at=NOW, expected=[ExpectedCell(unit_id=cell.id)],
        )
        for name, (keeper, cell, unit, session) in told.items()
    }  # fmt: skip
    province.db.add_all(rows.values())
    return {name: row.id for name, row in rows.items()}


def _lists(province: Province) -> dict[str, object]:
    told = {"Binh's": (province.binh, "open"), "Nam's": (province.nam, "beside")}
    rows = {
        name: AttendanceList(
            id=new_uuid(), session_id=_session(province, session), file_name="zoom.csv",
            taken_as=Presence.ONLINE, least_minutes=0, state=ListState.WAITING,
            brought_by=person.id, brought_at=NOW,
            lines=[ListLine(number=2, name=f"dòng của {name}", is_sure=False, candidates=[])],
        )
        for name, (person, session) in told.items()
    }  # fmt: skip
    province.db.add_all(rows.values())
    return {name: row.id for name, row in rows.items()}
