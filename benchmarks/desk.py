"""`./dev bench --desk`: opening the next essay to review, by how many wait.

Of each size twice: for a secretary who has 25 of them, and for one person who has them all.
The pages are opened one after the other, as a reviewer does, by the way to the next one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from benchmarks.load import Answer, Call, Result, drive
from benchmarks.scene import open_doors
from benchmarks.server import Server
from benchmarks.town.rows import Rows
from benchmarks.town.words import essay as drawn_essay
from benchmarks.visitors import Visitor
from studyhub.accounts.models import User
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.essays.text import content_hash, length
from studyhub.kernel.actor import Post
from studyhub.kernel.clock import SystemClock
from studyhub.kernel.sqlite import WRITES
from studyhub.org.models import Appointment, Unit, UnitKind
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound

SIZES = (100, 10_000, 100_000)
OF_A_CELL = 25
TEXTS = 20
GOAL = "goal: ≤ 15 ms CPU, ≤ 200 ms"
ALL, SOME = "000000000001", "000000000002"
"""The card numbers of the two who read."""

LONG_AGO = date(2020, 1, 1)
_NEXT = re.compile(r'data-key="n" href="([^"]+)"')


@dataclass(frozen=True)
class Opened:
    """What it took to open one essay after the other."""

    cpu: float
    result: Result


def fill(engine: Engine, size: int) -> None:
    """So many essays wait, 25 in each cell; nothing else is there."""
    rows, now = Rows(), SystemClock().now()
    root = _unit(rows, "1/", UnitKind.PARTY_ORG, None)
    reader, secretary = _person(rows, ALL), _person(rows, SOME)
    round_ = _round(rows, root, reader, now)
    parts = [_parts(rows) for _ in range(TEXTS)]
    for number in range(size // OF_A_CELL):
        cell = _unit(rows, f"1/{number + 1}/", UnitKind.CELL, root["id"])
        if number == 0:
            _post(rows, secretary, cell)
        for place in range(OF_A_CELL):
            waits = now - timedelta(minutes=rows.dice.randrange(20_000))
            _essay(rows, round_, cell, parts[(number + place) % TEXTS], waits)
    _post(rows, reader, root)
    with Session(engine) as db:
        db.connection(execution_options={WRITES: True})
        rows.insert(db)
        db.commit()
    open_doors(engine)
    if engine.dialect.name == "postgresql":  # as autovacuum does after so many rows
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))


def opening(running: Server, visitor: Visitor, seconds: float) -> Opened:
    """One essay after the other, for so long."""
    first: list[Answer] = []
    drive(running.port, [iter([_seen(visitor.get("/review/"), first)])], seconds=seconds)
    path = _beginning(first[0].text)
    drive(running.port, [_onward(visitor, path, 20)], seconds=seconds)  # warm
    before = running.cpu_seconds()
    result = drive(running.port, [_onward(visitor, path, 10_000)], seconds=seconds)
    return Opened((running.cpu_seconds() - before) / max(1, len(result.times)), result)


def told(size: int, who: str, opened: Opened) -> str:
    """A line for people."""
    result = opened.result
    wrong = f"; {len(result.wrong)} WRONG: {result.wrong[0]}" if result.wrong else ""
    return (
        f"{size:>9,} wait, {who:<12} {opened.cpu * 1000:6.1f} ms CPU, median "
        f"{result.median * 1000:5.1f} ms, p99 {result.p99 * 1000:5.1f} ms "
        f"({len(result.times)}){wrong}"
    )


def _onward(visitor: Visitor, path: str, most: int) -> Iterator[Call]:
    """From each essay to the next, as its page says."""
    seen: list[Answer] = []
    for _ in range(most):
        yield _seen(visitor.get(path), seen)
        found = _NEXT.search(seen[-1].text) if seen else None
        if found is None:
            return
        path = found[1].replace("&amp;", "&")
        seen.clear()


def _seen(call: Call, answers: list[Answer]) -> Call:
    return Call(call.method, call.path, call.headers, call.body, call.expects, answers.append)


def _beginning(page: str) -> str:
    found = re.search(r'<a class="btn pri" href="(/review/[^"]+)"', page)
    if found is None:
        raise RuntimeError("nothing waits for the reader")
    return found[1]


def _unit(rows: Rows, path: str, kind: UnitKind, parent: UUID | None) -> dict[str, Any]:
    return rows.add(
        Unit, id=rows.new_id(), path=path, kind=kind, name=f"Đơn vị {path}", parent_id=parent,
        since=LONG_AGO,
    )  # fmt: skip


def _person(rows: Rows, number: str) -> UUID:
    identity = rows.new_id()
    rows.add(
        User, id=identity, full_name=f"Nguyễn Văn {number[-4:]}", card_number=number,
        password_hash="", must_change_password=False,
    )  # fmt: skip
    return identity


def _post(rows: Rows, who: UUID, unit: dict[str, Any]) -> None:
    rows.add(
        Appointment, id=rows.new_id(), user_id=who, unit_id=unit["id"], post=Post.SECRETARY,
        since=LONG_AGO,
    )  # fmt: skip


def _round(rows: Rows, root: dict[str, Any], by: UUID, now: datetime) -> UUID:
    identity = rows.new_id()
    rows.add(
        StudyRound, id=identity, unit_id=root["id"], title="Nghị quyết số 57-NQ/TW",
        state=RoundState.OPEN, year=now.year, roster_on=now.date(), created_by=by, created_at=now,
        closes_at=now + timedelta(days=9), opened_at=now - timedelta(days=20),
    )  # fmt: skip
    return identity


def _parts(rows: Rows) -> list[dict[str, str]]:
    titles = ("Nhận thức", "Liên hệ", "Đề xuất")
    texts = drawn_essay(rows.dice)
    return [{"title": title, "text": told} for title, told in zip(titles, texts, strict=True)]


def _essay(
    rows: Rows, round_: UUID, cell: dict[str, Any], parts: list[dict[str, str]], at: datetime
) -> None:
    author, identity, number = rows.new_id(), rows.new_id(), rows.dice.getrandbits(39)
    rows.add(
        User, id=author, full_name=f"Trần Thị {number % 97}", card_number=f"{number:012}",
        password_hash="", must_change_password=False,
    )  # fmt: skip
    rows.add(
        Essay, id=identity, round_id=round_, author_id=author, cell_id=cell["id"],
        state=State.SUBMITTED, submitted_at=at, draft={},
    )  # fmt: skip
    rows.add(
        Version, id=rows.new_id(), essay_id=identity, number=1, revision=1, parts=parts,
        syllables=length(parts), submitted_at=at, is_late=False, receipt_code=f"BTH-{number}",
        content_hash=content_hash(parts),
    )  # fmt: skip
