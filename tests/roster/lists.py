"""A list compared with the world, in one line."""

from collections.abc import Sequence
from datetime import date

from studyhub.org.models import Unit
from studyhub.roster import columns, sheets
from studyhub.roster.comparing import Choices, compare
from studyhub.roster.lines import Told
from studyhub.roster.plan import Plan
from studyhub.roster.sheets import Sheet
from studyhub.roster.values import Zeros
from tests.roster import makers
from tests.world import TODAY, World


def sheet_of(*rows: Sequence[object]) -> Sheet:
    return sheets.read(makers.xlsx(rows))


def plan_of(
    world: World,
    *rows: Sequence[object],
    unit: Unit | None = None,
    as_of: date = TODAY,
    zeros: Zeros = Zeros.ASK,
    founds: frozenset[str] | None = None,
) -> Plan:
    world.db.flush()
    sheet = sheet_of(*rows)
    told = Told(columns.recognise(sheet.header), as_of, "", zeros)
    return compare(world.db, unit or world.district, sheet, Choices(told, founds))


def faults_of(plan: Plan) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column.value, fault.why.message) for fault in plan.faults]
