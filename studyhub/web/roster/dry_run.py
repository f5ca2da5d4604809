"""Reading and comparing for a page, while nobody waits; and how the outcome is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from studyhub.kernel.ids import UnitId
from studyhub.org.models import Unit
from studyhub.roster import sandbox, service
from studyhub.roster.columns import NAMES, Column, fingerprint, needed, plain, recognise
from studyhub.roster.comparing import Choices, compare
from studyhub.roster.lines import Fault, Told
from studyhub.roster.plan import POSTS, STANDINGS, Plan
from studyhub.roster.sheets import Sheet
from studyhub.roster.values import ZEROS_LOST, text
from studyhub.roster.waiting import Waiting
from studyhub.web.language import say
from studyhub.web.request import files
from studyhub.web.roster.asked import Asked
from studyhub.web.transaction import looking, set_aside

SHOWN = 200
"""So many of each kind on the page; the rest are counted."""
SAMPLES, LOOKED_AT = 3, 50


@dataclass(frozen=True)
class DryRun:
    """A list that was read, and what taking it over would do (None: a column is missing)."""

    unit_id: UnitId
    unit_name: str
    asked: Asked
    sheet: Sheet
    columns: Mapping[Column, int]
    lacking: Sequence[Column]
    plan: Plan | None

    @property
    def sealed(self) -> str:
        """The file, for the next step."""
        return self.asked.source.seal(self.unit_id)

    def heading(self, column: Column) -> str:
        """What the list itself calls the column."""
        place = self.columns.get(column, -1)
        return self.sheet.header[place] if 0 <= place < len(self.sheet.header) else NAMES[column]

    def samples(self, place: int) -> list[str]:
        """A few different values of a column, from its first rows."""
        some = self.sheet.rows[:LOOKED_AT]
        filled = dict.fromkeys(text(cells[place]) for _, cells in some if place < len(cells))
        return [value for value in filled if value][:SAMPLES]

    def holds(self, place: int) -> str:
        """What that column is taken for; "" when it is left aside."""
        return next((column.value for column, at in self.columns.items() if at == place), "")

    @property
    def width(self) -> range:
        """The places of the columns."""
        return range(len(self.sheet.header))

    @property
    def zeros_lost(self) -> list[Fault]:
        """The numbers that wait for a choice."""
        faults = self.plan.faults if self.plan else []
        return [fault for fault in faults if fault.why.message == ZEROS_LOST]

    def sentences(self) -> dict[int, str]:
        """Every faulty row with everything that is wrong with it."""
        told: dict[int, list[str]] = {}
        for fault in self.plan.faults if self.plan else []:
            sentence = f"{self.heading(fault.column)}: {say(fault.why)}"
            told.setdefault(fault.row, []).append(sentence)
        return {row: " ".join(sentences) for row, sentences in told.items()}

    @property
    def steps(self) -> dict[str, str]:
        """Where each button leads."""
        names = ("check", "change_columns", "download_faulty", "apply")
        return {name: url_for(f"roster.{name}", unit_id=self.unit_id) for name in names}


def read(asked: Asked) -> Sheet:
    """The table in the file that waits; takes its time, and nobody waits for it."""
    with set_aside():
        return sandbox.read_safely(Waiting.beside(files()).read(asked.source.key))


def dry_run(unit_id: UUID, asked: Asked) -> DryRun:
    """Read the list and compare it, without standing in the writers' line."""
    sheet = read(asked)
    with looking() as session:
        return compared(session, session.get_one(Unit, unit_id), sheet, asked)


def compared(session: Session, unit: Unit, sheet: Sheet, asked: Asked) -> DryRun:
    """What taking over this list would do, in this transaction."""
    columns = asked.columns
    if columns is None:
        known = service.remembered(session, unit, fingerprint(sheet.header))
        columns = known or recognise(sheet.header)
    lacking = needed(columns, into_a_cell=unit.is_cell)
    into = unit.name if unit.is_cell and Column.CELL not in columns else ""
    told = Told(columns, asked.source.as_of, into, asked.zeros)
    plan = None if lacking else compare(session, unit, sheet, Choices(told, asked.founds))
    return DryRun(unit.id, unit.name, asked.with_columns(columns), sheet, columns, lacking, plan)


def words() -> dict[str, object]:
    """What the templates of the room need besides."""
    return {
        "column_names": NAMES,
        "plain": plain,
        "most": SHOWN,
        "say": say,
        "standings": STANDINGS,
        "post_names": POSTS,
    }
