"""`./dev bench --similarity`: CPU and bytes of index per essay, and memory, by how many there are.

Each size is a process of its own, so that its memory is what it took. The
essays are made up: words as uneven as in a language, phrases that everybody
uses, the same beginning and end, and every tenth copies a third of another.
`--large`: a database that is filled as 200,000 essays would fill it, though
none of those is compared (`filling`), and a few more that are.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import accumulate, islice
from math import log
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, text

from benchmarks.databases import served
from benchmarks.filling import fill
from studyhub.kernel import sqlite
from studyhub.similarity.comparison import Comparison

SIZES = (2_000, 20_000)
FILLED = (("sqlite", 2_000), ("sqlite", 200_000), ("postgres", 20_000))
MILLION = 1_000_000
SYLLABLES = 1000
LOOKED_AT = 500
"""The last essays of a size are those whose time is told."""

WRITTEN, COMPARED = 2_000, 300
"""Of a filled database: essays the filler is drawn after, and those compared after it."""

GOALS = "goals: CPU ≤ 40 ms at 2,000, ≤ 80 at 200,000, ≤ 150 at 1,000,000; index ≤ 2.5 kB; < 500 MB"
ONSETS = "b ch d g h kh l m n ng nh ph s t th tr v".split()
RIMES = "a an ang anh ao ap au e en inh ich o on ong oi u un ung uong uy iem ien iet ieu".split()


def measure(*, large: bool) -> None:
    """Print a line for each size, and what they say about a million."""
    print(GOALS, flush=True)
    cost = dict(_filled()) if large else {size: _told("compare", size) for size in SIZES}
    small, big = min(cost), max(cost)
    steps = (MILLION / big) ** _growth(cost[small], cost[big], big / small)
    print(f"by the same growth, 1,000,000 essays: {cost[big] * steps:.1f} ms CPU per essay")


def _filled() -> Iterator[tuple[int, float]]:
    """Databases filled without comparing, and what a few more essays cost there."""
    print(f"filled, not compared, but for {COMPARED} essays after it:", flush=True)
    for kind, size in FILLED:
        with (
            tempfile.TemporaryDirectory(prefix="studyhub-bench-") as folder,
            served(kind, Path(folder)) as database,
        ):
            _run("fill", size, database.url)
            taken = _told("more", size, database.url)
        if kind == "sqlite":
            yield size, taken


def _told(deed: str, size: int, *rest: str) -> float:
    """Print what a process of its own found; the milliseconds in it."""
    line = _run(deed, size, *rest)
    print(line, flush=True)
    return float(line.split(" ms")[0].split()[-1])


def _run(deed: str, size: int, *rest: str) -> str:
    command = [sys.executable, "-m", "benchmarks.similarity", deed, str(size), *rest]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def _growth(before: float, after: float, times: float) -> float:
    """The power with which the cost grows; never told as shrinking."""
    return max(0.0, log(after / before) / log(times))


def compare(size: int) -> str:
    """Compare so many essays one after the other; what the last of them took."""
    with tempfile.TemporaryDirectory(prefix="studyhub-bench-") as folder:
        return _taken(f"sqlite:///{folder}/compare.db", essays(size), size)


def fill_up(size: int, url: str) -> str:
    """Fill a database as so many essays would."""
    engine = _engine(url)
    Comparison(engine)
    fill(engine, [given["text"] for given in essays(WRITTEN)], size)
    engine.dispose()
    return ""


def compare_more(size: int, url: str) -> str:
    """Compare a few more essays in a filled database; what they took."""
    more = islice(essays(WRITTEN + COMPARED), WRITTEN, None)
    return _taken(url, more, size + COMPARED)


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    sqlite.prepare(engine)
    return engine


def _taken(url: str, given: Iterator[Mapping[str, Any]], size: int) -> str:
    engine = _engine(url)
    comparison = Comparison(engine)
    found = (comparison.take(each) for each in given)
    last = sorted([each["cpu_ms"] for each in found if each][-LOOKED_AT:])
    bytes_each = _index_bytes(engine) / size
    engine.dispose()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    median, mean, late = last[len(last) // 2], sum(last) / len(last), last[len(last) * 95 // 100]
    return (
        f"{size:>9,} essays, {engine.dialect.name}: {median:.1f} ms CPU per essay "
        f"(mean {mean:.1f}, p95 {late:.1f}), "
        f"index {bytes_each:,.0f} bytes per essay, {memory} MB at most"
    )


def _index_bytes(engine: Engine) -> int:
    """What the buckets take on disk, half-empty pages included; the texts are not the index."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            whole = text("SELECT pg_total_relation_size('similarity_bucket')")
            return int(connection.execute(whole).scalar_one())
    with engine.connect() as connection:
        connection.execute(text("DROP TABLE compared_text"))
        connection.commit()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        free, whole, page = (
            connection.execute(text(f"PRAGMA {what}")).scalar_one()
            for what in ("freelist_count", "page_count", "page_size")
        )
    return int((whole - free) * page)


def essays(count: int) -> Iterator[Mapping[str, Any]]:
    """Made-up essays, always the same."""
    by = random.Random(7)
    words = [" ".join(by.choice(ONSETS) + by.choice(RIMES) for _ in range(2)) for _ in range(9000)]
    shares = list(accumulate(1 / (place + 3) for place in range(len(words))))
    phrases = [_written(by, words, shares, by.randint(3, 9)) for _ in range(3000)]
    formula = _written(by, words, shares, 20), _written(by, words, shares, 25)
    earlier: list[str] = []
    for number in range(count):
        own = _body(by, words, shares, phrases)
        if earlier and by.random() < 0.1:
            source = by.choice(earlier)
            own = own[: len(own) * 2 // 3] + source[: len(source) // 3]
        if len(earlier) < 2000:
            earlier.append(own)
        told = f"{formula[0]}.\n{own}\n{formula[1]}."
        yield {"id": f"E{number}", "kind": "essay", "round": "R", "text": told}


def _body(by: random.Random, words: list[str], shares: list[float], phrases: list[str]) -> str:
    told: list[str] = []
    length = 0
    while length < SYLLABLES:
        piece = by.choice(phrases) if by.random() < 0.25 else _written(by, words, shares, 6)
        told.append(piece + by.choice((",", ".", ".\n", "")))
        length += piece.count(" ") + 1
    return " ".join(told)


def _written(by: random.Random, words: list[str], shares: list[float], count: int) -> str:
    return " ".join(by.choices(words, cum_weights=shares, k=count))


if __name__ == "__main__":
    os.nice(5)
    deed, size_, *url_ = sys.argv[1:]
    told = {"compare": compare, "fill": fill_up, "more": compare_more}[deed]
    print(told(int(size_), *url_))  # type: ignore[operator]
