"""A plan drawn up as rows: all that can be known before anybody has to wait for the writing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts import service as accounts
from studyhub.accounts.models import NameTurn, User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.database import Base
from studyhub.kernel.errors import StudyHubError, Unfit
from studyhub.kernel.ids import UnitId, UserId, new_uuid
from studyhub.kernel.vietnamese import fold, tidy
from studyhub.kernel.words import N_
from studyhub.org import service as org
from studyhub.org.models import Appointment, Exemption, Unit, UnitKind
from studyhub.org.newcomers import drawn_up
from studyhub.org.rules import BELOW, require_valid
from studyhub.org.tree import path_below
from studyhub.org.units import names
from studyhub.roster.bulk import Bulk
from studyhub.roster.columns import Column
from studyhub.roster.errors import Halted
from studyhub.roster.plan import Place, Plan, Step
from studyhub.roster.progress import Note, Stage, unheard
from studyhub.roster.register import AT_ONCE

HALTED = N_("Row %(row)s could not be taken over, so nothing was changed.")
PARTICULARS = (Column.NAME, Column.BORN, Column.CARD, Column.EMAIL, Column.PHONE)


@dataclass(frozen=True)
class Stamp:
    """By whom and when: the same for every deed of one import."""

    by: Actor
    now: datetime


@dataclass
class Prepared:
    """What is to be written: rows at once, and the steps that are left to the deeds."""

    plan: Plan
    children_ever: int
    """How many units had ever been founded below the unit, when their places were given."""
    bulk: Bulk = field(default_factory=Bulk)
    corrections: list[dict[str, Any]] = field(default_factory=list)
    doubted: list[UserId] = field(default_factory=list)
    """Whose e-mail address is another."""
    renamed: list[UserId] = field(default_factory=list)
    """Whose name has other words."""
    left: list[Step] = field(default_factory=list)
    founded: dict[str, UnitId] = field(default_factory=dict)


def prepare(db: Session, unit: Unit, plan: Plan, stamp: Stamp, note: Note = unheard) -> Prepared:
    """Draw the plan up, or refuse (`Halted`); reads only."""
    db.refresh(unit)
    prepared = Prepared(plan, unit.children_ever)
    cells = _Cells(db, plan)
    _found(prepared, cells, unit, stamp)
    size = plan.size  # counted anew whenever it is asked for
    for done, step in enumerate(plan.new):
        note(Stage.PREPARING, done, size)
        with told_of(step):
            prepared.bulk.add(_arriving(step, cells.at(step.place), stamp))
    confirmed = _confirmed(db, plan.changed)
    for step in plan.changed:
        if _is_plain(step, confirmed):
            _correct(prepared, step, stamp)
        else:
            prepared.left.append(step)
    return prepared


@contextmanager
def told_of(step: Step) -> Iterator[None]:
    """A refusal names the row that it is about."""
    try:
        yield
    except StudyHubError as refusal:
        raise Halted(HALTED, row=step.line.row, why=refusal) from refusal


class _Cells:
    """The cells in which somebody is new; those that are founded join them."""

    def __init__(self, db: Session, plan: Plan) -> None:
        ids = sorted({step.place.id for step in plan.new if step.place.id is not None})
        self.known: dict[object, Unit] = {}
        for start in range(0, len(ids), AT_ONCE):
            some = select(Unit).where(Unit.id.in_(ids[start : start + AT_ONCE]))
            self.known |= {cell.id: cell for cell in db.scalars(some)}
        self.new: dict[str, Unit] = {}

    def at(self, place: Place) -> Unit:
        """The cell of a step."""
        return self.new[place.name] if place.id is None else self.known[place.id]


def _found(prepared: Prepared, cells: _Cells, unit: Unit, stamp: Stamp) -> None:
    """The new cells directly below the unit, as `found_unit` founds them one by one."""
    since = prepared.plan.as_of
    for ordinal, missing in enumerate(prepared.plan.founded, start=unit.children_ever + 1):
        if UnitKind.CELL not in BELOW[unit.kind]:
            raise Unfit(N_("Only groups can stand below a cell."))
        require_valid(unit, since)
        path = path_below(unit.path, ordinal)
        cell = Unit(
            id=new_uuid(), parent_id=unit.id, path=path, kind=UnitKind.CELL, since=since,
            **names(missing.name, ""),
        )  # fmt: skip
        added = log.entry(
            Deed.UNIT_ADDED, cell.id, **vars(stamp), path=path, since=since.isoformat()
        )
        prepared.bulk.add((cell, added))
        prepared.founded[missing.name] = cell.id
        cells.new[missing.name] = cell


def _arriving(step: Step, cell: Unit, stamp: Stamp) -> list[Base]:
    """Somebody new, with the exemption and the posts of the line."""
    user, things = drawn_up(arrival(step, cell), **vars(stamp))
    things += turns_of(user)
    if step.exempt_since:
        things += _exempted(user, step.exempt_since, step.line.exempt_words, stamp)
    for post in step.posts:
        held = Appointment(
            id=new_uuid(), user_id=user.id, unit_id=cell.id, post=post, since=step.since
        )
        things += [held, _taken_up(held, stamp)]
    return things


def arrival(step: Step, cell: Unit) -> org.Arrival:
    """Who comes, as the line says."""
    line = step.line
    who = org.Particulars(
        full_name=line.name,
        born_on=line.born.on if line.born else None,
        card_number=line.card,
        email=line.email,
        phone=line.phone,
    )
    return org.Arrival(who=who, cell=cell, standing=step.standing, since=step.since)


def turns_of(user: User) -> list[NameTurn]:
    """The rows by which the name is found."""
    for turn in user.name_turns:
        turn.user_id = user.id
    return user.name_turns


def _exempted(user: User, since: date, words: str, stamp: Stamp) -> list[Base]:
    row = Exemption(id=new_uuid(), user_id=user.id, since=since, reason=tidy(words))
    begun = log.entry(
        Deed.EXEMPTION_BEGUN, row.id, **vars(stamp), person=str(user.id), day=since.isoformat()
    )
    return [row, begun]


def _taken_up(held: Appointment, stamp: Stamp) -> Base:
    return log.entry(
        Deed.POST_TAKEN_UP, held.id, **vars(stamp),
        person=str(held.user_id), unit=str(held.unit_id), post=held.post.value,
        day=held.since.isoformat(),
    )  # fmt: skip


def _confirmed(db: Session, steps: Sequence[Step]) -> set[UserId]:
    """Whose address was confirmed and is replaced: they are told, so the deed does it."""
    ids = [one.person.id for one in steps if one.person and one.touches(Column.EMAIL)]
    found: set[UserId] = set()
    for start in range(0, len(ids), AT_ONCE):
        some = User.id.in_(ids[start : start + AT_ONCE])
        found |= set(db.scalars(select(User.id).where(some, User.email_confirmed_at.is_not(None))))
    return found


def _is_plain(step: Step, confirmed: set[UserId]) -> bool:
    """Only particulars change, and nobody has to be told."""
    person = step.person
    is_known = person is not None and person.id not in confirmed
    only = all(change.column in PARTICULARS for change in step.changes)
    return is_known and only and not step.posts and step.exempt_since is None


def _correct(prepared: Prepared, step: Step, stamp: Stamp) -> None:
    """As `change_person` would; the names by which the person is found follow."""
    person = step.person
    if person is None:
        return
    corrected = accounts.drawn_up(**particulars(step))
    corrected.id = person.id
    kept = ("full_name", "name_order", "name_folded", "born_on", "card_number", "email", "phone")
    values = {f"new_{name}": getattr(corrected, name) for name in kept}
    prepared.corrections.append({"who": person.id, **values})
    if corrected.email != person.email:
        prepared.doubted.append(person.id)
    if corrected.name_folded != fold(person.name):
        prepared.renamed.append(person.id)
        prepared.bulk.add(turns_of(corrected))
    prepared.bulk.add([log.entry(Deed.PERSON_CHANGED, person.id, **vars(stamp))])


def particulars(step: Step) -> dict[str, Any]:
    """What the line fills in; the rest stays as it is."""
    line, person = step.line, step.person
    if person is None:
        raise ValueError("nobody is corrected by this step")
    return {
        "full_name": line.name,
        "born_on": line.born.on if line.born and step.touches(Column.BORN) else person.born,
        "card_number": line.card or person.card,
        "email": line.email or person.email,
        "phone": line.phone if step.touches(Column.PHONE) else person.phone,
    }
