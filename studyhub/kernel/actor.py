"""Who acts: a value built once per request, known to every room."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class Post(StrEnum):
    """An office a person holds on a unit, valid on it and on all below it."""

    SECRETARY = "secretary"
    DEPUTY = "deputy"
    COMMITTEE_MEMBER = "committee_member"
    OFFICER = "officer"
    OVERSEER = "overseer"
    ADMIN = "admin"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A signed-in person with the offices held today.

    A territory is a path prefix in the tree of units ("1/4/"), so that Python
    and SQL agree on what "within" means.
    """

    user_id: UUID
    today: date
    territories: dict[Post, tuple[str, ...]] = field(default_factory=dict)
    inherited: dict[Post, tuple[str, ...]] = field(default_factory=dict)
    """Where those units stood that the units of these posts have taken the place of."""
    home: str = ""
    """The path of the cell the person belongs to today; "" when none."""
    summoned_to: frozenset[UUID] = frozenset()
    """The rounds on whose list the person stands."""
    hosting: frozenset[UUID] = frozenset()
    """The rounds that ask something of guests of the cells the person leads."""
    substitutes: tuple[str, ...] = ()
    """The paths of cells whose absent secretary the person stands in for today, with a reason."""
    substitutes_on: frozenset[UUID] = frozenset()
    """The same of single essays."""
    unread: int = 0
    """How many notices the person has not looked at."""

    def territory(self, *posts: Post) -> tuple[str, ...]:
        """The paths over which any of these posts is held, those of predecessors last."""
        inherited = (path for post in posts for path in self.inherited.get(post, ()))
        return (*self.seats(*posts), *inherited)

    def seats(self, *posts: Post) -> tuple[str, ...]:
        """The paths of the units on which any of these posts is held itself."""
        return tuple(path for post in posts for path in self.territories.get(post, ()))

    def holds(self, *posts: Post) -> bool:
        """Whether any of these posts is held, anywhere."""
        return bool(self.seats(*posts))
