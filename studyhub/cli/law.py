"""Prints who may do what, as `docs/who-may-do-what.md` has it (developers)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import click

from studyhub.access.law import TIES, Answer, law
from studyhub.kernel.actor import Post
from studyhub.settings import ROOT
from studyhub.web.org.blueprint import POSTS

MATRIX = ROOT / "tests" / "web" / "access.txt"
MARKS = {Answer.YES: "●", Answer.AT_TIMES: "○", Answer.NO: ""}
REFUSED = frozenset({"-", "in", "401", "403", "405"})
VISITOR = "out"
KINDS: Mapping[str, Sequence[str]] = {
    "members": ("An", "Lan", "Hoa", "Mai"),
    POSTS[Post.COMMITTEE_MEMBER]: ("Kien",),
    POSTS[Post.SECRETARY]: ("Binh", "Chi"),
    POSTS[Post.DEPUTY]: ("Giang",),
    POSTS[Post.OVERSEER]: ("Quyen", "Phuc"),
    POSTS[Post.OFFICER]: ("Dung", "Nam"),
    POSTS[Post.ADMIN]: ("Em",),
}
"""The people of the access matrix by what they are."""

HEAD = """\
# Who may do what

Printed by `flask --app wsgi office law`; `tests/cli/test_law.py` compares the two. The acts and
their sentences stand in `studyhub/access/policy`, and the marks come from asking it. The
addresses come from the access matrix, `tests/web/access.txt`: there every address is answered to
everybody, for things within their branch and beside it.

A post counts for its unit and for all units in it, and nowhere beside it. ● may; ○ may at times,
and the sentence says when; nothing: may not. To a stranger a thing does not exist (404); whoever
may see it, but not do that, is told so (403).
"""
ADDRESSES = """
## Every address

Who is let in, where the thing is within their branch.
"""


@click.command("law")
def print_law() -> None:
    """Print who may do what, for the documents (developers)."""
    click.echo(markdown(), nl=False)


def markdown() -> str:
    """The whole document."""
    lines = [HEAD, *_acts(), ADDRESSES, "| address | who |", "| --- | --- |"]
    lines += [f"| `{address}` | {_said(let_in)} |" for address, let_in in _let_in().items()]
    return "\n".join(lines) + "\n"


def _acts() -> Iterator[str]:
    names = [*TIES.values(), *POSTS.values()]
    for section, acts in law():
        yield f"## {section}\n"
        yield f"| act | the law | {' | '.join(names)} |"
        yield "| --- | --- |" + " :-: |" * len(names)
        for act in acts:
            marks = " | ".join(MARKS[answer] for answer in act.answers.values())
            yield f"| {act.title} (`{act.name}`) | {act.sentence} | {marks} |"
        yield ""


def _let_in() -> dict[str, set[str]]:
    """Everybody who is let in at each address of the matrix, whatever is behind it."""
    people: list[str] = []
    found: dict[str, set[str]] = defaultdict(set)
    address = ""
    for row in MATRIX.read_text("utf-8").splitlines():
        if row.startswith(("GET ", "POST ")):
            address = row
        elif row.startswith("  ") and not people:
            people = row.split()
        elif row.startswith("  "):
            answers = row.split()[-len(people) :]
            let_in = zip(people, answers, strict=True)
            found[address] |= {person for person, answer in let_in if answer not in REFUSED}
    return found


def _said(let_in: set[str]) -> str:
    if VISITOR in let_in:
        return "anybody"
    kinds = [kind.lower() for kind, people in KINDS.items() if let_in & {*people}]
    return "everybody who is signed in" if len(kinds) == len(KINDS) else ", ".join(kinds)
