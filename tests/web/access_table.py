"""The access matrix as it is written down: `access.txt`, read into lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.web.province import PEOPLE

FILE = Path(__file__).with_name("access.txt")
VISITOR = "out"
COLUMNS = (VISITOR, *PEOPLE)
THE_PAGE = "(the page)"
BETWEEN = " · "

_THING, _ANSWER = 30, 6


@dataclass(frozen=True)
class Line:
    """One thing behind one address, and what each person is answered."""

    method: str
    rule: str
    thing: str
    answers: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Method and rule, as they head a part of the table."""
        return f"{self.method} {self.rule}"

    @property
    def name(self) -> str:
        """The whole of it, for a message."""
        return f"{self.address} {self.thing}"

    @property
    def room(self) -> str:
        """The first step of the address."""
        return self.rule.split("/")[1]

    @property
    def things(self) -> list[str]:
        """The thing for each place in the address, in order."""
        return [] if self.thing == THE_PAGE else self.thing.split(BETWEEN)

    def __str__(self) -> str:
        answers = "".join(answer.ljust(_ANSWER) for answer in self.answers)
        return f"  {self.thing.ljust(_THING)}{answers}".rstrip()


def lines() -> Iterator[Line]:
    """Every line of the table; remarks and the heads of the columns are passed over."""
    method = rule = ""
    for row in FILE.read_text("utf-8").splitlines():
        if row.startswith(("GET ", "POST ")):
            method, rule = row.split()
        elif row.startswith("  ") and rule:
            thing, answers = row[: _THING + 2].strip(), row[_THING + 2 :].split()
            yield Line(method, rule, thing, tuple(answers))
