"""The deeds of the roster: carrying out a plan, and remembering what the columns mean."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from studyhub.accounts import service as accounts
from studyhub.accounts.models import User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import StudyHubError
from studyhub.kernel.words import N_
from studyhub.org import queries
from studyhub.org import service as org
from studyhub.org.models import Standing, Unit, UnitKind
from studyhub.roster.columns import Column
from studyhub.roster.errors import Halted
from studyhub.roster.models import RosterMapping
from studyhub.roster.plan import Place, Plan, Step

HALTED = N_("Row %(row)s could not be taken over, so nothing was changed.")
AT_ONCE = 500
"""So many new people are written at once."""

PARTICULARS = (Column.NAME, Column.BORN, Column.CARD, Column.EMAIL, Column.PHONE)


@dataclass(frozen=True)
class Stamp:
    """By whom and when: the same for every deed of one import."""

    by: Actor
    now: datetime


def carry_out(db: Session, unit: Unit, plan: Plan, *, by: Actor, now: datetime) -> None:
    """Do everything in the plan, or nothing: a refusal anywhere is `Halted`."""
    stamp = Stamp(by, now)
    cells = _Cells(db, unit, plan.as_of, stamp)
    for missing in plan.founded:
        cells.found(missing.name)
    for start in range(0, len(plan.new), AT_ONCE):
        _add_all(db, plan.new[start : start + AT_ONCE], cells, stamp)
    for step in plan.changed:
        with _told_of(step):
            _give_what_is_said(
                db, _change(db, step, cells.at(step.place), stamp), step, cells, stamp
            )
    log.record(
        db,
        Deed.ROSTER_IMPORTED,
        unit.id,
        by=by,
        now=now,
        rows=plan.rows,
        added=len(plan.new),
        changed=len(plan.changed),
        founded=len(plan.founded),
        faulty=plan.wrong_rows,
    )


class _Cells:
    """The cells of the plan, each loaded or founded once."""

    def __init__(self, db: Session, unit: Unit, as_of: date, stamp: Stamp) -> None:
        self.db, self.unit, self.as_of, self.stamp = db, unit, as_of, stamp
        self.new: dict[str, Unit] = {}
        self.known: dict[object, Unit] = {}

    def found(self, name: str) -> None:
        """A new cell directly below the unit."""
        self.new[name] = org.found_unit(
            self.db, self.unit, kind=UnitKind.CELL, name=name, since=self.as_of, **vars(self.stamp)
        )

    def at(self, place: Place) -> Unit:
        """The cell of a step."""
        if place.id is None:
            return self.new[place.name]
        if place.id not in self.known:
            self.known[place.id] = self.db.get_one(Unit, place.id)
        return self.known[place.id]


@contextmanager
def _told_of(step: Step) -> Iterator[None]:
    """A refusal names the row that it is about."""
    try:
        yield
    except StudyHubError as refusal:
        raise Halted(HALTED, row=step.line.row, why=refusal) from refusal


def _add_all(db: Session, steps: Sequence[Step], cells: _Cells, stamp: Stamp) -> None:
    """Many new people at once; if that fails, one by one, to know at which row."""
    try:
        with db.begin_nested():
            people = org.add_members(db, [_arrival(step, cells) for step in steps], **vars(stamp))
    except (IntegrityError, StudyHubError):
        people = [_add(db, step, cells, stamp) for step in steps]
    for user, step in zip(people, steps, strict=True):
        with _told_of(step):
            _give_what_is_said(db, user, step, cells, stamp)


def _give_what_is_said(db: Session, user: User, step: Step, cells: _Cells, stamp: Stamp) -> None:
    """The exemption and the posts of the line."""
    if step.exempt_since:
        words = step.line.exempt_words
        org.exempt(db, user, since=step.exempt_since, reason=words, **vars(stamp))
    for post in step.posts:
        org.appoint(db, user, cells.at(step.place), post, since=step.since, **vars(stamp))


def _arrival(step: Step, cells: _Cells) -> org.Arrival:
    line = step.line
    who = org.Particulars(
        full_name=line.name,
        born_on=line.born.on if line.born else None,
        card_number=line.card,
        email=line.email,
        phone=line.phone,
    )
    return org.Arrival(who=who, cell=cells.at(step.place), standing=step.standing, since=step.since)


def _add(db: Session, step: Step, cells: _Cells, stamp: Stamp) -> User:
    new = dict(vars(_arrival(step, cells)))
    with _told_of(step):
        newcomer = org.add_member(
            db, new.pop("cell"), new.pop("who"), **new, give_password=False, **vars(stamp)
        )
    return newcomer.membership.user


def _change(db: Session, step: Step, cell: Unit, stamp: Stamp) -> User:
    user = db.get_one(User, step.person.id if step.person else None)
    if step.touches(*PARTICULARS):
        _correct(db, user, step, stamp)
    if step.touches(Column.CELL):
        org.admit(db, user, cell, standing=step.standing, since=step.since, **vars(stamp))
    if step.touches(Column.OFFICIAL) and step.line.official:
        membership = queries.belonging(db, [user.id])[user.id]
        if membership.standing is Standing.PROBATIONARY:
            org.recognise_official(db, membership, on=step.line.official.on, **vars(stamp))
    return user


def _correct(db: Session, user: User, step: Step, stamp: Stamp) -> None:
    """What the line fills in; the rest stays as it is."""
    line = step.line
    accounts.change_person(
        db,
        user,
        full_name=line.name,
        born_on=line.born.on if line.born and step.touches(Column.BORN) else user.born_on,
        card_number=line.card or user.card_number,
        email=line.email or user.email,
        phone=line.phone if step.touches(Column.PHONE) else user.phone,
        by=stamp.by,
        now=stamp.now,
    )


def remember(
    db: Session, unit: Unit, fingerprint: str, columns: Mapping[Column, int], *, now: datetime
) -> None:
    """Keep what was said about the columns, for the next list with the same ones."""
    mapping = db.get(RosterMapping, (unit.id, fingerprint))
    if mapping is None:
        mapping = RosterMapping(unit_id=unit.id, fingerprint=fingerprint)
        db.add(mapping)
    mapping.columns = {str(place): column.value for column, place in columns.items()}
    mapping.saved_at = now


def remembered(db: Session, unit: Unit, fingerprint: str) -> dict[Column, int] | None:
    """What was said about such columns before, if anything was."""
    mapping = db.get(RosterMapping, (unit.id, fingerprint))
    if mapping is None:
        return None
    return {Column(name): int(place) for place, name in mapping.columns.items()}
