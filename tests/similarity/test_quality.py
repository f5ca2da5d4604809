"""How well it finds: essays of the demonstration's sentences, of which all copying is known.

The floors lie a little below what was measured: whoever changes how it is
found sees here what that costs.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from studyhub.similarity.comparison import Comparison
from tests.databases import empty
from tests.similarity.labelled import Case, Labelled, made
from tests.similarity.measures import Measures, measured


@pytest.fixture
def comparison(engine: Engine) -> Iterator[Comparison]:
    """One that has taken nothing yet."""
    yield Comparison(engine)
    with engine.begin() as connection:
        if inspect(connection).has_table("compared_text"):
            connection.execute(text("DROP TABLE compared_text"))
    empty(engine)


def test_copying_and_quoting_are_found_and_little_else(comparison: Comparison) -> None:
    given, essays = made()

    found = {one["id"]: told for one in given if (told := comparison.take(one))}

    got = measured(essays, found)
    assert got.plagdet >= 0.90, got
    assert got.pairs >= 0.96, got
    assert got.highlighting >= 0.96, got
    assert got.quotations >= 0.94, got
    assert got.false_alarms <= 0.01, got
    assert got.granularity <= 1.1, got


ESSAY = Labelled(
    "E2", "a" * 300, copied=[Case("E1", (0, 100), (50, 150))], quoted=[Case("D", (200, 250))]
)
CLEAN = Labelled("E3", "a" * 300, quoted=[Case("D", (0, 50))])


def told(essays: Sequence[tuple[str, Any, Any]]) -> Measures:
    found = {name: {"matches": matches, "quotes": quotes} for name, matches, quotes in essays}
    return measured([ESSAY, CLEAN], found)


def match(source: str, susp: tuple[int, int], span: tuple[int, int] = (0, 0)) -> dict[str, Any]:
    return {"src": source, "susp": susp, "src_span": span}


def test_all_found_and_nothing_else_is_all_there_is() -> None:
    got = told([
        ("E2", [match("E1", (0, 100), (50, 150))], [match("D", (200, 250))]),
        ("E3", [], [match("D", (0, 50))]),
    ])  # fmt: skip

    assert got == Measures(1, 1, 1, 1, 1, 0)


def test_what_is_missed_split_or_marked_wrongly_costs() -> None:
    got = told([
        ("E2", [match("E1", (0, 25), (50, 75)), match("E1", (50, 75), (100, 125))], []),
        ("E3", [match("E1", (100, 200), (0, 100))], [match("D", (0, 50))]),
    ])  # fmt: skip

    assert got.granularity == 2
    assert got.pairs == pytest.approx(2 / 3)
    assert got.highlighting == pytest.approx(2 * 50 / (150 + 100))
    assert got.quotations == pytest.approx(2 * 50 / (50 + 100))
    assert got.false_alarms == 1
    recall, precision = 0.5, 2 / 3
    harmony = 2 * recall * precision / (recall + precision)
    assert got.plagdet == pytest.approx(harmony / 1.584962, rel=1e-5)
