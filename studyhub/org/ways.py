"""How those who are meant are asked for: a hundred thousand people are never looked through.

Few bearers of a name are asked where they belong. A few cells are asked for
their members: who bears the name, by laying two indexes side by side, or, when
half the register does, by its row. Where there are many of both, the register
is gone through in its order, in an index that holds the names too, until
enough are found.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    SQLColumnExpression,
    and_,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from studyhub.accounts.models import User
from studyhub.kernel.ids import UnitId, UserId
from studyhub.org.meanings import Meaning, meaning, parts
from studyhub.org.models import Membership, Unit, UnitKind

FEW, ENOUGH, MANY = 1_000, 3_000, 6_000
"""Bearers of a name: asked one by one, asked when there is no better way, not counted further."""
FEW_CELLS, SOME_CELLS = 120, 300
"""With about three and eight thousand members."""

ORDER = (User.name_order, User.born_on, User.id)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who asks, on which day, and whom they may see."""

    user_id: UUID
    day: date
    visible: ColumnElement[bool]
    """The memberships they may see: their own, and those in the units of `place`."""
    place: ColumnElement[bool]

    @cached_property
    def where(self) -> ColumnElement[bool]:
        """The memberships to be shown."""
        return and_(self.visible, _is_shown(self.day))

    @property
    def members(self) -> CompoundSelect[UserId]:
        """The same persons and whoever was here once: a database does not split `visible`.

        Some stand there twice.
        """
        all_ = select(Membership.user_id)
        here = all_.where(Membership.cell_id.in_(select(Unit.id).where(self.place)))
        return union_all(here, all_.where(Membership.user_id == self.user_id))


def ways(db: Session, by: Reader, words: str) -> list[Select[UserId]]:
    """The persons meant whom one may see, in their order, asked in the cheapest way."""
    whole = meaning(words)
    if whole is None:
        return []
    bearers = _at_most(db, whole.looked_up, MANY + 1)
    cells = _at_most(db, _cells(by), SOME_CELLS + 1) if bearers > FEW else 0
    if bearers <= FEW:
        return [_among_bearers(by, whole)]
    if bearers <= MANY and cells <= SOME_CELLS:
        return [_among_both(by, whole)]
    if cells <= FEW_CELLS:
        return [_among_members(by, whole)]
    return [
        _along_the_register(by, part)
        if bearers > ENOUGH or part.within is not None
        else _among_bearers(by, part)
        for part in parts(words)
    ]


def _cells(by: Reader) -> Select[UnitId]:
    return select(Unit.id).where(by.place, Unit.kind == UnitKind.CELL)


def _among_both(by: Reader, meant: Meaning) -> Select[UserId]:
    """Whoever is here and bears the name: two indexes laid side by side, nobody looked at."""
    bearers, members = _cte(meant.looked_up, "bearers"), _cte(by.members, "members")
    both = select(members.c.user_id).where(members.c.user_id.in_(select(bearers.c[0])))
    return _by_name(by, meant, _cte(both.distinct(), "both"), true())


def _among_members(by: Reader, meant: Meaning) -> Select[UserId]:
    """Whoever is here is asked for the name, and those who bear it for the day."""
    members = select(_cte(by.members, "members")).distinct()
    return _by_name(by, meant, _cte(members, "here"), meant.who)


def _by_name(by: Reader, meant: Meaning, found: CTE, who: ColumnElement[bool]) -> Select[UserId]:
    """Person by person, as everywhere here: a join might begin with everybody there is."""
    one = User.id == found.c.user_id
    name = select(User.name_order).where(one, who).scalar_subquery().label("name")
    born = select(User.born_on).where(one).scalar_subquery().label("born")
    named = _cte(select(found.c.user_id, name, born), "named")
    sorted_ = select(named.c.user_id.label("id")).where(named.c.name.is_not(None))
    order = (*_first(meant, named.c.name), named.c.name, named.c.born, named.c.user_id)
    return _who_belong(by, _cte(sorted_.order_by(*order), "people"))


def _among_bearers(by: Reader, meant: Meaning) -> Select[UserId]:
    bearers = _cte(meant.looked_up.distinct(), "bearers")
    sorted_ = select(User.id).join(bearers, bearers.c[0] == User.id)
    if meant.unlike is not None:
        sorted_ = sorted_.where(meant.unlike)
    return _who_belong(
        by, _cte(sorted_.order_by(*_first(meant, User.name_order), *ORDER), "people")
    )


def _who_belong(by: Reader, people: CTE) -> Select[UserId]:
    """Sorted first, so that no more are asked where they belong than are needed."""
    return select(people.c.id).where(_belongs(people.c.id, by.where))


def _along_the_register(by: Reader, meant: Meaning) -> Select[UserId]:
    where = and_(by.where, meant.who)
    people = select(User.id).where(_belongs(User.id, where)).order_by(*ORDER)
    return people if meant.within is None else people.where(meant.within)


def _first(meant: Meaning, place: SQLColumnExpression[str]) -> list[ColumnElement[int]]:
    return [meant.first(place)] if meant.first else []


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


@lru_cache(2)
def _is_shown(day: date) -> ColumnElement[bool]:
    """The stretch that counts on that day: the one begun last, else the first to come.

    Put together once a day: that costs more than asking it of a person.
    """
    other = aliased(Membership)
    same = select(other.id).where(other.user_id == Membership.user_id)
    later = same.where(other.since > Membership.since, other.since <= day).exists()
    earlier = same.where(other.since < Membership.since).exists()
    return or_(
        and_(Membership.since <= day, ~later),
        and_(Membership.since > day, ~earlier),
    )
