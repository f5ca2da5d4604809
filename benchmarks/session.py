"""What a session costs on its day: 2,000 who check in within a minute, 5,000 pages that follow it.

The people come with a cookie that is made here: signing in is not what is measured.
"""

import hashlib
import hmac
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from benchmarks import scene, server, town
from benchmarks.databases import Database
from benchmarks.load import Answer, Call, Client, Result, drive
from benchmarks.visitors import FORM, FOUND, PAGE
from studyhub.access.actors import actor_of
from studyhub.accounts.models import User
from studyhub.kernel.clock import SystemClock
from studyhub.kernel.sqlite import WRITES
from studyhub.models import Base
from studyhub.rounds.models import Call as Summoned
from studyhub.rounds.models import StudyRound, Summons
from studyhub.settings import installed
from studyhub.study import sessions
from studyhub.study.codes import code_at
from studyhub.study.models import Attendance, StudySession
from studyhub.study.sessions import SessionPlan, Topic

SIZE = town.Size(cells=200, members_of_a_cell=25, rounds=2)
WHAT = f"A session of {SIZE}"
PEOPLE, EVERY = 5_000, 15
CHECK_INS, WITHIN = 2_000, 60.0
TELEPHONES = 32
"""So many at most wait for an answer at once."""

OPEN = 64
"""So many pages ask again and again in place of all."""
GOAL = "goal ≤ 40 % of one core, unchanged answers 304"
VISIT = "bench"
PATIENCE = 5


@dataclass(frozen=True)
class Guest:
    """Somebody on the list, and the headers of their browser."""

    user_id: UUID
    headers: dict[str, str]
    token: str

    def check_in(self, session: StudySession) -> Call:
        """What is sent by pressing “I am present”."""
        code = code_at(session, SystemClock().now())
        body = urlencode({"csrf_token": self.token, "code": code, "on_site": "y"}).encode()
        headers = {**self.headers, "Content-Type": FORM}
        return Call("POST", f"/sessions/{session.id}/check-in", headers, body, FOUND)


def measure(folder: Path, database: Database, *, clients: int, seconds: float) -> None:
    """Check in, then follow; print both."""
    with database.engine() as engine:
        Base.metadata.create_all(engine)
        town.settle(engine, SIZE)
        scene.open_doors(engine)
        session = _hold(engine)
        guests = _guests(engine, session, str(installed(folder).secret_key))
        with server.running(folder, database) as running:
            _await(running)
            _check_in(running, session, guests[:CHECK_INS])
            print(f"recorded: {_recorded(engine, session):,} of {CHECK_INS:,}", flush=True)
            _follow(running, session, guests, clients, seconds)


def _hold(engine: Engine) -> StudySession:
    """A session of the open round that goes on now, with four topics."""
    now = SystemClock().now()
    with Session(engine, expire_on_commit=False) as db:
        db.connection(execution_options={WRITES: True})
        round_ = db.scalars(scene.nearest_round()).one()
        starts = now - timedelta(minutes=10)
        plan = SessionPlan(
            title="Hội nghị trực tuyến", starts_at=starts, ends_at=now + timedelta(hours=3),
            check_in_opens_at=starts, check_in_closes_at=now + timedelta(hours=2),
            agenda=[Topic(title=f"Chuyên đề {n}", starts_at=starts + timedelta(minutes=45 * n))
                    for n in range(4)],
        )  # fmt: skip
        by = actor_of(db, round_.created_by, now.date())
        held = sessions.add(db, round_, plan, by=by, now=now)
        db.commit()
        return held


def _guests(engine: Engine, session: StudySession, secret: str) -> list[Guest]:
    app = Flask("bench")
    app.config["SECRET_KEY"] = secret
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    if serializer is None:
        raise RuntimeError("no secret key")
    with Session(engine) as db:
        rows = db.execute(
            select(User.id, User.generation)
            .join(Summons, Summons.user_id == User.id)
            .join(StudyRound, StudyRound.id == Summons.round_id)
            .where(StudyRound.id == session.round_id, Summons.call != Summoned.RELEASED)
            .order_by(User.id)
        ).all()
    token = f"salt.{hmac.new(f'{secret}{VISIT}'.encode(), b'salt', hashlib.sha256).hexdigest()}"
    return [
        Guest(user_id, _headers(serializer.dumps(_visit(user_id, generation))), token)
        for user_id, generation in rows
    ]


