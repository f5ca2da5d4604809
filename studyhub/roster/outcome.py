"""What is wished of a list, and what a dry run of it found: the same at once and as a job."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from studyhub.org.models import Unit
from studyhub.roster import service
from studyhub.roster.columns import Column, fingerprint, needed, recognise
from studyhub.roster.comparing import Choices, Comparing
from studyhub.roster.lines import Fault, Told
from studyhub.roster.plan import Plan
from studyhub.roster.progress import Note, unheard
from studyhub.roster.sheets import FIRST_ROW, Sheet, Spot, Top
from studyhub.roster.values import ZEROS_LOST, Zeros, text

SHOWN = 200
"""So many of each kind on the page; the rest are counted."""
LOOKED_AT = 50
"""So many rows are kept for examples of what a column holds."""


@dataclass(frozen=True)
class Wish:
    """A file that waits, and how it is to be understood."""

    key: str
    name: str
    as_of: date
    columns: Mapping[Column, int] | None = None
    """None: as they are recognised, or as was said of such columns before."""
    zeros: Zeros = Zeros.ASK
    founds: tuple[str, ...] | None = None
    """The missing cells to be founded, as `columns.plain` writes them; None: all of them."""
    seen: str = ""
    """The fingerprint of the plan that was shown."""
    spot: Spot | None = None
    """Where the header stands; None: where it is found."""


@dataclass(frozen=True)
class Table:
    """The list itself, as far as its columns are shown."""

    name: str
    header: tuple[str, ...]
    others: tuple[str, ...]
    examples: tuple[tuple[str, ...], ...]
    """The cells of its first rows, as texts."""
    spot: Spot = FIRST_ROW
    tops: tuple[Top, ...] = ()
    """Where its header may stand."""


@dataclass(frozen=True)
class Figures:
    """How many of each; the lists of a plan that is kept are cut."""

    new: int
    changed: int
    absent: int
    faults: int
    wrong_rows: int
    size: int
    fingerprint: str
    zeros_lost: int
    zeros_example: Fault | None

    @classmethod
    def of(cls, plan: Plan) -> "Figures":
        """Those of a whole plan."""
        zeros = [fault for fault in plan.faults if fault.why.message == ZEROS_LOST]
        return cls(
            new=len(plan.new),
            changed=len(plan.changed),
            absent=len(plan.absent),
            faults=len(plan.faults),
            wrong_rows=plan.wrong_rows,
            size=plan.size,
            fingerprint=plan.fingerprint,
            zeros_lost=len(zeros),
            zeros_example=zeros[0] if zeros else None,
        )


@dataclass(frozen=True)
class Outcome:
    """A list that was read, and what taking it over would do (no plan: a column is missing)."""

    table: Table
    columns: Mapping[Column, int]
    lacking: tuple[Column, ...]
    plan: Plan | None
    figures: Figures | None

    @property
    def fingerprint(self) -> str:
        """That of the whole plan, though it be cut; "" without one."""
        return self.figures.fingerprint if self.figures else ""

    def cut(self) -> "Outcome":
        """As it is kept: what no page shows is left out."""
        if self.plan is None:
            return self
        plan = self.plan
        few = replace(
            plan,
            new=plan.new[:SHOWN],
            changed=plan.changed[:SHOWN],
            absent=plan.absent[:SHOWN],
            faults=plan.faults[:SHOWN],
        )
        return replace(self, plan=few)


class Reading:
    """A list on its way from the sheet to the outcome."""

    def __init__(
        self,
        db: Session,
        unit: Unit,
        sheet: Sheet,
        wish: Wish,
        *,
        note: Note = unheard,
        compares: bool = True,
    ) -> None:
        columns = wish.columns
        if columns is None:
            known = service.remembered(db, unit, fingerprint(sheet.header))
            columns = known or recognise(sheet.header)
        self.sheet, self.columns = sheet, columns
        self.lacking = tuple(needed(columns, into_a_cell=unit.is_cell))
        self.comparing: Comparing | None = None
        if compares and not self.lacking:
            self.comparing = Comparing(unit, sheet, self._choices(unit, wish), note)

    def _choices(self, unit: Unit, wish: Wish) -> Choices:
        into = unit.name if unit.is_cell and Column.CELL not in self.columns else ""
        told = Told(self.columns, wish.as_of, into, wish.zeros)
        return Choices(told, None if wish.founds is None else frozenset(wish.founds))

    def outcome(self, db: Session) -> Outcome:
        """What taking it over would do now."""
        plan = self.comparing.plan(db) if self.comparing else None
        figures = Figures.of(plan) if plan else None
        return replace(self.uncompared(), plan=plan, figures=figures)

    def uncompared(self) -> Outcome:
        """The list itself, and what its columns are taken for."""
        return Outcome(table_of(self.sheet), self.columns, self.lacking, None, None)


def table_of(sheet: Sheet) -> Table:
    """The columns with some examples."""
    rows = [[text(cell) for cell in cells] for _, cells in sheet.rows[:LOOKED_AT]]
    examples = tuple(map(tuple, rows))
    return Table(sheet.name, sheet.header, sheet.others, examples, sheet.spot, sheet.tops)
