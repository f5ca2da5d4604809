"""Essays as PDF or Word documents in one archive: asked for at the desk, packed in the background.

To have an archive is to read what is in it: every reading is put on record when it is asked
for, before a word is packed. It is kept for a day, for whoever asked for it and nobody else.
The list inside says how many essays there are; it is written after they were counted and read
back, and the archive is given its name only when everything in it is whole.
"""

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from studyhub.audit.log import Deed, record
from studyhub.essays.models import Essay, Version
from studyhub.jobs import service as jobs
from studyhub.jobs.models import Job
from studyhub.jobs.work import Handler, Task, Tools
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.printing.papers import essay_pdf
from studyhub.printing.word import essay_docx
from studyhub.review.archive_names import Named, paths
from studyhub.review.bulk import MOST, choices
from studyhub.review.models import Decision  # noqa: F401 - the version's decision, by its table
from studyhub.rounds.models import StudyRound
from studyhub.storage.files import FileStore

KIND = "review.archive"
KEPT = timedelta(days=1)
LIST = "Danh sách.txt"


class Form(StrEnum):
    """What each essay is written as."""

    PDF = "pdf"
    DOCX = "docx"


@dataclass(frozen=True)
class Item:
    """An essay of the archive: which version, and the code that stands for its author, if any."""

    essay_id: UUID
    number: int
    code: str


def ask(
    db: Session,
    essay_ids: Iterable[UUID],
    visible: ColumnElement[bool],
    form: Form,
    *,
    code_for: Callable[[Essay], str],
    by: Actor,
    now: datetime,
) -> Job:
    """Ask for the archive of those that this person may judge; each is read from now on.

    `code_for` says what stands for the author of an essay that is judged blind, else "".
    """
    wanted = list(essay_ids)[:MOST]
    held = select(Essay.id).where(Essay.id.in_(wanted)).order_by(Essay.id)
    db.execute(held.with_for_update())  # nobody takes one back meanwhile
    found = choices(db, wanted, visible, by=by, now=now)
    if not found:
        raise Missing(N_("There is nothing here."))
    items = []
    for one in found:
        _note(db, one.essay, one.version, by=by, now=now)
        items.append([str(one.essay.id), one.version.number, code_for(one.essay)])
    return jobs.ask(db, KIND, now=now, by=str(by.user_id), form=form.value, essays=items)


def items_of(job: Job) -> list[Item]:
    """What is asked for."""
    return _items(job.payload["essays"])


def is_of(job: Job | None, user_id: UUID) -> bool:
    """Whether it is an archive, and this person's."""
    return job is not None and job.kind == KIND and job.payload.get("by") == str(user_id)


def place(files: FileStore, job_id: UUID) -> Path:
    """Where it lies when it is packed."""
    return files.root / "archives" / f"{job_id}.zip"


def pack(task: Task) -> None:
    """Job: write them one by one, count them, and give the archive its name."""
    items, form = _items(task.payload["essays"]), Form(task.payload["form"])
    target = place(task.tools.files, task.id)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_suffix(f".{task.attempt}")
    with task.tools.reading() as db:
        names = paths([_named(db, item) for item in items], form.value)
    sums = []
    with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, (item, name) in enumerate(zip(items, names, strict=True)):
            with task.tools.reading() as db:
                data = _written(_version(db, item), form, item.code, task.tools)
            archive.writestr(name, data)
            sums.append(hashlib.sha256(data).hexdigest())
            task.progress(100 * done // len(items))
    expect_whole(aside, len(items))
    with zipfile.ZipFile(aside, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(LIST, _list(names, sums, task.tools).encode("utf-8-sig"))
    expect_whole(aside, len(items) + 1)
    os.replace(aside, target)


def expect_whole(path: Path, count: int) -> None:
    """That so many files are in it under as many names, and all of them can be read back."""
    with zipfile.ZipFile(path) as archive:
        found = archive.namelist()
        if archive.testzip() or len(set(found)) != len(found) or len(found) != count:
            raise RuntimeError("the archive is not whole")


def sweep(tools: Tools) -> None:
    """Chore: archives of more than a day ago go; who still needs one asks again."""
    folder = place(tools.files, UUID(int=0)).parent
    limit = (tools.now() - KEPT).timestamp()
    for one in folder.iterdir() if folder.exists() else ():
        if one.stat().st_mtime < limit:
            one.unlink(missing_ok=True)


HANDLER = Handler(kind=KIND, run=pack)


def _items(told: Iterable[Sequence[object]]) -> list[Item]:
    return [Item(UUID(str(id_)), int(str(number)), str(code)) for id_, number, code in told]


def _note(db: Session, essay: Essay, version: Version, *, by: Actor, now: datetime) -> None:
    """Read from now on; said apart from a reading at the desk (`bulk.ARCHIVED`)."""
    if version.reading_began_at is None:
        version.reading_began_at, version.reading_began_by = now, UserId(by.user_id)
    record(db, Deed.ESSAY_READ, essay.id, by=by, now=now, version=version.number, archived=1)


def _version(db: Session, item: Item) -> Version:
    return db.scalars(
        select(Version)
        .where(Version.essay_id == item.essay_id, Version.number == item.number)
        .options(
            joinedload(Version.typist),
            joinedload(Version.answer),
            joinedload(Version.essay).options(
                joinedload(Essay.author, innerjoin=True),
                joinedload(Essay.round, innerjoin=True).joinedload(StudyRound.unit),
                joinedload(Essay.cell, innerjoin=True).joinedload(Unit.parent),
                selectinload(Essay.versions),
            ),
        )
    ).one()


def _named(db: Session, item: Item) -> Named:
    """Of an essay judged blind the code, and nothing else that would tell whose it is."""
    if item.code:
        return Named(item.code, None, "", item.number)
    essay = db.scalars(
        select(Essay)
        .where(Essay.id == item.essay_id)
        .options(joinedload(Essay.author), joinedload(Essay.cell))
    ).one()
    born = essay.author.born_on.year if essay.author.born_on else None
    return Named(essay.author.full_name, born, essay.cell.name, item.number)


def _written(version: Version, form: Form, code: str, tools: Tools) -> bytes:
    write = essay_pdf if form is Form.PDF else essay_docx
    return write(version, zone=tools.zone, blind=code)


def _list(names: Sequence[str], sums: Sequence[str], tools: Tools) -> str:
    """In Vietnamese whoever asks, like the papers it goes with; line ends as Windows has them."""
    moment = tools.now().astimezone(tools.zone)
    head = (
        "DANH SÁCH BÀI THU HOẠCH",
        f"Lập lúc {moment:%H:%M} ngày {moment:%d/%m/%Y}",
        f"Số bài: {len(names)}. Đã đếm và đọc lại đủ {len(names)} tệp.",
        "",
        "STT\tTệp\tGiá trị kiểm tra (SHA-256)",
    )
    rows = (
        f"{at}\t{name}\t{sum_}" for at, (name, sum_) in enumerate(zip(names, sums, strict=True), 1)
    )
    return "\r\n".join((*head, *rows, ""))
