"""Carrying the people of an open round over to where a reorganization has put their cells.

Marks stay untouched; what changes is where people are counted. What was before
is kept (`Carried`, `CarriedPlace`), so that it can be told and undone. Rounds
that have ended never change. Whoever carries several rounds in one transaction
takes them in the order of their ids.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from studyhub.completion.carrying_back import carry_back
from studyhub.completion.counters import Moves, held, move_all, open_tallies
from studyhub.completion.kept import keep_people, keep_place
from studyhub.completion.models import Tally
from studyhub.completion.places import path_in_round, paths_in_round
from studyhub.completion.replanting import hold, people_below, replant, shift
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.org.tree import is_within, lineage, parent_of
from studyhub.rounds.models import StudyRound, Summons
from studyhub.rounds.service import require_open

__all__ = ["carry", "carry_back", "carry_branch"]


def carry(
    db: Session,
    round_: StudyRound,
    moves: Mapping[UserId, Unit],
    *,
    reorganization_id: UUID,
    now: datetime,
) -> int:
    """From now on these persons of the list are counted in these cells; tells how many moved.

    Persons who are not on the list, or counted there already, are passed over.
    """
    hold(db, round_)
    require_open(round_)
    for unit in moves.values():
        _require_inside(round_, unit)
    places = paths_in_round(db, round_.id, moves.values())
    people = [
        progress
        for progress in held(db, round_.id, Summons.user_id.in_(list(moves)))
        if progress.summons.cell_id != moves[progress.summons.user_id].id
    ]
    keep_people(db, people, reorganization_id)
    total: Moves = {}
    for progress in people:
        unit = moves[progress.summons.user_id]
        shift(total, progress, places[unit.id], now=now)
        progress.summons.cell = unit
    _open(db, round_, total, reorganization_id)
    move_all(db, round_.id, total)
    db.flush()
    return len(people)


def carry_branch(
    db: Session, round_: StudyRound, unit: Unit, *, reorganization_id: UUID, now: datetime
) -> int:
    """The unit was moved or renamed: in this round, too, it is now where and what it is today.

    All that stands below it in the round comes along, with its figures. Tells
    how many people are counted there; without figures there is nothing to do.
    """
    hold(db, round_)
    require_open(round_)
    top = round_.unit if is_within(round_.unit.path, unit.path) else unit
    tally = db.get(Tally, (round_.id, top.id), populate_existing=True)
    if tally is None:
        return 0
    place = _new_place(db, round_, top, tally)
    people = people_below(db, round_, tally.path)
    keep_place(db, round_, top.id, reorganization_id, path=tally.path, name=tally.name)
    if place != tally.path:
        keep_people(db, people, reorganization_id)
        _open(db, round_, lineage(parent_of(place)), reorganization_id)
        replant(db, round_, tally, place, people, now=now)
    tally.name = top.name
    db.flush()
    return len(people)


def _require_inside(round_: StudyRound, unit: Unit) -> None:
    if not is_within(unit.path, round_.unit.path):
        raise Unfit(
            N_(
                "%(unit)s lies outside the unit that holds %(round)s. "
                "Let that round finish as it was summoned."
            ),
            unit=unit.name,
            round=round_.title,
        )


def _new_place(db: Session, round_: StudyRound, top: Unit, tally: Tally) -> str:
    """Where the unit stands in the round's tree from now on: below its parent of today."""
    if top.id == round_.unit_id or top.parent is None:
        return top.path
    _require_inside(round_, top)
    parent = path_in_round(db, round_.id, top.parent)
    if is_within(parent, tally.path):
        raise Conflict(
            N_(
                "In %(round)s, %(parent)s still stands below %(unit)s. "
                "Let that round finish as it was summoned."
            ),
            round=round_.title,
            parent=top.parent.name,
            unit=top.name,
        )
    return parent + top.path.removeprefix(top.parent.path)


def _open(db: Session, round_: StudyRound, paths: Iterable[str], reorganization_id: UUID) -> None:
    for tally in open_tallies(db, round_, paths):
        keep_place(db, round_, tally.unit_id, reorganization_id, path=None, name=tally.name)
