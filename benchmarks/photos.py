"""What ten photos of twelve megapixels cost: memory of everything that serves, time per photo.

Each is sent in pieces over a slow line, as a telephone does, and developed by the job while the
next one comes.
"""

import hashlib
import io
import json
import os
import time
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from PIL import Image, ImageDraw, ImageFilter
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from benchmarks import scene, server, town
from benchmarks.beginners import let_begin
from benchmarks.databases import Database
from benchmarks.load import Answer, Call, Client
from benchmarks.processes import Watch
from benchmarks.visitors import Visitor, welcome
from studyhub.essays.models import Essay
from studyhub.essays.page import Develops, Page
from studyhub.models import Base
from studyhub.rounds.models import StudyRound

COUNT = 10
SIZE = (3024, 4032)
SMALL = town.Size(cells=2, members_of_a_cell=5, rounds=2)
LINE = 1_000_000
"""Bytes a second: a slow line of a telephone."""
GOAL = 400
"""Megabytes, of the server's processes and the job together."""
PATIENCE = 300


def photo(number: int) -> bytes:
    """A sheet with writing on a table, from the side, with grain: some five megabytes."""
    sheet = Image.new("L", SIZE, 90)
    pen = ImageDraw.Draw(sheet)
    wide, high = SIZE
    corners = [(210, 260), (wide - 190, 230), (wide - 240, high - 220), (180, high - 270)]
    pen.polygon(corners, fill=225)
    for top in range(500, high - 500, 110):
        for left in range(420, wide - 500, 60):
            pen.line((left, top, left + 22, top - 40 - number, left + 44, top), 60, 7)
    grain = Image.effect_noise(SIZE, 30)
    made = Image.blend(sheet.filter(ImageFilter.GaussianBlur(1)), grain, 0.12).convert("RGB")
    into = io.BytesIO()
    made.save(into, "JPEG", quality=90)
    return into.getvalue()


def allow(engine: Engine, essay_id: UUID) -> None:
    """The round of this essay takes handwriting."""
    with Session(engine) as db, db.begin():
        which = select(Essay.round_id).where(Essay.id == essay_id).scalar_subquery()
        db.execute(update(StudyRound).where(StudyRound.id == which).values(takes_handwriting=True))


def send(port: int, essay_id: UUID, visitor: Visitor, data: bytes) -> float:
    """One photo, piece by piece, no faster than the line; how long it took."""
    client, began = Client(port), time.perf_counter()
    address = f"/papers/{essay_id}/photos"
    told = {"name": "a.jpg", "size": len(data), "mark": hashlib.sha256(data).hexdigest()}
    begun = _asked(client, visitor, address, json.dumps(told).encode(), "application/json")
    at, step = begun["at"], begun["piece"]
    while at < len(data):
        piece = data[at : at + step]
        time.sleep(len(piece) / LINE)
        where = f"{address}/{begun['id']}?{urlencode({'at': at})}"
        at = _asked(client, visitor, where, piece, "application/octet-stream")["at"]
    client.close()
    return time.perf_counter() - began


def _asked(
    client: Client, visitor: Visitor, address: str, body: bytes, kind: str
) -> dict[str, int]:
    head = {"Accept": "application/json", "Content-Type": kind, "X-CSRF-Token": visitor.token}
    call = visitor.get(address)
    answer: Answer = client.send(Call("POST", address, {**call.headers, **head}, body))
    if answer.status != 200:
        raise RuntimeError(f"{address}: {answer.status} {answer.text[:200]}")
    found: dict[str, int] = json.loads(answer.text)
    return found


def wait(engine: Engine, essay_id: UUID) -> None:
    """Until every photo is developed."""
    deadline = time.monotonic() + PATIENCE
    in_work = select(func.count()).where(Page.essay_id == essay_id, Page.state == Develops.IN_WORK)
    while time.monotonic() < deadline:
        with Session(engine) as db:
            if not db.scalar(in_work):
                return
        time.sleep(0.1)
    raise RuntimeError("the photos were not developed in time")


def measure(folder: Path, database: Database) -> None:
    """Send ten, and print what was seen."""
    with database.engine() as engine:
        Base.metadata.create_all(engine)
        town.settle(engine, SMALL)
        scene.open_doors(engine)
        let_begin(engine, at_most=1)
        draft = scene.look(engine, drafts=1).drafts[0]
        allow(engine, draft.essay_id)
        data = [photo(number) for number in range(COUNT)]
        os.environ["BENCH_JOBS"] = "1"
        with server.running(folder, database) as running:
            visitor = welcome(running.port, [draft.author], clients=1)[draft.author]
            idle, watch = running.memory(), Watch(running.roots)
            watch.start()
            began = time.perf_counter()
            sent = [send(running.port, draft.essay_id, visitor, one) for one in data]
            behind = time.perf_counter()
            wait(engine, draft.essay_id)
            ended = time.perf_counter()
            watch.ends.set()
    size = sum(map(len, data)) / COUNT / 1e6
    print(f"{COUNT} photos of {SIZE[0]} x {SIZE[1]} dots, {size:.1f} MB each, {LINE // 1000} kB/s")
    print(
        f"sent in {sum(sent) / COUNT:.1f} s each; all ready {ended - behind:.1f} s after the last"
    )
    print(f"in all {ended - began:.0f} s")
    print(f"memory: {idle:.0f} MB idle, {watch.most:.0f} MB at most (goal ≤ {GOAL})")
