"""The dry run: every line beside what is there. Writes nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from studyhub.kernel.vietnamese import fold
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.roster.columns import Column, plain
from studyhub.roster.differences import Differences
from studyhub.roster.errors import Wrong
from studyhub.roster.lines import Faulty, Line, Lines, Told, lines_of
from studyhub.roster.plan import Absent, MissingCell, Place, Plan, Step
from studyhub.roster.progress import Note, Stage, unheard
from studyhub.roster.register import CellKnown, Known, Register, Seen, look, register_of
from studyhub.roster.sheets import Sheet

NO_SUCH_CELL = N_("There is no such cell here. Correct the name, or let it be founded above.")
TWO_SUCH_CELLS = N_("Two cells bear this name. Write the name as it stands in the tree.")
LATER_CELL = N_("This cell exists only since %(since)s. Choose that day or a later one.")
TWICE_CARD = N_("Row %(row)s has the same card number. Leave one of the two.")
TWICE_EMAIL = N_("Row %(row)s has the same e-mail address. Correct one of the two.")
TWICE_PERSON = N_("Row %(row)s seems to be the same person. Type the card numbers of both.")
ELSEWHERE = N_(
    "This card number belongs to somebody outside this unit. Correct it, or have the person "
    "transferred first."
)
EMAIL_TAKEN = N_("Another person already has this e-mail address.")
OTHER_CELL = N_(
    "%(name)s belongs to %(cell)s. An import does not transfer members: do it on the member's "
    "page first, or correct the cell."
)
OTHER_PERSON = N_(
    "In the register this card number is %(name)s's, born on another day. Correct the number "
    "or the name."
)
UNCLEAR = N_("Several members of the cell have this name and date of birth. Type the card number.")


@dataclass(frozen=True)
class Choices:
    """How the file is to be understood, and what was chosen above the dry run."""

    told: Told
    founds: frozenset[str] | None = None
    """The missing cells to be founded, as `columns.plain` writes them; None: all of them."""


def compare(db: Session, unit: Unit, sheet: Sheet, choices: Choices) -> Plan:
    """What taking over this list would do to the cells below `unit`."""
    return Comparing(unit, sheet, choices).plan(db)


class Comparing:
    """A list whose rows are understood, to be compared with the register, if need be again."""

    def __init__(self, unit: Unit, sheet: Sheet, choices: Choices, note: Note = unheard) -> None:
        self.unit, self.choices, self.note = unit, choices, note
        self.lines = lines_of(sheet, choices.told, note)
        self.seen: Seen | None = None

    def look(self, db: Session) -> Seen:
        """The register as it is now, as far as it matters to the list."""
        return look(
            db,
            self.unit.id,
            self.choices.told.as_of,
            cards={line.card for line in self.lines.good if line.card},
            emails={line.email for line in self.lines.good if line.email},
        )

    def plan(self, db: Session) -> Plan:
        """What taking it over would do to what is there now; remembers what that is."""
        self.seen = self.look(db)
        lines = replace(self.lines, faults=list(self.lines.faults))
        plan = Plan(
            self.choices.told.as_of, len(lines.good) + len(lines.broken), faults=lines.faults
        )
        founds = frozenset[str]() if self.unit.is_cell else self.choices.founds
        return _Comparison(register_of(self.seen), founds, plan, self.note).of(lines)

    def has_moved(self, db: Session) -> bool:
        """Whether anything is different from what the plan was made of."""
        return self.look(db) != self.seen


class _Comparison:
    """Goes through the lines in their order and fills the plan."""

    def __init__(
        self, register: Register, founds: frozenset[str] | None, plan: Plan, note: Note
    ) -> None:
        self.register, self.founds, self.plan, self.note = register, founds, plan, note
        self.differences = Differences(register, plan.as_of)
        self.cards: dict[str, int] = {}
        self.emails: dict[str, int] = {}
        self.persons: dict[tuple[str, str, str], Line] = {}
        self.places: dict[str, Place] = {}
        self.met: set[object] = set()
        """Whoever some row means."""
        self.unclear: list[Line] = []

    def of(self, lines: Lines) -> Plan:
        """The plan, filled."""
        self._note_cells(lines.good)
        self._meet([*lines.good, *lines.broken])
        for done, line in enumerate(lines.good):
            self.note(Stage.COMPARING, done, len(lines.good))
            self._take(line)
        self.plan.faults.sort(key=lambda fault: fault.row)
        self.plan.absent = list(self._absent(lines))
        return self.plan

    def _note_cells(self, lines: Sequence[Line]) -> None:
        """Cells that are named and not there, each with the number of its rows."""
        names: dict[str, str] = {}
        rows: Counter[str] = Counter()
        for line in lines:
            if plain(line.cell) not in self.register.cells:
                names.setdefault(plain(line.cell), line.cell)
                rows[plain(line.cell)] += 1
        for key, name in names.items():
            is_founded = self.founds is None or key in self.founds
            self.plan.cells.append(MissingCell(name, rows[key], is_founded))
            if is_founded:
                self.places[key] = Place(name)

    def _meet(self, lines: Sequence[Line]) -> None:
        """Whoever bears a card number of the list is spoken for: no namesake takes their place."""
        for line in lines:
            known = self.register.by_card.get(line.card or "")
            if known is not None:
                self.met.add(known.id)

    def _take(self, line: Line) -> None:
        try:
            step = self._step(line)
        except Faulty as faulty:
            self.plan.faults.append(faulty.fault)
            self.unclear.append(line)
            return
        self._note(line, step)
        if step.person is None:
            self.plan.new.append(step)
        elif step.changes:
            self.plan.changed.append(step)
        else:
            self.plan.unchanged += 1

    def _step(self, line: Line) -> Step:
        self._require_once(line)
        place = self._place(line)
        person = self._person(line, place)
        self._require_email(line, person)
        self._require_home(line, place, person)
        return self.differences.step(line, place, person)

    def _require_once(self, line: Line) -> None:
        for column, value, seen, message in (
            (Column.CARD, line.card, self.cards, TWICE_CARD),
            (Column.EMAIL, line.email, self.emails, TWICE_EMAIL),
        ):
            if value and seen.setdefault(value, line.row) != line.row:
                raise Faulty(line, column, value, Wrong(message, row=seen[value]))
        born = f"{line.born.on}" if line.born else ""
        same = self.persons.setdefault((plain(line.cell), fold(line.name), born), line)
        if same is not line and not (line.card and same.card):
            raise Faulty(line, Column.NAME, line.name, Wrong(TWICE_PERSON, row=same.row))

    def _place(self, line: Line) -> Place:
        key = plain(line.cell)
        cells = self.register.cells.get(key, [])
        if len(cells) > 1:
            cells = [cell for cell in cells if cell.name == line.cell]
            if len(cells) != 1:
                raise Faulty(line, Column.CELL, line.cell, Wrong(TWO_SUCH_CELLS))
        if cells:
            return self._standing_place(line, cells[0])
        if key not in self.places:
            raise Faulty(line, Column.CELL, line.cell, Wrong(NO_SUCH_CELL))
        return self.places[key]

    def _standing_place(self, line: Line, cell: CellKnown) -> Place:
        if cell.since > self.plan.as_of:
            why = Wrong(LATER_CELL, since=f"{cell.since:%d/%m/%Y}")
            raise Faulty(line, Column.CELL, line.cell, why)
        return Place(cell.name, cell.id)

    def _person(self, line: Line, place: Place) -> Known | None:
        """By card number; else by name and date of birth within the cell."""
        known = self.register.by_card.get(line.card or "")
        if known is None:
            return self._namesake(line, place)
        if not known.is_ours:
            raise Faulty(line, Column.CARD, line.card or "", Wrong(ELSEWHERE))
        other_day = line.born and known.born and not line.born.says(known.born)
        if other_day and fold(known.name) != fold(line.name):
            raise Faulty(line, Column.CARD, line.card or "", Wrong(OTHER_PERSON, name=known.name))
        return known

    def _namesake(self, line: Line, place: Place) -> Known | None:
        if place.id is None or line.born is None:
            return None
        same = [
            person
            for person in self.register.by_name.get((place.id, fold(line.name)), ())
            if line.born.says(person.born) and person.id not in self.met
        ]
        if len(same) > 1:
            raise Faulty(line, Column.NAME, line.name, Wrong(UNCLEAR))
        self.met.update(person.id for person in same)
        return same[0] if same else None

    def _require_email(self, line: Line, person: Known | None) -> None:
        bearer = self.register.by_email.get(line.email or "")
        if bearer is not None and (person is None or bearer != person.id):
            raise Faulty(line, Column.EMAIL, line.email or "", Wrong(EMAIL_TAKEN))

    def _require_home(self, line: Line, place: Place, person: Known | None) -> None:
        if person is not None and person.cell_id is not None and person.cell_id != place.id:
            cell = self.register.names.get(person.cell_id, "–")
            why = Wrong(OTHER_CELL, name=person.name, cell=cell)
            raise Faulty(line, Column.CELL, line.cell, why)

    def _note(self, line: Line, step: Step) -> None:
        """What is worth a sentence though it changes nothing."""
        for words in line.other_posts:
            self.plan.other_posts[words] = self.plan.other_posts.get(words, 0) + 1
        is_told = step.person is None or step.touches(Column.BORN)
        self.plan.years_only += bool(line.born and line.born.year_only and is_told)
        if step.person is not None and line.is_active:
            terms = self.register.exemptions.get(step.person.id, ())
            self.plan.still_exempt += any(term.is_exemption_on(self.plan.as_of) for term in terms)

    def _absent(self, lines: Lines) -> Iterator[Absent]:
        """Members of the cells in the list whom no row means, not even a faulty one."""
        every = [*lines.good, *lines.broken]
        cells = {
            cell.id for line in every for cell in self.register.cells.get(plain(line.cell), ())
        }
        names = {fold(line.name) for line in [*lines.broken, *self.unclear]}
        for person in self.register.people.values():
            is_met = person.id in self.met or fold(person.name) in names
            if person.cell_id in cells and person.cell_id is not None and not is_met:
                cell = self.register.names[person.cell_id]
                yield Absent(person.name, person.born, person.card, cell)
