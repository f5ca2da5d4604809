"""What an act about a person's belonging means for rounds: shown before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from studyhub.accounts.models import User
from studyhub.org.models import Unit
from studyhub.org.tree import is_within_any
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import AudienceUnit, StudyRound, Summons
from studyhub.rounds.roster import audience_paths


@dataclass(frozen=True)
class OnLists:
    """The open rounds a person is on, frozen with a cell; `elsewhere`: how many one may not see."""

    summonses: Sequence[Summons]
    elsewhere: int


@dataclass(frozen=True)
class Planned:
    """A draft, and the cell it would take the person in; None: its list will not have them."""

    round: StudyRound
    cell: Unit | None


def on_open_lists(db: Session, person: User, *, visible: ColumnElement[bool]) -> OnLists:
    """The open rounds the person is on. Their lists do not move with the person."""
    mine = (Summons.user_id == person.id) & (StudyRound.state == RoundState.OPEN)
    rows = db.execute(
        select(Summons, case((visible, 1), else_=0))
        .join(Summons.round)
        .where(mine)
        .options(contains_eager(Summons.round), joinedload(Summons.cell))
        .order_by(StudyRound.closes_at, StudyRound.id)
    ).all()
    seen = [summons for summons, shown in rows if shown]
    return OnLists(seen, len(rows) - len(seen))


def planned_after_transfer(
    db: Session, origin: Unit, target: Unit, on: date, *, visible: ColumnElement[bool]
) -> list[Planned]:
    """The drafts that take in one of the two cells, and in which of them they find the person."""
    drafts = db.scalars(
        select(StudyRound)
        .where(visible, StudyRound.state == RoundState.DRAFT)
        .options(joinedload(StudyRound.audience).joinedload(AudienceUnit.unit))
        .order_by(StudyRound.closes_at, StudyRound.id)
    ).unique()
    found = []
    for draft in drafts:
        paths = audience_paths(draft)
        cell = target if draft.roster_on >= on else origin
        if is_within_any(cell.path, paths):
            found.append(Planned(draft, cell))
        elif is_within_any(origin.path, paths) or is_within_any(target.path, paths):
            found.append(Planned(draft, None))
    return found
