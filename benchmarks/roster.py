"""`./dev bench --roster`: a list of 25,000 members compared and taken over while others work.

The server as in use, its background work in one of its processes. Eight clients save drafts and
open pages: without the list, during its dry run, and while it is taken over. Each thinks for a
moment between two requests; together they are as busy as some 150 people who write.
"""

import json
import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from itertools import chain
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from benchmarks import province, register, scene, server, town
from benchmarks.databases import Database
from benchmarks.deeds import DEEDS, Supply, Visitors
from benchmarks.load import Answer, Call, Client, Result, drive, warm_up
from benchmarks.processes import Watch
from benchmarks.scene import NAME, Scene
from benchmarks.server import Server
from benchmarks.visitors import FORM, FOUND, Visitor, welcome
from studyhub.accounts.models import User
from studyhub.kernel.actor import Post
from studyhub.kernel.sqlite import WRITES
from studyhub.models import Base
from studyhub.org.models import Appointment, Unit

CLIENTS = 8
THOUGHT = 0.5
"""Seconds between two requests of a client; with none, eight of them alone fill two cores."""
SIZE = province.Size(25_000, 30, 900)
GOALS = "dry run ≤ 20 s, < 300 MB for the process that does it, p99 of the others < 1 s"
WORK = ("write", "autosave", "autosave", "cell", "committee")
"""What the others do, one after the other."""
LOOK = 1.5
"""Seconds between two looks at how far it is, as the page looks."""
QUIET = 10.0
"""Seconds of the others' work without the list."""
PATIENCE = 600
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_TICKED = re.compile(r'<input type="checkbox" name="found" value="([^"]*)" checked')


@dataclass(frozen=True)
class Done:
    """What one piece of work on the list took, and what the page said meanwhile."""

    seconds: float
    cpu: float
    told: list[str]
    page: str


def measure(folder: Path, database: Database) -> None:
    """Fill, serve, import; print what was seen."""
    os.environ["BENCH_JOBS"] = "1"
    with database.engine() as engine:
        Base.metadata.create_all(engine)
        town.settle(engine, town.Size())
        scene.open_doors(engine)
        admin, unit_id = _administrator(engine)
        seen = scene.look(engine, drafts=100 * CLIENTS)
    data = register.workbook(SIZE)
    with server.running(folder, database) as running:
        visitors = welcome(running.port, [*seen.cast, admin], clients=CLIENTS)
        supplies = _work(seen, visitors)
        warm_up(running.port, supplies, 5)
        upload = _Import(running, visitors[admin], unit_id)
        print(f"{len(data) / 1e6:.1f} MB, {SIZE.members:,} rows; {GOALS}")
        _tell("the others alone", drive(running.port, _calm(supplies), seconds=QUIET))
        _tell_done("dry run, alone", upload.compare(data))
        with _others(running, supplies, "while it is compared"), _memory(running):
            compared = upload.compare(data)
        _tell_done("dry run, beside the others", compared)
        with _others(running, supplies, "while it is taken over"), _memory(running):
            applied = upload.apply(compared.page)
        _tell_done("taking it over, beside the others", applied)
        _tell("the others after it", drive(running.port, _calm(supplies), seconds=QUIET))


@dataclass(frozen=True)
class _Import:
    """The administrator at the browser."""

    running: Server
    visitor: Visitor
    unit_id: UUID

    def compare(self, data: bytes) -> Done:
        """Upload it and wait for the page of the dry run."""
        fields = {"csrf_token": self.visitor.token, "as_of": time.strftime("%d/%m/%Y")}
        body, kind = _multipart(fields, data)
        return self._done(f"/roster/{self.unit_id}", body, kind)

    def apply(self, page: str) -> Done:
        """Press the button on it."""
        fields = [(name, unescape(value)) for name, value in _FIELD.findall(page)]
        fields += [("found", unescape(name)) for name in _TICKED.findall(page)]
        return self._done(f"/roster/{self.unit_id}/apply", urlencode(fields).encode(), FORM)

    def _done(self, path: str, body: bytes, kind: str) -> Done:
        used, began = self.running.cpu_seconds(), time.perf_counter()
        headers = {**self.visitor.get(path).headers, "Content-Type": kind}
        where = self._sent(Call("POST", path, headers, body, FOUND)).headers["location"]
        told = list(self._told(where))
        took, used = time.perf_counter() - began, self.running.cpu_seconds() - used
        return Done(took, used, told, self._sent(self.visitor.get(where)).text)

    def _told(self, where: str) -> Iterator[str]:
        """Every sentence about how far it is, once."""
        last, deadline = "", time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            far = json.loads(self._sent(self.visitor.get(f"{where}/progress")).body)
            if far["said"] != last:
                last = far["said"]
                yield last
            if not far["goes_on"]:
                return
            time.sleep(LOOK)
        raise RuntimeError(f"not done in {PATIENCE} s: {last}")

    def _sent(self, call: Call) -> Answer:
        client = Client(self.running.port)
        try:
            answer = client.send(call)
        finally:
            client.close()
        if answer.status not in call.expects:
            raise RuntimeError(f"{call.path}: {answer.status} {answer.text[:300]}")
        return answer


