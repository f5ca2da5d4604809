"""Finding people and units by what one types: words of a name without marks, or a card number.

A hundred thousand people are never looked through. Depending on what there are
fewer of, the bearers of the name are asked where they belong, or the members one
may see what they are called; where there are many of both, the register is gone
through in its order until enough are found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    SQLColumnExpression,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union,
)
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from studyhub.accounts.models import User
from studyhub.accounts.queries import by_sign_in_name
from studyhub.kernel.ids import UnitId, UserId
from studyhub.kernel.vietnamese import fold, tidy
from studyhub.org.meanings import Meaning, called, meanings, words_of
from studyhub.org.models import Membership, Unit, UnitKind

MOST_FOUND = 50
MOST_COUNTED = 50
"""So many more are counted; beyond that there are just more."""

FEW, MANY = 1_000, 6_000
FEW_CELLS, MOST_CELLS = 120, 600
"""With about four thousand members, and with so many that one need not look far for some."""

ORDER = (User.name_order, User.born_on, User.id)


@dataclass(frozen=True)
class Found:
    """What a search found: the first so many, and how many more there are."""

    memberships: Sequence[Membership]
    more: int
    is_cut: bool = False
    """There are more than `more`; they were not counted."""


@dataclass(frozen=True)
class FoundUnits:
    """The units with these words in their names, and how many more there are."""

    units: Sequence[Unit]
    more: int


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who asks, on which day, and whom they may see."""

    user_id: UUID
    day: date
    visible: ColumnElement[bool]
    """The memberships they may see: their own, and those in the units of `place`."""
    place: ColumnElement[bool]

    @property
    def where(self) -> ColumnElement[bool]:
        """The memberships to be shown."""
        return and_(self.visible, _is_shown(self.day))

    @property
    def members(self) -> CompoundSelect[UserId]:
        """The same persons, to begin with: a database does not split `visible` by itself."""
        all_ = select(Membership.user_id).where(_is_shown(self.day))
        here = all_.where(Membership.cell_id.in_(select(Unit.id).where(self.place)))
        return union(here, all_.where(Membership.user_id == self.user_id))


def search(db: Session, words: str, *, by: Reader, limit: int = MOST_FOUND) -> Found:
    """People whose name has all these words, or whose card number begins so.

    Accents need not be typed. Everybody once, under the membership they have on
    that day or had last; by given name, those first whose given name begins so.
    """
    wanted = limit + MOST_COUNTED + 1
    found: dict[UserId, None] = {}
    for meaning in meanings(words):
        if len(found) < wanted:
            meant = db.scalars(_plan(db, by, meaning).limit(wanted - len(found)))
            found.update(dict.fromkeys(meant))
    ids = list(found)
    more = max(0, len(ids) - limit)
    shown = _memberships(db, by, ids[:limit])
    return Found(shown, min(more, MOST_COUNTED), is_cut=more > MOST_COUNTED)


def units(db: Session, words: str, *, visible: ColumnElement[bool], limit: int = 20) -> FoundUnits:
    """The units that have all these words in their names, those first that go on, by name."""
    typed = words_of(words)
    if not typed:
        return FoundUnits([], 0)
    name = literal(" ") + Unit.name_folded
    named = and_(visible, *(name.contains(f" {word}", autoescape=True) for word in typed))
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


def _plan(db: Session, by: Reader, meaning: Meaning) -> Select[UserId]:
    """The persons meant whom one may see, in their order, asked in the cheapest way."""
    bearers = _at_most(db, meaning.looked_up, MANY + 1)
    cells = _at_most(db, _cells(by), MOST_CELLS) if bearers > FEW else 0
    if bearers > FEW and cells <= FEW_CELLS:
        return _among_members(by, meaning)
    enough = MANY // 2 if cells == MOST_CELLS else MANY
    if bearers > enough or meaning.within is not None:
        return _along_the_register(by, meaning)
    return _among_bearers(by, meaning)


def _cells(by: Reader) -> Select[UnitId]:
    return select(Unit.id).where(by.place, Unit.kind == UnitKind.CELL)


def _among_members(by: Reader, meaning: Meaning) -> Select[UserId]:
    """Person by person, as everywhere here: a join might begin with everybody there is."""
    members = _cte(by.members, "members")
    name = select(User.name_order).where(User.id == members.c.user_id, meaning.who)
    named = _cte(select(members.c.user_id, name.scalar_subquery().label("name")), "named")
    return select(named.c.user_id).where(named.c.name.is_not(None)).order_by(named.c.name)


def _among_bearers(by: Reader, meaning: Meaning) -> Select[UserId]:
    """Sorted first, so that no more are asked where they belong than are needed."""
    meant = _cte(meaning.looked_up.distinct(), "meant")
    sorted_ = select(User.id).join(meant, meant.c[0] == User.id).where(meaning.who)
    people = _cte(sorted_.order_by(*ORDER), "people")
    return select(people.c.id).where(_belongs(people.c.id, by.where))


def _along_the_register(by: Reader, meaning: Meaning) -> Select[UserId]:
    where = and_(by.where, meaning.who)
    people = select(User.id).where(_belongs(User.id, where)).order_by(*ORDER)
    return people if meaning.within is None else people.where(meaning.within)


def _cte(people: Select[Any] | CompoundSelect[Any], name: str) -> CTE:
    return people.cte(name).prefix_with("MATERIALIZED")


def _belongs(
    user_id: SQLColumnExpression[UserId], where: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Asked person by person: EXISTS would let the database begin with all memberships."""
    one = select(literal(1)).select_from(Membership).where(Membership.user_id == user_id, where)
    return one.correlate_except(Membership).limit(1).scalar_subquery() == 1


def _at_most(db: Session, rows: Select[Any], most: int) -> int:
    return db.scalar(select(func.count()).select_from(rows.limit(most).subquery())) or 0


def _memberships(db: Session, by: Reader, ids: Sequence[UserId]) -> Sequence[Membership]:
    """In the order of the ids."""
    rows = db.scalars(
        select(Membership)
        .join(Membership.user)
        .where(Membership.user_id.in_(ids), by.where)
        .options(contains_eager(Membership.user), joinedload(Membership.cell))
    )
    places = {user_id: place for place, user_id in enumerate(ids)}
    return sorted(rows, key=lambda row: places[row.user_id])


def _is_shown(day: date) -> ColumnElement[bool]:
    """The stretch that counts on that day: the one begun last, else the first to come."""
    other = aliased(Membership)
    same = select(other.id).where(other.user_id == Membership.user_id)
    later = same.where(other.since > Membership.since, other.since <= day).exists()
    earlier = same.where(other.since < Membership.since).exists()
    return or_(
        and_(Membership.since <= day, ~later),
        and_(Membership.since > day, ~earlier),
    )
