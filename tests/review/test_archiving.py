"""Essays in one archive: names that open anywhere, counted, read on record, codes when blind."""

import io
import os
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from studyhub.access import scope
from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.essays import service as essays
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.jobs.models import Job, JobState
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.kernel.errors import Missing, Untimely
from studyhub.review import archiving, blind
from studyhub.review.archive_names import LONGEST, Named, paths, safe
from studyhub.review.archiving import Form
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from tests.databases import empty
from tests.world import NOW, World

CELL = "Chi bộ Văn phòng"


def named(author: str, born: int | None = None, cell: str = CELL) -> Named:
    return Named(author, born, cell, 1)


def test_accents_stay_and_what_windows_forbids_goes() -> None:
    assert paths([named("Trần Thị Ánh")], "pdf") == ["Chi bộ Văn phòng/Trần Thị Ánh.pdf"]
    assert safe('a<b>c:d"e/f\\g|h?i*j\x07.') == "a-b-c-d-e-f-g-h-i-j-"
    assert [safe("CON"), safe("nul.txt"), safe(" . ")] == ["CON_", "nul.txt_", "-"]


def test_same_named_people_are_told_apart_by_year_then_by_number() -> None:
    files = [named("Lê An", 1970), named("Lê An", 1985), named("Lê An", 1985), named("Lê An")]

    assert [path.partition("/")[2] for path in paths(files, "pdf")] == [
        "Lê An (1970).pdf", "Lê An (1985).pdf", "Lê An (1985) (2).pdf", "Lê An.pdf",
    ]  # fmt: skip
    others = [named("Lê An", 1970), named("Lê An", 1985, "Chi bộ Thanh tra")]
    assert all("(" not in path for path in paths(others, "pdf"))


@given(some.lists(some.tuples(some.text(max_size=300), some.text(max_size=200)), max_size=12))
def test_whatever_people_are_called_no_two_paths_are_alike_or_too_long(
    people: list[tuple[str, str]],
) -> None:
    found = paths([Named(author, None, cell, 1) for author, cell in people], "docx")

    assert len({path.casefold() for path in found}) == len(people)
    assert all(len(path) <= LONGEST and path.count("/") <= 1 for path in found)
    assert not any(set(path) & set('<>:"\\|?*') for path in found)
    assert all(step == step.strip() and step for path in found for step in path.split("/"))


@pytest.fixture
def tools(engine: Engine, tmp_path: Path) -> Iterator[Tools]:
    yield Tools(
        engine=engine,
        clock=StoppedClock(NOW),
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        files=FileStore(tmp_path),
        settings=Settings(secret_key="test", database_url=str(engine.url)),
    )
    empty(engine)


def ask(world: World, *which: Essay, form: Form = Form.PDF, by: str = "binh") -> Job:
    actor = world.actor(getattr(world, by))
    job = archiving.ask(
        world.db,
        [essay.id for essay in which],
        scope.judgeable_essays(actor),
        form,
        code_for=lambda essay: blind.code(essay.id) if blind.is_hidden(essay) else "",
        by=actor,
        now=NOW,
    )
    world.db.flush()
    return job


def packed(tools: Tools, job: Job) -> zipfile.ZipFile:
    Runner(tools, (archiving.HANDLER,), ()).run_due()
    return zipfile.ZipFile(io.BytesIO(archiving.place(tools.files, job.id).read_bytes()))


@pytest.mark.parametrize(("form", "begins"), [(Form.PDF, b"%PDF"), (Form.DOCX, b"PK")])
def test_all_are_packed_counted_and_listed(tools: Tools, form: Form, begins: bytes) -> None:
    with Session(tools.engine, expire_on_commit=False) as db:
        world = World(db)
        round_ = world.round()
        both = [
            world.essay(who, round_=round_, state=State.SUBMITTED) for who in (world.an, world.lan)
        ]
        job = ask(world, *both, form=form)
        db.commit()

        archive = packed(tools, job)
        db.refresh(job)

    assert job.state is JobState.DONE
    assert archive.testzip() is None
    assert sorted(archive.namelist()) == [
        f"Chi bộ Văn phòng/Nguyễn Văn An.{form}", f"Chi bộ Văn phòng/Trần Thị Lan.{form}",
        archiving.LIST,
    ]  # fmt: skip
    assert all(info.flag_bits & 0x800 for info in archive.infolist())  # names are UTF-8
    assert all(
        archive.read(name).startswith(begins)
        for name in archive.namelist()
        if name != archiving.LIST
    )
    told = archive.read(archiving.LIST).decode("utf-8-sig")
    assert "Số bài: 2. Đã đếm và đọc lại đủ 2 tệp." in told
    assert "Chi bộ Văn phòng/Trần Thị Lan" in told


def test_judged_blind_nothing_in_the_archive_tells_whose_it_is(tools: Tools) -> None:
    with Session(tools.engine, expire_on_commit=False) as db:
        world = World(db)
        essay = world.essay(round_=world.round(blind=True), state=State.SUBMITTED)
        world.an.born_on = date(1980, 1, 1)
        job = ask(world, essay, form=Form.DOCX)
        db.commit()

        archive = packed(tools, job)

    name = f"{blind.code(essay.id)}.docx"
    assert sorted(archive.namelist()) == sorted([name, archiving.LIST])
    inside = zipfile.ZipFile(io.BytesIO(archive.read(name)))
    words = b"".join(inside.read(part) for part in inside.namelist()).decode("utf-8", "ignore")
    assert "Nguyễn Văn An" not in words + archive.read(archiving.LIST).decode()


def test_having_it_is_reading_and_is_on_record(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)

    ask(world, essay)

    entry = db.scalars(select(AuditEntry).where(AuditEntry.deed == Deed.ESSAY_READ)).one()
    assert (entry.subject_id, entry.actor_id) == (essay.id, world.binh.id)
    assert entry.facts == {"version": 1, "archived": 1}
    with pytest.raises(Untimely):
        essays.withdraw(db, essay, by=world.actor(world.an), now=NOW)


def test_what_one_may_not_judge_is_not_in_it(db: Session, world: World) -> None:
    mine = world.essay(state=State.SUBMITTED)
    others = [
        world.essay(who, round_=mine.round, state=State.SUBMITTED)
        for who in (world.binh, world.hoa)
    ]

    job = ask(world, mine, *others)

    assert [item.essay_id for item in archiving.items_of(job)] == [mine.id]
    with pytest.raises(Missing):
        ask(world, *others)


def test_an_archive_that_is_not_whole_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one", "x")

    archiving.expect_whole(path, 1)
    with pytest.raises(RuntimeError):
        archiving.expect_whole(path, 2)


def test_it_is_kept_for_a_day(tools: Tools) -> None:
    path = archiving.place(tools.files, UUID(int=1))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    for age, is_kept in ((timedelta(hours=23), True), (timedelta(hours=25), False)):
        moment = (NOW - age).timestamp()
        os.utime(path, (moment, moment))
        archiving.sweep(tools)
        assert path.exists() is is_kept
