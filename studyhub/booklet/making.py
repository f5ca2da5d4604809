"""The booklet of a round or of a year: short ones at once, long ones in the background.

A booklet holds what is published at the moment it is handed out. Each job remembers what it
was made of; where an author has changed their answer since, or a decision no longer stands,
the file is given to nobody any more, is thrown away within the hour, and another is made.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.booklet import shelf
from studyhub.booklet.models import GoodEssay, Naming
from studyhub.essays.models import Essay
from studyhub.jobs import service as jobs
from studyhub.jobs.models import Job, JobState
from studyhub.jobs.work import Handler, Task, Tools
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing, Untimely
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.printing.booklet import Booklet, Group, Piece, booklet_docx, booklet_pdf
from studyhub.printing.facts import Part, clean, day, lines
from studyhub.rounds.models import StudyRound
from studyhub.storage.files import FileStore

KIND = "booklet.make"
KEPT = timedelta(days=1)
SHORT = 10
"""A booklet of so many essays is made while one waits: well under a second."""


class Form(StrEnum):
    """What it is written as."""

    PDF = "pdf"
    DOCX = "docx"


@dataclass(frozen=True)
class Volume:
    """What a booklet is of: a round, or all rounds of an organization in a year."""

    of: UUID
    year: int | None = None

    @property
    def wanted(self) -> ColumnElement[bool]:
        """Which rounds' essays belong in it."""
        if self.year is None:
            return Essay.round_id == self.of
        return and_(StudyRound.unit_id == self.of, StudyRound.year == self.year)


def contents(db: Session, volume: Volume) -> list[GoodEssay]:
    """What is published in it now, in its order."""
    return shelf.published(db, volume.wanted)


def mark_of(found: Sequence[GoodEssay]) -> str:
    """A figure of what stands in it and how its authors are named."""
    told = [
        f"{one.id} {one.naming} {one.essay.author.full_name} {one.essay.cell.name}" for one in found
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def made(
    found: Sequence[GoodEssay],
    unit: Unit,
    volume: Volume,
    form: Form,
    *,
    now: datetime,
    zone: tzinfo,
) -> bytes:
    """The booklet itself; `unit` is the organization whose it is."""
    if not found:
        raise Missing(N_("There is nothing here."))
    write = booklet_pdf if form is Form.PDF else booklet_docx
    return write(_bound(found, unit, volume, now=now, zone=zone))


def ask(db: Session, volume: Volume, form: Form, *, by: Actor, now: datetime) -> Job:
    """Have a long one made; one that is being made of the same is not asked for twice."""
    found = contents(db, volume)
    if not found:
        raise Missing(N_("There is nothing here."))
    told = mark_of(found)
    for job in jobs_of(db, volume):
        same = job.payload["contents"] == told and job.payload["form"] == form.value
        if same and job.state in (JobState.WAITING, JobState.RUNNING):
            return job
    year, count = volume.year, len(found)
    record(db, Deed.BOOKLET_ASKED, volume.of, by=by, now=now, year=year, count=count)
    return jobs.ask(
        db, KIND, subject_id=volume.of, now=now, form=form.value, contents=told, year=year,
        count=count,
    )  # fmt: skip


def volume_of(job: Job) -> Volume:
    """What it is a booklet of."""
    assert job.subject_id is not None  # noqa: S101 - every job of this kind is asked for with it
    return Volume(job.subject_id, job.payload["year"])


def jobs_of(db: Session, volume: Volume) -> list[Job]:
    """Those asked for lately, the newest first, whoever asked."""
    asked = select(Job).where(Job.kind == KIND, Job.subject_id == volume.of)
    newest = db.scalars(asked.order_by(Job.made_at.desc()).limit(12))
    return [job for job in newest if job.payload["year"] == volume.year]


def at_hand(
    files: FileStore, found: Sequence[Job], present: Sequence[GoodEssay]
) -> dict[Form, Job]:
    """The newest one of each form that still holds exactly what is published."""
    told, there = mark_of(present), {}
    for job in found:
        form = Form(job.payload["form"])
        whole = job.state is JobState.DONE and job.payload["contents"] == told
        if whole and form not in there and place(files, job).exists():
            there[form] = job
    return there


def place(files: FileStore, job: Job) -> Path:
    """Where it lies when it is made."""
    return _place(files, job.id, job.payload["form"])


def make(task: Task) -> None:
    """Job: write it, and give it its name when it is whole."""
    form, tools = Form(task.payload["form"]), task.tools
    volume = Volume(UUID(str(task.subject_id)), task.payload["year"])
    with tools.reading() as db:
        found = contents(db, volume)
        if mark_of(found) != task.payload["contents"]:
            raise Untimely(N_("What is published has changed meanwhile. Ask for it again."))
        unit = _unit_of(db, found)
        task.progress(20)
        data = made(found, unit, volume, form, now=tools.now(), zone=tools.zone)
    target = _place(tools.files, task.id, form)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_suffix(f".{task.attempt}")
    aside.write_bytes(data)
    os.replace(aside, target)


def sweep(tools: Tools) -> None:
    """Chore: what is a day old goes, and what is no longer what is published."""
    folder = _place(tools.files, UUID(int=0), "").parent
    limit = (tools.now() - KEPT).timestamp()
    for one in folder.iterdir() if folder.exists() else ():
        if one.stat().st_mtime < limit or not _holds_true(tools, one):
            one.unlink(missing_ok=True)


HANDLER = Handler(kind=KIND, run=make)


def _holds_true(tools: Tools, file: Path) -> bool:
    with tools.reading() as db:
        job = db.get(Job, UUID(file.stem))
        return job is not None and (
            mark_of(contents(db, volume_of(job))) == job.payload["contents"]
        )


def _place(files: FileStore, job_id: UUID, form: str) -> Path:
    return files.root / "booklets" / f"{job_id}.{form}"


def _unit_of(db: Session, found: Sequence[GoodEssay]) -> Unit:
    return db.get_one(Unit, found[0].essay.round.unit_id)


def _bound(
    found: Sequence[GoodEssay], unit: Unit, volume: Volume, *, now: datetime, zone: tzinfo
) -> Booklet:
    title = found[0].essay.round.title if volume.year is None else f"Năm {volume.year}"
    return Booklet(
        above=unit.parent.name if unit.parent else "",
        unit=unit.name,
        day=day(now, zone),
        subject=title,
        about=[
            f"Gồm {len(found)} bài thu hoạch được cấp ủy duyệt và tác giả đồng ý công bố, xếp "
            "theo chi bộ, không xếp hạng."
        ],
        groups=list(_groups(found)),
    )


def _groups(found: Sequence[GoodEssay]) -> Iterator[Group]:
    numbered = enumerate(found, 1)
    for title, ones in groupby(numbered, key=lambda pair: pair[1].essay.round.title):
        yield Group(title, [_piece(at, good) for at, good in ones])


def _piece(at: int, good: GoodEssay) -> Piece:
    parts = [Part(clean(part["title"]), lines(part["text"])) for part in good.version.parts]
    cell = good.essay.cell.name
    if good.naming is Naming.NAME:
        return Piece(f"{at}. Bài của đồng chí {good.essay.author.full_name}", cell, parts)
    if good.naming is Naming.CELL:
        return Piece(f"{at}. Bài của một đồng chí ở {cell}", "", parts)
    return Piece(f"{at}. Bài của một đồng chí", "", parts)
