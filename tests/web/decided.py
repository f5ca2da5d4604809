"""Reorganizations in the province, each of one unit: planned for each, one of them cancelled."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from studyhub.kernel.ids import new_uuid
from studyhub.org.succession import Act, Reorganization, Role, Stage, TouchedUnit
from tests.things import NOW

if TYPE_CHECKING:
    from tests.web.province import Province

DAY = date(2027, 12, 31)


def reorganizations(province: Province) -> dict[str, object]:
    """New names to come: their headlines tell what the unit is called."""
    acts: dict[str, object] = {}
    for name, unit, stage in (
        ("cell's", province.cell, Stage.PLANNED),
        ("other cell's", province.other_cell, Stage.PLANNED),
        ("cell's, cancelled", province.cell, Stage.CANCELLED),
        ("cell beside's", province.cell_beside, Stage.PLANNED),
    ):
        plan = {"units": [str(unit.id)], "target": None, "name": "Tên mới", "founded": []}
        row = Reorganization(
            id=new_uuid(), act=Act.RENAME, stage=stage, day=DAY, basis="Số 1-QĐ/TU",
            planned_at=NOW, plan=plan,
        )  # fmt: skip
        row.units = [TouchedUnit(unit=unit, role=Role.BEFORE, name=unit.name)]
        province.db.add(row)
        acts[name] = row.id
    return acts
