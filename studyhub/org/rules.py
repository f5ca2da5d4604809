"""What may stand below what, and which post fits which kind of unit. Pure."""

from datetime import date

from studyhub.kernel.actor import Post
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.org.models import Dated, UnitKind

LEADING = (Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER)
"""Posts in a cell, held by its own members."""

STANDING_OVER = (Post.OFFICER, Post.OVERSEER, Post.ADMIN)
"""Posts over a unit and all below it, held by anybody."""

BELOW: dict[UnitKind, tuple[UnitKind, ...]] = {
    UnitKind.PARTY_ORG: (UnitKind.CELL, UnitKind.PARTY_ORG, UnitKind.SECTION),
    UnitKind.SECTION: (UnitKind.CELL, UnitKind.SECTION),
    UnitKind.CELL: (UnitKind.GROUP,),
    UnitKind.GROUP: (),
}
"""The kinds of units that may be founded below a unit, the most usual first."""

POSTS: dict[UnitKind, tuple[Post, ...]] = {
    UnitKind.PARTY_ORG: STANDING_OVER,
    UnitKind.SECTION: STANDING_OVER,
    UnitKind.CELL: (*LEADING, *STANDING_OVER),
    UnitKind.GROUP: (),
}
"""The posts there are on each kind of unit, in the order of rank."""

RANK = {post: rank for rank, post in enumerate(Post)}


def require_order(since: date, until: date | None) -> None:
    """A thing ends on the day it begins at the earliest."""
    if until is not None and until < since:
        raise Unfit(
            N_("The last day must not be before the first, %(since)s."),
            about="until",
            since=said(since),
        )


def require_valid(thing: Dated, since: date, *, about: str = "since") -> None:
    """Nothing begins on a unit that is not there yet on that day, or has ended since."""
    if since < thing.since:
        raise Unfit(
            N_("The unit exists only since %(since)s. Choose that day or a later one."),
            about=about,
            since=said(thing.since),
        )
    if thing.until is not None:
        raise Unfit(
            N_("The unit existed only until %(until)s."), about=about, until=said(thing.until)
        )


def said(day: date) -> str:
    """A day as it stands in a refusal."""
    return f"{day:%d/%m/%Y}"
