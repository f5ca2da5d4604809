"""Looks up what it takes to read rounds as they were summoned and as their units are today.

The number of queries does not depend on the number of rounds, units or people.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from studyhub.completion.bridges import Bridging
from studyhub.completion.lines import Going, Lines, Place, place_of
from studyhub.completion.models import Carried, CarriedPlace, Progress, Tally
from studyhub.completion.then import Then, then
from studyhub.kernel.ids import RoundId, UnitId, UserId
from studyhub.org.models import Membership, Transfer, Unit
from studyhub.org.succession import Succession
from studyhub.org.tree import is_within, lineage
from studyhub.rounds.models import StudyRound, Summons


def reads_differently(rounds: Sequence[StudyRound], *, today: date) -> Select[RoundId]:
    """The ids of those rounds of which a unit has ended or changed since, or somebody was sent."""
    ids = [round_.id for round_ in rounds]
    differs = or_(Unit.until < today, Unit.path != Tally.path, Unit.name != Tally.name)
    ended = select(Unit.id).join(Tally, Tally.unit_id == Unit.id)
    carried = select(Carried.summons_id).join(Summons, Summons.id == Carried.summons_id)
    senders = select(Transfer.origin_id).where(
        _collective(), Transfer.day > min(round_.roster_on for round_ in rounds)
    )
    sent = select(Tally.unit_id).where(Tally.unit_id.in_(senders))
    return select(StudyRound.id).where(
        StudyRound.id.in_(ids),
        or_(
            ended.where(Tally.round_id == StudyRound.id, differs).exists(),
            carried.where(Summons.round_id == StudyRound.id).exists(),
            sent.where(Tally.round_id == StudyRound.id).exists(),
        ),
    )


def bridgings(
    db: Session, rounds: Sequence[StudyRound], *, today: date
) -> Mapping[RoundId, Bridging]:
    """Those of the rounds that read differently today, read both ways."""
    if not rounds:
        return {}
    found = set(db.scalars(reads_differently(rounds, today=today)))
    return read_both_ways(db, [one for one in rounds if one.id in found], today=today)


def read_both_ways(
    db: Session, rounds: Sequence[StudyRound], *, today: date
) -> Mapping[RoundId, Bridging]:
    """These rounds, of which it is known that they read differently today."""
    if not rounds:
        return {}
    known, places = _then(db, rounds)
    goings, targets = _goings(db, rounds)
    lines = _lines(db, rounds, {**places, **targets}, today)
    people = _people(db, rounds) if goings else {}
    return {
        round_.id: Bridging(round_, known[round_.id], lines, people.get(round_.id, ()), goings)
        for round_ in rounds
    }


def _then(
    db: Session, rounds: Sequence[StudyRound]
) -> tuple[dict[RoundId, Then], dict[UnitId, Place]]:
    ids = [round_.id for round_ in rounds]
    tallies: dict[RoundId, list[Tally]] = defaultdict(list)
    places: dict[UnitId, Place] = {}
    rows = db.execute(
        select(Tally, Unit)
        .join(Unit, Unit.id == Tally.unit_id)
        .where(Tally.round_id.in_(ids))
        .execution_options(populate_existing=True)
    )
    for tally, unit in rows:
        tallies[tally.round_id].append(tally)
        places[unit.id] = place_of(unit)
    carried: dict[RoundId, list[tuple[Carried, Progress]]] = defaultdict(list)
    first = db.execute(
        select(Carried, Progress)
        .join(Progress, Progress.summons_id == Carried.summons_id)
        .join(Progress.summons)
        .where(Summons.round_id.in_(ids), Carried.step == 0)
        .options(contains_eager(Progress.summons))
    )
    for row, progress in first:
        carried[progress.summons.round_id].append((row, progress))
    latest = select(CarriedPlace).where(CarriedPlace.round_id.in_(ids))
    undo = _by_round(db.scalars(latest.order_by(CarriedPlace.step.desc())).all())
    known = {
        round_.id: then(round_, tallies[round_.id], carried[round_.id], undo[round_.id])
        for round_ in rounds
    }
    return known, places


def _by_round(rows: Sequence[CarriedPlace]) -> dict[RoundId, list[CarriedPlace]]:
    found: dict[RoundId, list[CarriedPlace]] = defaultdict(list)
    for row in rows:
        found[row.round_id].append(row)
    return found


def _goings(
    db: Session, rounds: Sequence[StudyRound]
) -> tuple[dict[UserId, list[Going]], dict[UnitId, Place]]:
    """The collective transfers out of units whose people went different ways, by person."""
    rows = db.execute(
        _own_ways(rounds, Membership.user_id, Transfer.origin_id, Transfer.day, Unit)
        .join(Unit, Unit.id == Transfer.target_id)
        .order_by(Transfer.day, Membership.since)
    )
    goings: dict[UserId, list[Going]] = defaultdict(list)
    targets: dict[UnitId, Place] = {}
    for user_id, origin, day, unit in rows:
        goings[user_id].append(Going(origin=origin, target=unit.id, day=day))
        targets[unit.id] = place_of(unit)
    return dict(goings), targets


def _own_ways(rounds: Sequence[StudyRound], *asked: Any) -> Select[Any]:
    together = (
        select(Succession.predecessor_id)
        .where(Succession.is_direct)
        .group_by(Succession.predecessor_id)
        .having(func.count() == 1)
    )
    listed = select(Summons.user_id).where(Summons.round_id.in_([one.id for one in rounds]))
    return (
        select(*asked)
        .select_from(Transfer)
        .join(Membership, Membership.id == Transfer.left_id)
        .where(
            _collective(),
            Transfer.day > min(round_.roster_on for round_ in rounds),
            Transfer.origin_id.not_in(together),
            Membership.user_id.in_(listed),
        )
    )


def _collective() -> ColumnElement[bool]:
    return Transfer.reorganization_id.is_not(None) & Transfer.taken_back_at.is_(None)


def _lines(
    db: Session, rounds: Sequence[StudyRound], places: dict[UnitId, Place], today: date
) -> Lines:
    """Every direct succession there is: few, and a line may lead anywhere."""
    heirs: dict[UnitId, list[UnitId]] = defaultdict(list)
    main: dict[UnitId, UnitId] = {}
    rows = db.execute(
        select(Succession, Unit)
        .join(Unit, Unit.id == Succession.successor_id)
        .where(Succession.is_direct)
    )
    for row, unit in rows:
        places.setdefault(unit.id, place_of(unit))
        heirs[row.predecessor_id].append(unit.id)
        if row.is_main:
            main[row.predecessor_id] = unit.id
    for unit in _missing(db, rounds, {place.path for place in places.values()}):
        places[unit.id] = place_of(unit)
    return Lines(places=places, heirs=heirs, main=main, today=today)


def _missing(db: Session, rounds: Sequence[StudyRound], known: set[str]) -> Sequence[Unit]:
    """The units above those, as far as the units that hold the rounds."""
    tops = {round_.unit.path for round_ in rounds}
    wanted = {
        above
        for path in known
        for above in lineage(path)
        if above not in known and any(is_within(above, top) for top in tops)
    }
    return db.scalars(select(Unit).where(Unit.path.in_(wanted))).all() if wanted else ()


def _people(db: Session, rounds: Sequence[StudyRound]) -> Mapping[RoundId, Sequence[Progress]]:
    """The people who went a way of their own; everybody else goes with their cell."""
    found: dict[RoundId, list[Progress]] = defaultdict(list)
    rows = db.scalars(
        select(Progress)
        .join(Progress.summons)
        .where(
            Summons.round_id.in_([round_.id for round_ in rounds]),
            Summons.user_id.in_(_own_ways(rounds, Membership.user_id)),
        )
        .options(contains_eager(Progress.summons))
        .execution_options(populate_existing=True)
    )
    for progress in rows:
        found[progress.summons.round_id].append(progress)
    return found
