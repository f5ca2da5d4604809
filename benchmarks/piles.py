"""What a pile of 200 scanned pages costs: printed cover sheets, and three pages behind each.

The sheets are those that StudyHub prints, drawn and scanned with the specks of an old machine; so
the splitting is real, and how many pages reach their member is told too.
"""

import io
import os
import random
import time
from pathlib import Path
from uuid import UUID

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from benchmarks import scene, server, town
from benchmarks.databases import Database
from benchmarks.load import Call, Client
from benchmarks.processes import Watch
from benchmarks.scene import NAME
from benchmarks.visitors import Visitor, welcome
from studyhub.kernel.actor import Post
from studyhub.models import Base
from studyhub.org.models import Appointment
from studyhub.papers.pile_models import Pile, PilePage, PileState
from studyhub.rounds.models import StudyRound

MEMBERS = 50
BEHIND = 3
SIZE = (1654, 2339)
"""A4 at 200 dots an inch."""
SMALL = town.Size(cells=2, members_of_a_cell=4 * MEMBERS, rounds=2)
PATIENCE = 900
BOUNDARY = "pile"


def measure(folder: Path, database: Database) -> None:
    """Bring the pile, wait until it is read, and print what was seen."""
    with database.engine() as engine:
        Base.metadata.create_all(engine)
        town.settle(engine, SMALL)
        scene.open_doors(engine)
        who, place = _secretary(engine)
        os.environ["BENCH_JOBS"] = "1"
        with server.running(folder, database) as running:
            visitor = welcome(running.port, [who], clients=1)[who]
            data = _pile(Client(running.port).send(visitor.get(f"{place}/cover-sheets.pdf")).body)
            idle, watch, used = running.memory(), Watch(running.roots), running.cpu_seconds()
            watch.start()
            began = time.perf_counter()
            pile_id = _bring(Client(running.port), visitor, place, data)
            brought = time.perf_counter()
            _wait(engine, pile_id)
            ended, used = time.perf_counter(), running.cpu_seconds() - used
            watch.ends.set()
        right, count = _sorted_right(engine, pile_id)
    print(f"{count} pages of {SIZE[0]} x {SIZE[1]} dots, {len(data) / 1e6:.0f} MB in one PDF")
    print(f"taken in {brought - began:.1f} s; read {ended - brought:.0f} s later")
    print(f"{used / count * 1000:.0f} ms CPU a page; {right} of {MEMBERS} members have theirs")
    print(f"memory: {idle:.0f} MB idle, {watch.most:.0f} MB at most")


def _secretary(engine: Engine) -> tuple[str, str]:
    """Who brings it, and where: in a round that takes handwriting."""
    with Session(engine) as db, db.begin():
        round_id = db.scalar(scene.nearest_round().with_only_columns(StudyRound.id))
        db.execute(update(StudyRound).values(takes_handwriting=True))
        who, cell = db.execute(
            select(NAME, Appointment.unit_id)
            .join(Appointment.user)
            .where(Appointment.post == Post.SECRETARY, Appointment.until.is_(None))
            .order_by(NAME)
            .limit(1)
        ).one()
        return who, f"/papers/cells/{cell}/rounds/{round_id}"


def _pile(sheets: bytes) -> bytes:
    """Each printed sheet with the paper that lies under it, as a scanner gives them."""
    drawn = random.Random(3)
    pages = []
    with pypdfium2.PdfDocument(sheets) as document:
        for number in range(min(MEMBERS, len(document))):
            cover = document[number].render(scale=200 / 72).to_pil().convert("L").resize(SIZE)
            pages += [cover, *(_written(drawn) for _ in range(BEHIND))]
    first, *others = (_scanned(page) for page in pages)
    into = io.BytesIO()
    first.save(into, "PDF", resolution=200, save_all=True, append_images=others)
    return into.getvalue()


def _written(drawn: random.Random) -> Image.Image:
    page = Image.new("L", SIZE, 235)
    pen = ImageDraw.Draw(page)
    for top in range(250, SIZE[1] - 250, 62):
        for left in range(170, SIZE[0] - 220, 36):
            rise = drawn.randint(14, 34)
            pen.line((left, top, left + 12, top - rise, left + 24, top), 70, 4)
    return page


def _scanned(page: Image.Image) -> Image.Image:
    specks = Image.effect_noise(SIZE, 24)
    return Image.blend(page.filter(ImageFilter.GaussianBlur(0.8)), specks, 0.1)


def _bring(client: Client, visitor: Visitor, place: str, data: bytes) -> UUID:
    """Send the form with the file; the answer leads to the pile."""
    call = visitor.get(f"{place}/piles")
    parts = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n'
        f"{visitor.token}\r\n--{BOUNDARY}\r\n"
        'Content-Disposition: form-data; name="pile"; filename="chồng bài.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    body = parts.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
    head = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    answer = client.send(Call("POST", f"{place}/piles", {**call.headers, **head}, body))
    where = answer.headers.get("location", "")
    if answer.status not in {302, 303} or "/piles/" not in where:
        raise RuntimeError(f"the pile was not taken: {answer.status} {where}")
    return UUID(where.rpartition("/")[2])


def _wait(engine: Engine, pile_id: UUID) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with Session(engine) as db:
            if db.scalar(select(Pile.state).where(Pile.id == pile_id)) is not PileState.READING:
                return
        time.sleep(0.5)
    raise RuntimeError("the pile was not read in time")


def _sorted_right(engine: Engine, pile_id: UUID) -> tuple[int, int]:
    """How many members have their three pages, and how many pages there are."""
    with Session(engine) as db:
        pages = db.scalars(select(PilePage).where(PilePage.pile_id == pile_id)).all()
    owners = [page.member_id for page in pages if page.member_id and not page.is_cover]
    return sum(owners.count(one) == BEHIND for one in set(owners)), len(pages)
