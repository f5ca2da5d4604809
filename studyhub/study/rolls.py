"""The roll of a session: who was there, cell by cell, in figures that always add up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from studyhub.accounts.models import User
from studyhub.completion.models import Tally
from studyhub.org.models import Unit
from studyhub.org.tree import order
from studyhub.rounds.models import Call, Summons
from studyhub.study.models import Attendance, Presence, StudySession
from studyhub.study.repetitions import expects
from studyhub.study.rules import PRESENT


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Persons required, by what is recorded about them.

    `absent` is everybody who is neither present nor excused: that is why
    present + excused + absent is the number summoned, whatever was recorded.
    """

    summoned: int
    by_presence: Mapping[Presence, int]
    exempt: int = 0
    exempt_present: int = 0

    @property
    def present(self) -> int:
        """On site, online, or made up."""
        return sum(self.by_presence.get(presence, 0) for presence in PRESENT)

    @property
    def excused(self) -> int:
        """Absent with a reason."""
        return self.by_presence.get(Presence.EXCUSED, 0)

    @property
    def absent(self) -> int:
        """Neither present nor excused, whether or not somebody has said so."""
        return self.summoned - self.present - self.excused

    @property
    def unrecorded(self) -> int:
        """Those of the absent about whom nothing has been recorded yet."""
        return self.summoned - sum(self.by_presence.values())

    def of(self, presence: Presence) -> int:
        """How many are recorded like this."""
        return self.by_presence.get(presence, 0)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One person on the roll."""

    summons: Summons
    attendance: Attendance | None

    @property
    def presence(self) -> Presence | None:
        """What is recorded; None when nothing is."""
        return self.attendance.presence if self.attendance else None

    @property
    def reason(self) -> str:
        """Why they were excused."""
        return self.attendance.reason if self.attendance else ""

    @property
    def is_required(self) -> bool:
        """Whether they count among the summoned."""
        return self.summons.call is Call.REQUIRED


@dataclass(frozen=True, kw_only=True)
class Roll:
    """The roll of one unit: those required, then the exempt, each by name."""

    lines: Sequence[Line]

    @property
    def required(self) -> Sequence[Line]:
        """Those who count."""
        return [line for line in self.lines if line.is_required]

    @property
    def exempt(self) -> Sequence[Line]:
        """Those who are free to take part."""
        return [line for line in self.lines if not line.is_required]

    @property
    def figures(self) -> Figures:
        """The figures of these lines."""
        return _figures(Counter((line.summons.call, line.presence) for line in self.lines))


@dataclass(frozen=True, kw_only=True)
class CellRoll:
    """The figures of one cell at the session."""

    cell: Unit
    name: str
    figures: Figures


def roll(db: Session, session: StudySession, unit: Unit) -> Roll:
    """Everybody of the cells in this unit who is on the list, with what is recorded."""
    rows = db.execute(
        select(Summons, Attendance)
        .join(Summons.user)
        .outerjoin(Attendance, _recorded(session))
        .where(_listed(session), _in_cells_within([unit.path]))
        .options(contains_eager(Summons.user))
        .order_by(User.name_order, Summons.id)
    )
    return Roll(lines=[Line(summons=summons, attendance=record) for summons, record in rows])


def roll_by_cell(db: Session, session: StudySession, paths: Sequence[str]) -> Sequence[CellRoll]:
    """The figures of every cell on the list within these paths, by its name as it was then."""
    counts = _counts(db, session, _in_cells_within(paths))
    rows = db.execute(
        select(Unit, func.coalesce(Tally.name, Unit.name))
        .outerjoin(Tally, and_(Tally.unit_id == Unit.id, Tally.round_id == session.round_id))
        .where(Unit.id.in_(counts))
    )
    found = [
        CellRoll(cell=cell, name=name, figures=_figures(counts[cell.id])) for cell, name in rows
    ]
    return sorted(found, key=lambda cell_roll: order(cell_roll.cell.path))


def total(rolls: Sequence[CellRoll]) -> Figures:
    """The figures of all these cells together."""
    sums: Counter[Presence] = Counter()
    for cell_roll in rolls:
        sums.update(cell_roll.figures.by_presence)
    return Figures(
        summoned=sum(cell_roll.figures.summoned for cell_roll in rolls),
        by_presence=sums,
        exempt=sum(cell_roll.figures.exempt for cell_roll in rolls),
        exempt_present=sum(cell_roll.figures.exempt_present for cell_roll in rolls),
    )


Counts = Counter[tuple[Call, Presence | None]]


def _counts(
    db: Session, session: StudySession, visible: ColumnElement[bool]
) -> dict[object, Counts]:
    rows = db.execute(
        select(Summons.cell_id, Summons.call, Attendance.presence, func.count())
        .outerjoin(Attendance, _recorded(session))
        .where(_listed(session), visible)
        .group_by(Summons.cell_id, Summons.call, Attendance.presence)
    )
    found: dict[object, Counts] = {}
    for cell_id, call, presence, count in rows:
        found.setdefault(cell_id, Counter())[call, presence] += count
    return found


def _figures(counts: Counts) -> Figures:
    required = {p: n for (call, p), n in counts.items() if call is Call.REQUIRED}
    exempt = {p: n for (call, p), n in counts.items() if call is Call.EXEMPT}
    return Figures(
        summoned=sum(required.values()),
        by_presence={p: n for p, n in required.items() if p is not None},
        exempt=sum(exempt.values()),
        exempt_present=sum(n for p, n in exempt.items() if p in PRESENT),
    )


def _in_cells_within(paths: Sequence[str]) -> ColumnElement[bool]:
    """Of the cells that stand there today, wherever the round has them in its own tree."""
    within = [Unit.path.startswith(path, autoescape=True) for path in paths]
    return Summons.cell_id.in_(select(Unit.id).where(or_(false(), *within)))


def _listed(session: StudySession) -> ColumnElement[bool]:
    return and_(
        Summons.round_id == session.round_id, Summons.call != Call.RELEASED, expects(session)
    )


def _recorded(session: StudySession) -> ColumnElement[bool]:
    return and_(Attendance.session_id == session.id, Attendance.user_id == Summons.user_id)
