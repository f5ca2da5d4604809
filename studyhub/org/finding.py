"""Finding people and units by what one types: words of a name without marks, or a card number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, literal, select
from sqlalchemy.orm import Session, joinedload

from studyhub.accounts.models import User
from studyhub.accounts.queries import by_sign_in_name
from studyhub.kernel.ids import UserId
from studyhub.kernel.vietnamese import fold, tidy
from studyhub.org.meanings import called, words_of
from studyhub.org.models import Leaving, Membership, Standing, Unit
from studyhub.org.ways import ORDER, Reader, ways

MOST_FOUND = 50
MOST_COUNTED = 50
"""So many more are counted; beyond that there are just more."""


class FoundMember(NamedTuple):
    """Somebody who was found, as the page shows them: plain values cost half of what things do."""

    id: UUID
    """Of the membership."""
    user_id: UserId
    full_name: str
    born_on: date | None
    card_number: str | None
    cell_name: str
    standing: Standing
    since: date
    until: date | None
    leaving: Leaving | None


@dataclass(frozen=True)
class Found:
    """What a search found: the first so many, and how many more there are."""

    members: Sequence[FoundMember]
    more: int
    is_cut: bool = False
    """There are more than `more`; they were not counted."""


@dataclass(frozen=True)
class FoundUnits:
    """The units with these words in their names, and how many more there are."""

    units: Sequence[Unit]
    more: int


def search(db: Session, words: str, *, by: Reader, limit: int = MOST_FOUND) -> Found:
    """People whose name has all these words, or whose card number begins so.

    Accents need not be typed. Everybody once, under the membership they have on
    that day or had last; by given name, those first whose given name begins so.
    """
    wanted = limit + MOST_COUNTED + 1
    found: dict[UserId, None] = {}
    for people in ways(db, by, words):
        if len(found) < wanted:
            found.update(dict.fromkeys(db.scalars(people.limit(wanted - len(found)))))
    ids = list(found)
    more = max(0, len(ids) - limit)
    shown = _members(db, by, ids[:limit])
    return Found(shown, min(more, MOST_COUNTED), is_cut=more > MOST_COUNTED)


def units(db: Session, words: str, *, visible: ColumnElement[bool], limit: int = 20) -> FoundUnits:
    """The units that have all these words in their names, those first that go on, by name."""
    typed = words_of(words)
    if not typed:
        return FoundUnits([], 0)
    name = literal(" ") + Unit.name_folded
    named = and_(*(name.contains(f" {word}", autoescape=True) for word in typed), visible)
    total = db.scalar(select(func.count()).select_from(Unit).where(named)) or 0
    has_ended = case((Unit.until.is_(None), 0), else_=1)
    rows = db.scalars(
        select(Unit)
        .where(named)
        .options(joinedload(Unit.parent))
        .order_by(has_ended, func.length(Unit.name_folded), Unit.name_folded, Unit.path)
        .limit(limit)
    ).all()
    return FoundUnits(rows, total - len(rows))


def meant_by(db: Session, typed: str, *, visible: ColumnElement[bool]) -> Sequence[User]:
    """Whoever may be meant by a card number, an e-mail address, or a full name in the register.

    Names are looked up among those one may see. A whole card number or address
    means its bearer wherever they belong: a post over a unit may be given to
    somebody of another unit, or of none, and whoever knows the number knows them.
    """
    exactly = by_sign_in_name(db, typed)
    if exactly is not None:
        return [exactly]
    people = (
        select(User)
        .where(
            called(typed),
            User.name_folded == fold(tidy(typed)),
            User.id.in_(select(Membership.user_id).where(visible, Membership.until.is_(None))),
        )
        .order_by(*ORDER)
    )
    found = db.scalars(people).all()
    same_spelling = [user for user in found if user.full_name == tidy(typed)]
    return same_spelling if len(same_spelling) == 1 else found


def _members(db: Session, by: Reader, ids: Sequence[UserId]) -> Sequence[FoundMember]:
    """In the order of the ids; told so that a database begins with them, not with all cells."""
    rows = db.execute(
        select(*_SHOWN)
        .select_from(User)
        .join(Membership, Membership.user_id == User.id)
        .outerjoin(Unit, Unit.id == Membership.cell_id)
        .where(User.id.in_(ids), by.where)
    )
    places = {user_id: place for place, user_id in enumerate(ids)}
    return sorted(map(FoundMember._make, rows), key=lambda found: places[found.user_id])


_SHOWN = (
    Membership.id, Membership.user_id, User.full_name, User.born_on, User.card_number,
    Unit.name, Membership.standing, Membership.since, Membership.until, Membership.leaving,
)  # fmt: skip
