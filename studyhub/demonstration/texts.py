"""Reads what was written for the demonstration: members, documents, essays, comments."""

import csv
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
EXEMPT = frozenset({35, 60, 92})
DRAFTS = frozenset({13, 21, 27, 40, 50, 58, 73, 82, 90, 94})
RETURNED = frozenset({7, 20, 29, 36, 44, 57, 70, 76, 81, 96})


@dataclass(frozen=True, kw_only=True)
class Person:
    """One line of the roster."""

    number: int
    name: str
    born: date
    card: str
    cell: str
    post: str
    official: date | None
    admitted: date
    exempt_since: date | None
    email: str
    phone: str


@dataclass(frozen=True)
class Remark:
    """A comment on a paragraph: part and paragraph counted from one, as in the file."""

    part: int
    paragraph: int
    text: str


def roster() -> list[Person]:
    """The 96 members, in the order of the list."""
    with (HERE / "members.tsv").open(encoding="utf-8") as file:
        return [_person(row) for row in csv.DictReader(file, delimiter="\t")]


def document(number: int) -> str:
    """The sample document of a round, as text."""
    return (HERE / "documents" / f"round-{number}.md").read_text("utf-8")


def essays(number: int) -> Mapping[int, Sequence[str]]:
    """The three parts of each essay of a round, by the member's number."""
    text = (HERE / "essays" / f"round-{number}.md").read_text("utf-8")
    found = {}
    for block in re.split(r"^# ", text, flags=re.MULTILINE)[1:]:
        head, *parts = re.split(r"^## I+\s*$", block, flags=re.MULTILINE)
        found[int(head.split()[0])] = [part.strip() for part in parts]
    return found


def comments() -> Mapping[int, Sequence[Remark]]:
    """The comments written on essays of the third round, by the author's number."""
    found: dict[int, list[Remark]] = defaultdict(list)
    with (HERE / "comments.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            remark = Remark(int(row["part"]), int(row["paragraph"]), row["text"])
            found[int(row["number"])].append(remark)
    return found


def remarks() -> Sequence[str]:
    """Overall remarks that fit any accepted essay."""
    return (HERE / "remarks.txt").read_text("utf-8").splitlines()


def _person(row: Mapping[str, str]) -> Person:
    return Person(
        number=int(row["number"]),
        name=row["name"],
        born=date.fromisoformat(row["born"]),
        card=row["card"],
        cell=row["cell"],
        post=row["post"],
        admitted=date.fromisoformat(row["admitted"]),
        official=date.fromisoformat(row["official"]) if row["official"] else None,
        exempt_since=date.fromisoformat(row["exempt"]) if row["exempt"] else None,
        email=row["email"],
        phone=row["phone"],
    )
