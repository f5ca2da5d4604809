"""The units of the ward, its members, and who leads them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from benchmarks.town.rows import Rows
from benchmarks.town.words import name
from studyhub.accounts.models import NameTurn, User
from studyhub.kernel.actor import Post
from studyhub.kernel.vietnamese import fold, sort_key, turns
from studyhub.org.models import Appointment, Membership, Standing, Unit, UnitKind

SINCE = date(2020, 1, 1)


@dataclass(frozen=True)
class Member:
    """A person with the cell they belong to."""

    user_id: UUID
    cell_id: UUID
    cell_path: str
    standing: Standing
    leads: bool


@dataclass(frozen=True)
class Ward:
    """The root, its cells, its officer and all members, cell by cell."""

    root: dict[str, Any]
    cells: list[dict[str, Any]]
    officer_id: UUID
    members: list[Member]


def settle(rows: Rows, *, cells: int, members: int) -> Ward:
    """A party organization with cells right below it; each is led by its first two members."""
    root = unit(rows, None, "1/", "Đảng bộ phường Mẫu", children=cells)
    below = [unit(rows, root, f"1/{n}/", f"Chi bộ số {n}") for n in range(1, cells + 1)]
    officer_id = person(rows)
    appoint(rows, officer_id, root, Post.OFFICER)
    people = [member(rows, cell, place) for cell in below for place in range(members)]
    return Ward(root, below, officer_id, people)


def unit(
    rows: Rows, parent: dict[str, Any] | None, path: str, called: str, *, children: int = 0
) -> dict[str, Any]:
    """One more unit: a cell, unless others stand below it or it is the root."""
    return rows.add(
        Unit,
        id=rows.new_id(),
        parent_id=parent["id"] if parent else None,
        kind=UnitKind.CELL if parent and not children else UnitKind.PARTY_ORG,
        name=called,
        name_folded=fold(called),
        path=path,
        children_ever=children,
        since=SINCE,
    )


def member(rows: Rows, cell: dict[str, Any], place: int) -> Member:
    """One more member of a cell; the first two lead it."""
    user_id = person(rows)
    standing = Standing.PROBATIONARY if place % 12 == 11 else Standing.OFFICIAL
    rows.add(Membership, user_id=user_id, cell_id=cell["id"], standing=standing, since=SINCE)
    if place < 2:
        appoint(rows, user_id, cell, (Post.SECRETARY, Post.DEPUTY)[place])
    return Member(user_id, cell["id"], cell["path"], standing, leads=place < 2)


def person(rows: Rows) -> UUID:
    """Somebody, not a member of anything yet."""
    full_name, user_id = name(rows.dice), rows.new_id()
    rows.add(
        User,
        id=user_id,
        full_name=full_name,
        name_order=sort_key(full_name),
        name_folded=fold(full_name),
        born_on=date(rows.dice.randint(1940, 2005), rows.dice.randint(1, 12), 1),
        card_number=f"{user_id.int % 10**12:012}",
        email=f"{user_id.hex}@example.vn",
    )
    for place, turn in enumerate(turns(fold(full_name))):
        rows.add(NameTurn, user_id=user_id, place=place, turn=turn)
    return user_id


def appoint(rows: Rows, user_id: UUID, unit: dict[str, Any], post: Post) -> None:
    """Give somebody a post on the unit."""
    rows.add(Appointment, user_id=user_id, unit_id=unit["id"], post=post, since=SINCE)
