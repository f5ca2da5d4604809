"""`./dev bench`: measures StudyHub as people would use it, and prints what it saw.

It asserts nothing about time: machines differ, and are busy. Compare the CPU
per request and its ratio to the control, a file that has not changed, rather
than requests per second.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import (
    databases,
    desk,
    first_load,
    following,
    library,
    photos,
    piles,
    province,
    register,
    roster,
    scene,
    server,
    session,
    similarity,
    table,
    town,
)
from benchmarks.asked import parser
from benchmarks.beginners import let_begin
from benchmarks.databases import Database
from benchmarks.deeds import DEEDS, Deed, Visitors, control
from benchmarks.first_load import Load
from benchmarks.load import Call, Result, drive, warm_up
from benchmarks.scene import Scene
from benchmarks.server import Server
from benchmarks.table import Measured
from benchmarks.visitors import Visitor, welcome
from studyhub.models import Base

CONTROL_SECONDS = 1.0
SUPPLY = 100
"""Drafts for each client."""

FEW = 10
"""Fewer than so many for each are too few."""


def main(words: Sequence[str]) -> int:
    """Measure what was asked for."""
    chosen = parser().parse_args(words)
    if not sys.platform.startswith("linux"):
        print("The CPU time of the server is read from /proc: run this on Linux.")
        return 2
    kinds = databases.KINDS if chosen.database == "both" else (chosen.database,)
    load = ", ".join(f"{average:.1f}" for average in os.getloadavg())
    print(f"{os.cpu_count()} cores, load {load}; {chosen.clients} clients, {chosen.seconds} s each")
    if chosen.similarity:
        similarity.measure(large=chosen.large)
        return 0
    for kind in kinds:
        if chosen.photos or chosen.piles:
            _papers(kind, chosen)
        elif chosen.roster:
            _roster(kind)
        else:
            _on(kind, chosen)
    return 0


def _on(kind: str, chosen: argparse.Namespace) -> None:
    if chosen.register:
        _registers(kind, chosen)
    elif chosen.session or chosen.following:
        _session(kind, chosen)
    elif chosen.library:
        _library(kind, chosen)
    elif chosen.desk:
        _desks(kind, chosen)
    else:
        if not chosen.large_only:
            _on_demonstration(kind, chosen)
        _on_town(kind, chosen)


def _papers(kind: str, chosen: argparse.Namespace) -> None:
    what = "Ten photos over a slow line" if chosen.photos else "A pile of scanned papers"
    print(f"\n{what}, on {kind}", flush=True)
    with _folder() as folder, databases.served(kind, folder) as database:
        (photos if chosen.photos else piles).measure(folder, database)


def _roster(kind: str) -> None:
    print(f"\n25,000 members from a list while others work, on {kind}", flush=True)
    with _folder() as folder, databases.served(kind, folder) as database:
        roster.measure(folder, database)


def _session(kind: str, chosen: argparse.Namespace) -> None:
    part = following if chosen.following else session
    print(f"\n{part.WHAT}, on {kind}", flush=True)
    with _folder() as folder, databases.served(kind, folder) as database:
        part.measure(folder, database, clients=chosen.clients, seconds=chosen.seconds)


def _library(kind: str, chosen: argparse.Namespace) -> None:
    print(f"\n{library.DOCUMENTS} documents of {library.PARTS} parts, on {kind}", flush=True)
    with _folder() as folder, databases.served(kind, folder) as database:
        with database.engine() as engine:
            Base.metadata.create_all(engine)
            town.settle(engine, town.Size(cells=2, rounds=1))
            scene.open_doors(engine)
            who = library.fill(engine)
        with server.running(folder, database) as running:
            visitors, nothing = welcome(running.port, [who], clients=2), Scene(drafts=[])
            rows = [_row(running, d, nothing, visitors, chosen) for d in library.deeds(who)]
            print(table.figures(rows))


def _on_demonstration(kind: str, chosen: argparse.Namespace) -> None:
    with _folder() as folder, databases.served(kind, folder) as database:
        print(f"\nThe demonstration, on {kind}", flush=True)
        trouble = server.prepare_demonstration(folder, database)
        if trouble:
            print(f"could not be set up: {trouble}")
        else:
            _measure(folder, database, chosen)


def _on_town(kind: str, chosen: argparse.Namespace) -> None:
    with _folder() as folder, databases.served(kind, folder) as database:
        size = town.Size()
        print(f"\n{size}, on {kind}", flush=True)
        with database.engine() as engine:
            Base.metadata.create_all(engine)
            town.settle(engine, size)
        _measure(folder, database, chosen)


def _registers(kind: str, chosen: argparse.Namespace) -> None:
    for size in province.SIZES:
        if not chosen.members or size.members in chosen.members:
            _on_province(kind, size, chosen)


def _on_province(kind: str, size: province.Size, chosen: argparse.Namespace) -> None:
    print(f"\n{size}, on {kind}", flush=True)
    with _folder() as folder, databases.served(kind, folder) as database:
        with database.engine() as engine:
            Base.metadata.create_all(engine)
        for cost in register.imports(database, size):
            print(f"{cost.step}: {cost.seconds:.1f} s CPU", flush=True)
    with _folder() as folder, databases.served(kind, folder) as database:
        with database.engine() as engine:
            Base.metadata.create_all(engine)
            province.settle(engine, size)
            scene.open_doors(engine)
            names = register.cast(engine)
            deeds = list(register.deeds(engine, names))
        with server.running(folder, database) as running:
            visitors = welcome(running.port, names, clients=2)
            nothing = Scene(drafts=[])
            print(table.figures([_row(running, d, nothing, visitors, chosen) for d in deeds]))


def _desks(kind: str, chosen: argparse.Namespace) -> None:
    print(f"\nopening the next essay, on {kind}; {desk.GOAL}", flush=True)
    for size in chosen.waiting or desk.SIZES:
        with _folder() as folder, databases.served(kind, folder) as database:
            with database.engine() as engine:
                Base.metadata.create_all(engine)
                desk.fill(engine, size)
            with server.running(folder, database) as running:
                visitors = welcome(running.port, [desk.SOME, desk.ALL], clients=1)
                for who, name in (("25 of them", desk.SOME), ("all of them", desk.ALL)):
                    opened = desk.opening(running, visitors[name], chosen.seconds)
                    print(desk.told(size, who, opened), flush=True)


def _measure(folder: Path, database: Database, chosen: argparse.Namespace) -> None:
    with database.engine() as engine:
        scene.open_doors(engine)
        seen = scene.look(engine, drafts=SUPPLY * chosen.clients)
        if len(seen.drafts) < FEW * chosen.clients:
            let_begin(engine, at_most=SUPPLY * chosen.clients)
            seen = scene.look(engine, drafts=SUPPLY * chosen.clients)
    with server.running(folder, database) as running:
        visitors = welcome(running.port, seen.cast, clients=chosen.clients)
        idle = running.memory()
        if not chosen.only or "first-load" in chosen.only:
            print(table.loads(list(_loads(running, seen, visitors))))
            print(f"goal {first_load.GOAL}\n")
        rows = [_row(running, deed, seen, visitors, chosen) for deed in _deeds(chosen)]
        print(table.figures(rows))
        print(
            f"\nmemory: {idle:.0f} MB idle (goal ≤ 250), {running.memory():.0f} MB after all this"
        )


def _deeds(chosen: argparse.Namespace) -> list[Deed]:
    return [deed for deed in DEEDS if not chosen.only or deed.name in chosen.only]


def _row(
    running: Server, deed: Deed, seen: Scene, visitors: Visitors, chosen: argparse.Namespace
) -> Measured:
    supplies = deed.supplies(seen, visitors, chosen.clients)
    warm_up(running.port, supplies, deed.warm_up)
    still = control(running.port, chosen.clients)
    _, compared = _costs(running, still, CONTROL_SECONDS)
    result, cpu = _costs(running, supplies, chosen.seconds)
    return Measured(deed, result, cpu, compared)


def _costs(
    running: Server, supplies: Sequence[Iterator[Call]], seconds: float
) -> tuple[Result, float]:
    """What came back, and the seconds of CPU that one request took."""
    before = running.cpu_seconds()
    result = drive(running.port, supplies, seconds=seconds)
    used = running.cpu_seconds() - before
    return result, used / max(1, len(result.times))


def _loads(
    running: Server, seen: Scene, visitors: Mapping[str, Visitor]
) -> Iterator[tuple[Load, Load]]:
    for page in first_load.pages(seen, visitors):
        gzip, brotli = (
            first_load.measure(running.port, *page, encoding) for encoding in first_load.ENCODINGS
        )
        yield gzip, brotli


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="studyhub-bench-") as folder:
        yield Path(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
