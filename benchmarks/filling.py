"""Fills an index as so many essays would, without comparing them: minutes instead of hours.

The first essays are made up as text (`similarity.essays`). What later ones
would add is drawn from the seeds those have (Simon, “On a Class of Skew
Distribution Functions”, Biometrika 1955): a seed is one that nobody had with a
probability that falls as it did among the texts (Heaps' law), else one of those
remembered already, the likelier the more have it. The buckets come out as if
the essays had been taken one by one.
"""

import random
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log
from zlib import compress

from sqlalchemy import Engine, MetaData, Table, insert

from studyhub.similarity.models import Bucket, Extent
from studyhub.similarity.postings import FIRST, FULL, MOST, NUMBER_BITS, bucket_of, packed
from studyhub.similarity.reading import read
from studyhub.similarity.seeds import SMALL, seeds

AT_ONCE = 2_000


@dataclass(frozen=True)
class Growth:
    """How many seeds an essay has, and the share nobody had, after so many essays."""

    each: int
    new: float
    after: int
    power: float

    def new_at(self, number: int) -> float:
        """The share of an essay's seeds that no earlier one has."""
        return float(self.new * (max(number, 1) / self.after) ** -self.power)


def fill(engine: Engine, texts: Sequence[str], size: int) -> None:
    """Put the index of so many essays, and texts for them, into a database without essays."""
    entries = _entries(texts, size)
    count = sum(len(part) for part in entries)
    buckets = max(FIRST, -(-count // FULL))
    with engine.begin() as connection:
        connection.execute(
            insert(Extent.__table__),  # type: ignore[arg-type]
            {"id": 1, "buckets": buckets, "entries": count},
        )
        for part, kept in enumerate(entries):
            held = _by_bucket(part, kept, buckets)
            rows = [{"number": number, "entries": packed(these)} for number, these in held.items()]
            connection.execute(insert(Bucket.__table__), rows)  # type: ignore[arg-type]
        packed_texts = [compress(text.encode(), 1) for text in texts]
        table = Table("compared_text", MetaData(), autoload_with=connection)
        for first in range(1, size + 1, AT_ONCE):
            connection.execute(
                insert(table),
                [
                    {"number": n, "name": b"F%d" % n, "text": packed_texts[(n - 1) % len(texts)]}
                    for n in range(first, min(first + AT_ONCE, size + 1))
                ],
            )


def _entries(texts: Sequence[str], size: int) -> list["array[int]"]:
    """What the index remembers, in 256 parts by the lowest byte of the seeds, each in order."""
    parts = [array("Q") for _ in range(FIRST)]
    for number, of_it in enumerate(_seeds(texts, size), start=1):
        for seed in of_it:
            parts[seed % FIRST].append(seed >> 8 << NUMBER_BITS | number)
    for place, part in enumerate(parts):
        parts[place] = array("Q", _earliest(sorted(part)))
    return parts


def _earliest(entries: Iterable[int]) -> Iterator[int]:
    """No more of a seed than the index remembers."""
    last, had = -1, 0
    for entry in entries:
        seed = entry >> NUMBER_BITS
        had = had + 1 if seed == last else 1
        last = seed
        if had <= MOST:
            yield entry


def _by_bucket(part: int, entries: Iterable[int], buckets: int) -> Mapping[int, "array[int]"]:
    held: dict[int, array[int]] = {
        number: array("Q") for number in range(part, buckets, FIRST)
    }  # empty ones too: each bucket is a row
    last, into = -1, held[part]
    for entry in entries:
        if entry >> NUMBER_BITS != last:
            last = entry >> NUMBER_BITS
            into = held[bucket_of(last << 8 | part, buckets)]
        into.append(entry)
    return held


def _seeds(texts: Sequence[str], size: int) -> Iterator[set[int]]:
    """The seeds of so many essays: of the texts, then of those nobody wrote."""
    known: defaultdict[int, int] = defaultdict(int)
    pool, shares, each = array("I"), list[float](), 0
    for text in islice(texts, size):
        of_it = {seed for *_, seed in seeds(read(text).syllables)}
        shares.append(sum(seed not in known for seed in of_it) / len(of_it))
        for seed in of_it:
            known[seed] += 1
        pool.extend(of_it)
        each += len(of_it)
        yield of_it
    if size > len(texts):
        yield from _drawn(pool, _growth(shares, each // len(texts)), len(texts), size)


def _growth(shares: Sequence[float], each: int) -> Growth:
    quarter = len(shares) // 4
    early = sum(shares[quarter : 2 * quarter]) / quarter
    late = sum(shares[3 * quarter :]) / len(shares[3 * quarter :])
    return Growth(each, late, len(shares) * 7 // 8, max(0.0, log(early / late) / log(7 / 3)))


def _drawn(pool: "array[int]", growth: Growth, first: int, size: int) -> Iterator[set[int]]:
    by = random.Random(11)
    any_of, number = by.random, by.getrandbits
    for place in range(first, size):
        new = round(growth.each * growth.new_at(place))
        had = len(pool)
        drawn = [pool[int(any_of() * had)] for _ in range(growth.each - new)]
        drawn += [number(32) & SMALL for _ in range(new)]
        pool.extend(drawn)
        yield set(drawn)
