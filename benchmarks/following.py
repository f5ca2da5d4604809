"""`./dev bench --following`: what a heartbeat costs, of people who watch a recording.

Each says every half minute which stretch was played; here as fast as the server takes them, and
so the stretches are short. Everybody skips to and fro between so many places.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from benchmarks import scene, server, town
from benchmarks.databases import Database
from benchmarks.deeds import control
from benchmarks.load import Call, Client, drive, warm_up
from benchmarks.scene import NAME
from benchmarks.server import Server
from benchmarks.visitors import FORM, SCRIPT, Visitor, welcome
from studyhub.accounts.models import User
from studyhub.kernel.clock import SystemClock
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.sqlite import WRITES
from studyhub.models import Base
from studyhub.recordings.models import Recording, RecordingState
from studyhub.rounds.models import Summons
from studyhub.study.models import StudySession

SIZE = town.Size(cells=2, rounds=1)
WHAT = "A recording that is watched"
PEOPLE = 20
HOUR = 3_600_000
PLACES, APART, PLAYED = 12, 500_000, 60
GOAL = "goal ≤ 3 ms CPU"
_TICKET = re.compile(r'data-ticket="([^"]+)"')


def measure(folder: Path, database: Database, *, clients: int, seconds: float) -> None:
    """Let some watch, and print what a heartbeat costs."""
    with database.engine() as engine:
        Base.metadata.create_all(engine)
        town.settle(engine, SIZE)
        scene.open_doors(engine)
        recording_id, names = _show(engine)
    with server.running(folder, database) as running:
        visitors = list(welcome(running.port, names, clients=clients).values())
        supplies = [
            _watching(running.port, visitors[n::clients], recording_id) for n in range(clients)
        ]
        warm_up(running.port, supplies, 5)
        compared, _, _ = _cost(running, control(running.port, clients), 1.0)
        cost, median, wrong = _cost(running, supplies, seconds)
    print(f"a heartbeat: {cost:.2f} ms CPU ({cost / compared:.1f} × the control), {GOAL}")
    print(f"             {median:.1f} ms until the answer; {wrong} refused", flush=True)


def _cost(
    running: Server, supplies: list[Iterator[Call]], seconds: float
) -> tuple[float, float, int]:
    before = running.cpu_seconds()
    result = drive(running.port, supplies, seconds=seconds)
    used = running.cpu_seconds() - before
    times = sorted(result.times)
    return 1000 * used / max(1, len(times)), 1000 * times[len(times) // 2], len(result.wrong)


def _show(engine: Engine) -> tuple[UUID, list[str]]:
    """A recording of two hours of a session of an open round; some on its list."""
    now = SystemClock().now()
    with Session(engine) as db:
        db.connection(execution_options={WRITES: True})
        round_ = db.scalars(scene.nearest_round()).one()
        round_.watching_counts = True
        found = select(StudySession).where(StudySession.round_id == round_.id).limit(1)
        made = Recording(
            id=new_uuid(), session=db.scalars(found).one(), title="Hội nghị", added_at=now,
            state=RecordingState.READY, duration=2 * HOUR, audio_key="0" * 64, ready_at=now,
        )  # fmt: skip
        db.add(made)
        listed = select(NAME).join(Summons, Summons.user_id == User.id)
        names = db.scalars(listed.where(Summons.round_id == round_.id).limit(PEOPLE)).all()
        recording_id = made.id
        db.commit()
    return recording_id, [str(name) for name in names]


def _watching(port: int, visitors: list[Visitor], recording_id: UUID) -> Iterator[Call]:
    client, tickets = Client(port), {}
    for visitor in visitors:
        page = client.send(visitor.get(f"/recordings/{recording_id}"))
        found = _TICKET.search(page.text)
        tickets[visitor.name] = found[1] if found else ""
    client.close()
    for turn in count():
        place = turn % PLACES * APART + turn // PLACES * PLAYED
        for visitor in visitors:
            yield _beat(visitor, recording_id, tickets[visitor.name], place)


def _beat(visitor: Visitor, recording_id: UUID, ticket: str, place: int) -> Call:
    told = {
        "played": f"{place}-{place + PLAYED}", "ticket": ticket, "place": str(place),
        "speed": "200", "csrf_token": visitor.token,
    }  # fmt: skip
    call = visitor.tell(f"/recordings/{recording_id}/followed", {})
    headers = {**call.headers, "Content-Type": FORM, "Accept": SCRIPT}
    return replace(call, headers=headers, body=urlencode(told).encode())
