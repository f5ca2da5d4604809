"""What a reviewer may see, put together once for each: building it costs more than asking it."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, and_

from studyhub.access import scope
from studyhub.kernel.actor import Actor
from studyhub.review.assigning import assigned_to
from studyhub.review.queue import Show, Sieve
from studyhub.web.request import actor

PEOPLE = 500
"""So many are remembered; statements made from what they may see are remembered with it."""


@dataclass(frozen=True, eq=False)
class Sight:
    """The essays one may judge, those one may mark now, and the same asked one by one."""

    judged: ColumnElement[bool]
    marked: ColumnElement[bool]
    each: ColumnElement[bool]
    assigned: ColumnElement[bool]
    assigned_each: ColumnElement[bool]

    def wanted(self, sieve: Sieve) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """The essays to mark among which the sieve chooses, and the same asked one by one."""
        if sieve.show is Show.MINE:
            return self.assigned, self.assigned_each
        return self.marked, self.each


class _Who:
    """Somebody with the posts held: all that the law asks about."""

    def __init__(self, who: Actor) -> None:
        self.actor = who
        held = (tuple(sorted(of.items())) for of in (who.territories, who.inherited))
        self._told = (who.user_id, *held, who.substitutes, who.substitutes_on)

    def __hash__(self) -> int:
        return hash(self._told)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Who) and self._told == other._told


def sight() -> Sight:
    """Of the person who asks."""
    return _sight(_Who(actor()))


@lru_cache(PEOPLE)
def _sight(who: _Who) -> Sight:
    marked = scope.markable_essays(who.actor)
    each = scope.markable_essays(who.actor, one_by_one=True)
    mine = assigned_to(who.actor.user_id)
    return Sight(
        scope.judgeable_essays(who.actor), marked, each, and_(marked, mine), and_(each, mine)
    )
