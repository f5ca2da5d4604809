"""The deeds of the roster: carrying out a plan, and remembering what the columns mean.

What a plan writes is drawn up beforehand (`preparing`), so that whoever else writes waits for
the rows only.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from studyhub.accounts import service as accounts
from studyhub.accounts.models import NameTurn, User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.org import queries
from studyhub.org import service as org
from studyhub.org.models import Standing, Unit
from studyhub.roster.columns import Column
from studyhub.roster.columns import fingerprint as fingerprint_of
from studyhub.roster.errors import Moved
from studyhub.roster.models import RosterMapping
from studyhub.roster.plan import Plan, Step
from studyhub.roster.preparing import (
    PARTICULARS,
    Prepared,
    Stamp,
    arrival,
    particulars,
    prepare,
    told_of,
)
from studyhub.roster.progress import Note, unheard
from studyhub.roster.register import AT_ONCE
from studyhub.roster.sheets import Sheet

HELD: dict[str, Any] = {"of": Unit, "key_share": True}
"""How the unit is locked: nobody else changes it; what only refers to it need not wait."""


def carry_out(db: Session, unit: Unit, plan: Plan, *, by: Actor, now: datetime) -> None:
    """Do everything in the plan, or nothing: a refusal anywhere is `Halted`."""
    stamp = Stamp(by, now)
    write(db, unit, prepare(db, unit, plan, stamp), stamp)


def write(
    db: Session, unit: Unit, prepared: Prepared, stamp: Stamp, *, note: Note = unheard
) -> None:
    """Write what was drawn up: `Moved` when cells were founded below the unit in between."""
    plan = prepared.plan
    db.flush()
    db.refresh(unit, with_for_update=HELD)
    if unit.children_ever != prepared.children_ever:
        raise Moved
    unit.children_ever += len(prepared.founded)
    db.flush()
    _rows(db, prepared, stamp, note)
    db.expire_all()  # what the session holds of these people is not what is written now
    for step in prepared.left:
        with told_of(step):
            _by_the_deeds(db, step, prepared, stamp)
    log.record(
        db,
        Deed.ROSTER_IMPORTED,
        unit.id,
        by=stamp.by,
        now=stamp.now,
        rows=plan.rows,
        added=len(plan.new),
        changed=len(plan.changed),
        founded=len(plan.founded),
        faulty=plan.wrong_rows,
    )


def _rows(db: Session, prepared: Prepared, stamp: Stamp, note: Note) -> None:
    """If a number is taken, one by one, to know at which row."""
    try:
        with db.begin_nested():
            _correct_all(db, prepared)
            prepared.bulk.write(db, prepared.plan.size, note)
    except IntegrityError:
        for step in (*prepared.plan.new, *prepared.plan.changed):
            with told_of(step):
                _require_free(db, step, stamp)
        raise


def _correct_all(db: Session, prepared: Prepared) -> None:
    for some in _pieces(prepared.renamed):
        db.execute(delete(NameTurn.__table__).where(NameTurn.user_id.in_(some)))  # type: ignore[arg-type]
    if prepared.corrections:
        db.execute(_CORRECTED, prepared.corrections)
    doubted = update(User.__table__).values(email_confirmed_at=None, has_no_email=False)  # type: ignore[arg-type]
    for some in _pieces(prepared.doubted):
        db.execute(doubted.where(User.id.in_(some)))


_CORRECTED = (
    update(User.__table__)  # type: ignore[arg-type]  # the table, not the class: rows at once
    .where(User.id == bindparam("who"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                "full_name", "name_order", "name_folded", "born_on", "card_number", "email",
                "phone",
            )
        }
    )
)  # fmt: skip


def _pieces(ids: Sequence[UUID]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _require_free(db: Session, step: Step, stamp: Stamp) -> None:
    """The deed refuses a number that somebody has, and says so."""
    with db.begin_nested() as tried:
        if step.person is None:
            who = vars(arrival(step, Unit()).who)
            accounts.add_person(db, **who, by=stamp.by, now=stamp.now)
        else:
            user = db.get_one(User, step.person.id)
            accounts.change_person(db, user, **particulars(step), by=stamp.by, now=stamp.now)
        tried.rollback()


def _by_the_deeds(db: Session, step: Step, prepared: Prepared, stamp: Stamp) -> None:
    """Everything about somebody known, one deed after the other."""
    cell_id = prepared.founded[step.place.name] if step.place.id is None else step.place.id
    user = db.get_one(User, step.person.id if step.person else None)
    cell = db.get_one(Unit, cell_id)
    if step.touches(*PARTICULARS):
        accounts.change_person(db, user, **particulars(step), by=stamp.by, now=stamp.now)
    if step.touches(Column.CELL):
        org.admit(db, user, cell, standing=step.standing, since=step.since, **vars(stamp))
    _recognise(db, user, step, stamp)
    if step.exempt_since:
        words = step.line.exempt_words
        org.exempt(db, user, since=step.exempt_since, reason=words, **vars(stamp))
    for post in step.posts:
        org.appoint(db, user, cell, post, since=step.since, **vars(stamp))


def _recognise(db: Session, user: User, step: Step, stamp: Stamp) -> None:
    if not (step.touches(Column.OFFICIAL) and step.line.official):
        return
    membership = queries.belonging(db, [user.id])[user.id]
    if membership.standing is Standing.PROBATIONARY:
        org.recognise_official(db, membership, on=step.line.official.on, **vars(stamp))


CHOSEN = "sheet"
"""Beside the columns: the name of the sheet, where the header was chosen by hand."""
MOST_CHOSEN = 20


def remember(
    db: Session, unit: Unit, sheet: Sheet, columns: Mapping[Column, int], *, now: datetime
) -> None:
    """Keep what was said about the columns, for the next list with the same ones.

    A header that was chosen by hand is kept as such: next time it is looked for.
    """
    fingerprint = fingerprint_of(sheet.header)
    mapping = db.get(RosterMapping, (unit.id, fingerprint))
    if mapping is None:
        mapping = RosterMapping(unit_id=unit.id, fingerprint=fingerprint)
        db.add(mapping)
    chosen = {CHOSEN: sheet.name} if sheet.is_chosen else {}
    mapping.columns = {str(place): column.value for column, place in columns.items()} | chosen
    mapping.saved_at = now


def remembered(db: Session, unit: Unit, fingerprint: str) -> dict[Column, int] | None:
    """What was said about such columns before, if anything was."""
    mapping = db.get(RosterMapping, (unit.id, fingerprint))
    if mapping is None:
        return None
    return {Column(name): int(place) for place, name in mapping.columns.items() if place != CHOSEN}


def chosen(db: Session, unit: Unit) -> list[tuple[str, str]]:
    """The headers that were chosen by hand, those of the last lists first: for `sheets.read`."""
    kept = select(RosterMapping).where(RosterMapping.unit_id == unit.id)
    mappings = db.scalars(kept.order_by(RosterMapping.saved_at.desc()))
    found = [(one.fingerprint, one.columns[CHOSEN]) for one in mappings if CHOSEN in one.columns]
    return found[:MOST_CHOSEN]