def _administrator(engine: Engine) -> tuple[str, UUID]:
    """The officer of the town keeps its register, too."""
    with Session(engine) as db, db.begin():
        db.connection(execution_options={WRITES: True})
        root = db.scalars(select(Unit).where(Unit.parent_id.is_(None))).one()
        officer = db.scalars(select(Appointment).where(Appointment.unit_id == root.id)).first()
        if officer is None:
            raise RuntimeError("nobody leads the town")
        db.add(
            Appointment(
                user_id=officer.user_id, unit_id=root.id, post=Post.ADMIN, since=officer.since
            )
        )
        return db.scalars(select(NAME).where(User.id == officer.user_id)).one(), root.id


def _work(seen: Scene, visitors: Visitors) -> list[Supply]:
    """Each client does all of it in turn, for ever."""
    by_name = {deed.name: deed for deed in DEEDS}
    kinds = [by_name[name].supplies(seen, visitors, CLIENTS) for name in WORK]
    return [
        chain.from_iterable(zip(*supplies, strict=False)) for supplies in zip(*kinds, strict=True)
    ]


@contextmanager
def _others(running: Server, supplies: list[Supply], label: str) -> Iterator[None]:
    """Eight clients work until the block ends."""
    ends, result = threading.Event(), list[Result]()
    until = [_until(supply, ends) for supply in supplies]
    thread = threading.Thread(
        target=lambda: result.append(drive(running.port, until, seconds=PATIENCE))
    )
    thread.start()
    try:
        yield
    finally:
        ends.set()
        thread.join()
    _tell(f"the others {label}", result[0])


def _calm(supplies: list[Supply]) -> list[Supply]:
    """The same at the pace of people."""
    return [_until(supply, threading.Event()) for supply in supplies]


def _until(supply: Supply, ends: threading.Event) -> Supply:
    for call in supply:
        if ends.wait(THOUGHT):
            return
        yield call


@contextmanager
def _memory(running: Server) -> Iterator[None]:
    idle, watch = running.memory(), Watch(running.roots)
    watch.start()
    yield
    watch.ends.set()
    print(
        f"memory: {idle:.0f} MB before, {watch.most:.0f} MB at most in all processes of server "
        f"and database, {watch.largest:.0f} MB in the largest",
        flush=True,
    )


def _multipart(fields: dict[str, str], data: bytes) -> tuple[bytes, str]:
    mark = "studyhub-bench-boundary"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="list.xlsx"\r\n'
        f"Content-Type: {XLSX}\r\n\r\n"
    )
    body = b"".join([*parts, head.encode(), data, f"\r\n--{mark}--\r\n".encode()])
    return body, f"multipart/form-data; boundary={mark}"


def _tell(label: str, result: Result) -> None:
    wrong = f"; {len(result.wrong)} WRONG, as {result.wrong[0]}" if result.wrong else ""
    print(
        f"{label}: {len(result.times)} requests, {result.per_second:.0f}/s, "
        f"p50 {1000 * result.median:.0f} ms, p99 {1000 * result.p99:.0f} ms, "
        f"slowest {1000 * max(result.times, default=0):.0f} ms{wrong}",
        flush=True,
    )


def _tell_done(label: str, done: Done) -> None:
    print(f"{label}: {done.seconds:.1f} s, {done.cpu:.1f} s CPU of everything", flush=True)
    print(f"  {len(done.told)} × told: {' | '.join(done.told[:6])}", flush=True)
