"""A filled index is the one that taking its essays would have made."""

from collections.abc import Iterator
from itertools import islice

import pytest
from sqlalchemy import Engine, inspect, select, text

from benchmarks import filling
from benchmarks.similarity import essays
from studyhub.similarity.comparison import Comparison
from studyhub.similarity.models import Bucket, Extent
from tests.databases import empty

FEW = 40


@pytest.fixture
def emptied(engine: Engine) -> Iterator[Engine]:
    """A database that has nothing of this afterwards."""
    yield engine
    with engine.begin() as connection:
        if inspect(connection).has_table("compared_text"):
            connection.execute(text("DROP TABLE compared_text"))
    empty(engine)


def held(engine: Engine) -> tuple[object, dict[int, bytes]]:
    with engine.connect() as connection:
        extent = tuple(connection.execute(select(Extent.buckets, Extent.entries)).one())
        rows = connection.execute(select(Bucket.number, Bucket.entries))
        return extent, {number: bytes(entries) for number, entries in rows}


def test_it_is_as_if_the_essays_had_been_taken(emptied: Engine) -> None:
    written = list(islice(essays(FEW), FEW))
    one_by_one = Comparison(emptied)
    for each in written:
        one_by_one.take({**each, "kind": "library"})
    taken = held(emptied)
    with emptied.begin() as connection:
        connection.execute(text("DROP TABLE compared_text"))
    empty(emptied)
    Comparison(emptied)

    filling.fill(emptied, [each["text"] for each in written], FEW)

    assert held(emptied) == taken


def test_what_is_taken_after_it_is_compared_with_it(emptied: Engine) -> None:
    *written, last = (each["text"] for each in essays(FEW))
    Comparison(emptied)
    filling.fill(emptied, written, 3 * FEW)

    given = {"id": "X", "kind": "essay", "round": "R", "text": f"{written[0]}\n{last}"}
    found = Comparison(emptied).take(given)

    assert found is not None
    assert "F1" in {match["src"] for match in found["matches"]}
