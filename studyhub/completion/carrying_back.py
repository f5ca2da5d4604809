"""Undoing what an act has carried over in open rounds, exactly: people, places, names, tallies."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from studyhub.completion.counters import Moves, held, move_all
from studyhub.completion.models import Carried, CarriedPlace, Tally
from studyhub.completion.places import paths_in_round
from studyhub.completion.replanting import hold, people_below, replant, shift
from studyhub.kernel.errors import Conflict
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.org.tree import parent_of
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound, Summons

FURTHER = N_("In %(round)s, people have been carried further since. Undo the later act first.")


def carry_back(db: Session, reorganization_id: UUID, *, now: datetime) -> int:
    """Undo everything the act has carried over, in every round; tells how many people moved.

    Refused when a round has been closed since, or a later act has carried on from there.
    """
    moved = 0
    for round_ in _rounds_of(db, reorganization_id):
        hold(db, round_)
        _require_undisturbed(db, round_, reorganization_id)
        moved += _people_back(db, round_, reorganization_id, now)
        moved += _branches_back(db, round_, reorganization_id, now)
        _close_opened(db, round_, reorganization_id)
    for row in db.scalars(select(Carried).where(Carried.reorganization_id == reorganization_id)):
        db.delete(row)
    db.flush()
    return moved


def _rounds_of(db: Session, reorganization_id: UUID) -> Sequence[StudyRound]:
    people = (
        select(Summons.round_id)
        .join(Carried, Carried.summons_id == Summons.id)
        .where(Carried.reorganization_id == reorganization_id)
    )
    places = select(CarriedPlace.round_id).where(
        CarriedPlace.reorganization_id == reorganization_id
    )
    return db.scalars(
        select(StudyRound)
        .where(StudyRound.id.in_(people) | StudyRound.id.in_(places))
        .order_by(StudyRound.id)
    ).all()


def _require_undisturbed(db: Session, round_: StudyRound, reorganization_id: UUID) -> None:
    """Nothing stands on what the act did in this round: the round goes on, no act came after."""
    if round_.state is not RoundState.OPEN:
        raise Conflict(
            N_("%(round)s has been closed since, with the figures as they were carried over."),
            round=round_.title,
        )
    mine, later = aliased(Carried), aliased(Carried)
    people = (
        select(later.summons_id)
        .join(mine, (mine.summons_id == later.summons_id) & (mine.step < later.step))
        .join(Summons, Summons.id == mine.summons_id)
        .where(mine.reorganization_id == reorganization_id, Summons.round_id == round_.id)
    )
    place, after = aliased(CarriedPlace), aliased(CarriedPlace)
    places = (
        select(after.unit_id)
        .join(
            place,
            (place.round_id == after.round_id)
            & (place.unit_id == after.unit_id)
            & (place.step < after.step),
        )
        .where(place.reorganization_id == reorganization_id, place.round_id == round_.id)
    )
    if db.scalar(people.limit(1)) or db.scalar(places.limit(1)):
        raise Conflict(FURTHER, round=round_.title)


def _people_back(db: Session, round_: StudyRound, reorganization_id: UUID, now: datetime) -> int:
    """Those carried to another cell are counted in their old one, wherever that stands by now."""
    before = {
        row.summons_id: row
        for row in db.scalars(
            select(Carried)
            .join(Carried.summons)
            .where(
                Carried.reorganization_id == reorganization_id,
                Summons.round_id == round_.id,
                Carried.cell_id != Summons.cell_id,
            )
        )
    }
    if not before:
        return 0
    cells = {row.cell_id for row in before.values()}
    units = {unit.id: unit for unit in db.scalars(select(Unit).where(Unit.id.in_(cells)))}
    places = paths_in_round(db, round_.id, units.values())
    total: Moves = {}
    for progress in held(db, round_.id, Summons.id.in_(list(before))):
        row = before[progress.summons_id]
        shift(total, progress, places[row.cell_id], now=now)
        progress.summons.cell = units[row.cell_id]
    move_all(db, round_.id, total)
    db.flush()
    return len(before)


def _branches_back(db: Session, round_: StudyRound, reorganization_id: UUID, now: datetime) -> int:
    """Moved and renamed units stand in the round where they stood, and are called as they were."""
    moved = 0
    for kept in _places(db, round_, reorganization_id):
        if kept.path is None:
            continue
        tally = db.get_one(Tally, (round_.id, kept.unit_id), populate_existing=True)
        _require_parent(db, round_, kept)
        people = people_below(db, round_, tally.path)
        if tally.path != kept.path:
            replant(db, round_, tally, kept.path, people, now=now)
        tally.name = kept.name
        moved += len(people)
        db.delete(kept)
        db.flush()
    return moved


def _require_parent(db: Session, round_: StudyRound, kept: CarriedPlace) -> None:
    """What the unit stood below has not been carried elsewhere itself."""
    above = parent_of(kept.path or "")
    there = select(Tally.unit_id).where(Tally.round_id == round_.id, Tally.path == above)
    if kept.unit_id != round_.unit_id and db.scalar(there) is None:
        raise Conflict(FURTHER, round=round_.title)


def _close_opened(db: Session, round_: StudyRound, reorganization_id: UUID) -> None:
    """Tallies the act had opened are gone again, unless somebody is counted there all the same."""
    opened = _places(db, round_, reorganization_id)
    tallies = {
        kept.unit_id: db.get_one(Tally, (round_.id, kept.unit_id), populate_existing=True)
        for kept in opened
    }
    for kept in sorted(opened, key=lambda kept: tallies[kept.unit_id].path, reverse=True):
        tally = tallies[kept.unit_id]
        below = Summons.cell_path.startswith(tally.path, autoescape=True)
        used = select(Summons.id).where(Summons.round_id == round_.id, below).limit(1)
        if db.scalar(used) is None:
            db.delete(tally)
        db.delete(kept)
        db.flush()


def _places(db: Session, round_: StudyRound, reorganization_id: UUID) -> Sequence[CarriedPlace]:
    """What the act changed in the round, the latest change first."""
    return db.scalars(
        select(CarriedPlace)
        .where(
            CarriedPlace.round_id == round_.id,
            CarriedPlace.reorganization_id == reorganization_id,
        )
        .order_by(CarriedPlace.step.desc())
    ).all()