def _visit(user_id: UUID, generation: int) -> dict[str, object]:
    return {"_user_id": f"{user_id}:{generation}", "_fresh": True, "visit": VISIT}


def _headers(cookie: str) -> dict[str, str]:
    return {
        "Accept": PAGE, "Accept-Encoding": "gzip", "User-Agent": "bench",
        "Cookie": f"studyhub={cookie}",
    }  # fmt: skip


def _await(running: server.Server) -> None:
    """Until every worker has everything loaded; on a busy machine that takes a while."""
    for _ in range(PATIENCE):
        try:
            for _ in range(4 * server.WORKERS):
                client = Client(running.port)
                client.send(Call("GET", "/help"))
                client.close()
        except OSError:
            continue
        return


def _check_in(running: server.Server, session: StudySession, guests: Sequence[Guest]) -> None:
    before = running.cpu_seconds()
    pause = WITHIN * TELEPHONES / len(guests)
    supplies = [_at_pace(session, guests[n::TELEPHONES], pause) for n in range(TELEPHONES)]
    result = drive(running.port, supplies, seconds=4 * WITHIN)
    used = running.cpu_seconds() - before
    print(
        f"{len(result.times):,} check-ins in {result.wall:.0f} s: {_times(result)}, "
        f"{1000 * used / max(1, len(result.times)):.1f} ms CPU each, {len(result.wrong)} errors",
        flush=True,
    )
    _complain(result)


def _at_pace(session: StudySession, guests: Sequence[Guest], pause: float) -> Iterator[Call]:
    began = time.perf_counter()
    for n, guest in enumerate(guests):
        time.sleep(max(0.0, began + n * pause - time.perf_counter()))
        yield guest.check_in(session)


def _follow(
    running: server.Server,
    session: StudySession,
    guests: Sequence[Guest],
    clients: int,
    seconds: float,
) -> None:
    pages = [_opened(running.port, session, guest) for guest in guests[:OPEN]]
    supplies = [_asking(pages[n::clients]) for n in range(clients)]
    drive(running.port, supplies, seconds=2.0)
    before = running.cpu_seconds()
    result = drive(running.port, supplies, seconds=seconds)
    cost = (running.cpu_seconds() - before) / max(1, len(result.times))
    print(
        f"{PEOPLE:,} people every {EVERY} s: {1000 * cost:.2f} ms CPU each, "
        f"{100 * cost * PEOPLE / EVERY:.0f} % of one core ({GOAL}); "
        f"{result.per_second:,.0f}/s, {_times(result)}, {len(result.wrong)} errors",
        flush=True,
    )
    _complain(result)


def _opened(port: int, session: StudySession, guest: Guest) -> Call:
    """The page as it is open: what it asks, with the mark it has by then."""
    client = Client(port)
    answer = client.send(Call("GET", f"/sessions/{session.id}", guest.headers))
    page = answer.text
    if answer.status != 200:
        raise RuntimeError(f"the page cannot be opened: {answer.status} {page[:300]}")
    address = page.split('data-follow="')[1].split('"')[0].replace("&amp;", "&")
    time.sleep(0.01)
    first = client.send(Call("GET", address, guest.headers))
    client.close()
    mark = _mark(first) if first.status == 200 else page.split('data-mark="')[1].split('"')[0]
    headers = {**guest.headers, "If-None-Match": f'"{mark}"'}
    return Call("GET", address, headers, expects=frozenset({304}))


def _mark(answer: Answer) -> str:
    return answer.headers["etag"].removeprefix("W/").strip('"').partition(":")[0]


def _asking(pages: Sequence[Call]) -> Iterator[Call]:
    while True:
        yield from pages


def _recorded(engine: Engine, session: StudySession) -> int:
    with Session(engine) as db:
        rows = select(func.count()).where(Attendance.session_id == session.id)
        return db.scalar(rows) or 0


def _times(result: Result) -> str:
    return f"{1000 * result.median:.0f} ms, p99 {1000 * result.p99:.0f} ms"


def _complain(result: Result) -> None:
    for wrong in result.wrong[:3]:
        print(f"  {wrong}", flush=True)
