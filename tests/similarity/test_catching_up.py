"""Essays from before the index, and documents that are corrected: known without anybody's doing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from studyhub.essays.elsewhere import KIND
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.jobs.models import Job
from studyhub.jobs.work import Task, Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.library import service as library
from studyhub.library.front_matter import DocumentType, FrontMatter
from studyhub.library.models import Document
from studyhub.library.outline import Part
from studyhub.rounds.models import DocumentRole, RoundDocument, StudyRound
from studyhub.settings import Settings
from studyhub.similarity import background, queries, service
from studyhub.similarity.models import Examination, SharedPassage
from studyhub.storage.files import FileStore
from tests.databases import empty
from tests.similarity.passages import essay as own_words
from tests.similarity.passages import passage
from tests.world import NOW, World

COPIED = passage("copied", 120)
DAY = timedelta(days=1)


@pytest.fixture
def tools(engine: Engine, tmp_path: Path) -> Iterator[Tools]:
    """For background work, which commits: the database is empty before and after."""
    empty(engine)
    yield Tools(
        engine=engine,
        clock=StoppedClock(NOW),
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        files=FileStore(tmp_path),
        settings=Settings(secret_key="x", database_url=""),
    )
    empty(engine)


def handed_in(world: World, round_: StudyRound, author: str, text: str, *, ago: timedelta) -> Essay:
    essay = world.essay(getattr(world, author), round_=round_, state=State.SUBMITTED)
    version = essay.versions[-1]
    version.parts = [{"title": "Nhận thức", "text": text}]
    version.submitted_at = NOW - ago
    world.db.flush()
    return essay


def both(tools: Tools) -> tuple[UUID, UUID]:
    """Lan handed in two days ago, An, who has a passage of hers, yesterday."""
    with tools.writing() as db:
        world = World(db)
        round_ = world.round()
        an = handed_in(world, round_, "an", f"{own_words('an')}\n\n{COPIED}", ago=DAY)
        lan = handed_in(world, round_, "lan", f"{own_words('lan')}\n\n{COPIED}", ago=2 * DAY)
        return lan.versions[-1].id, an.versions[-1].id


def found(tools: Tools) -> set[tuple[UUID, UUID | None]]:
    with tools.reading() as db:
        rows = db.execute(select(SharedPassage.version_id, SharedPassage.source_version_id))
        return {(one, other) for one, other in rows}


def examined(tools: Tools) -> set[UUID]:
    with tools.reading() as db:
        return set(db.scalars(select(Examination.version_id)))


def task(tools: Tools, kind: str, subject: UUID) -> Task:
    return Task(
        id=subject, kind=kind, subject_id=subject, payload={}, attempt=1, tools=tools,
        progress=lambda _: None,
    )  # fmt: skip


def test_earlier_essays_are_compared_in_order_of_hand_in(tools: Tools) -> None:
    lan, an = both(tools)

    background.catch_up(tools)

    assert examined(tools) == {lan, an}
    assert found(tools) == {(an, lan)}


def test_it_goes_on_where_it_stopped(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    lan, an = both(tools)
    monkeypatch.setattr(background, "A_FEW", 1)

    background.catch_up(tools)
    assert examined(tools) == {lan}
    background.catch_up(tools)
    assert examined(tools) == {lan, an}
    background.catch_up(tools)

    assert found(tools) == {(an, lan)}


def test_what_has_just_been_handed_in_is_left_to_its_job(tools: Tools) -> None:
    with tools.writing() as db:
        world = World(db)
        handed_in(world, world.round(), "an", own_words("an"), ago=timedelta(minutes=5))

    background.catch_up(tools)

    assert examined(tools) == set()


def test_drafts_and_pages_without_text_are_left_alone(tools: Tools) -> None:
    with tools.writing() as db:
        world = World(db)
        round_ = world.round()
        world.essay(world.lan, round_=round_)
        taken_back = handed_in(world, round_, "an", own_words("an"), ago=DAY)
        taken_back.state = State.DRAFT
        pages = handed_in(world, round_, "hoa", "", ago=DAY)
        pages.versions[-1].syllables = 0

    background.catch_up(tools)

    assert examined(tools) == set()


def test_what_was_compared_before_an_earlier_one_was_known_is_compared_again(
    tools: Tools,
) -> None:
    lan, an = both(tools)
    with tools.writing() as db:
        service.compare(db, an, now=NOW)
    assert found(tools) == set()

    background.catch_up(tools)

    assert found(tools) == set()  # Lan has it from nobody: hers was there first
    with tools.reading() as db:
        asked = db.scalars(select(Job.subject_id).where(Job.kind == KIND)).all()
    assert asked == [an]
    background.compare(task(tools, KIND, an))
    assert found(tools) == {(an, lan)}
    background.compare(task(tools, KIND, lan))
    assert found(tools) == {(an, lan)}  # nothing of An's page is lost when Lan's is made anew


def correct(db: Session, world: World, document_id: object, text: str) -> None:
    document = db.get_one(Document, document_id)
    front = FrontMatter(type=DocumentType.RESOLUTION, number=document.number, subject="Về y tế")
    part = Part(level=1, number="I.", title="Chung", anchor="i", paragraphs=(text,))
    library.change_document(
        db, document, front, [part], seen=library.fingerprint(document),
        by=world.actor(world.dung), now=NOW,
    )  # fmt: skip


def documents_in(db: Session, version: Version) -> int:
    shares = queries.shares(db, version.id)
    assert shares is not None
    return shares.documents


def test_a_corrected_document_is_known_by_its_present_text(db: Session, world: World) -> None:
    document = world.document("về y tế")
    service.learn_documents(db)
    essay = handed_in(world, world.round(), "an", f"{own_words('an')}\n\n{COPIED}", ago=DAY)
    version = essay.versions[-1]
    service.compare(db, version.id, now=NOW)
    assert documents_in(db, version) == 0

    correct(db, world, document.id, COPIED)
    asked = db.scalars(select(Job.subject_id).where(Job.kind == library.CHANGED)).all()
    assert asked == [document.id]
    service.renew_document(db, document.id, now=NOW)
    service.compare(db, version.id, now=NOW)
    assert documents_in(db, version) > 15

    correct(db, world, document.id, passage("other words", 120))
    service.renew_document(db, document.id, now=NOW)
    again = db.scalars(select(Job.subject_id).where(Job.kind == KIND)).all()
    assert version.id in again
    service.compare(db, version.id, now=NOW)
    assert documents_in(db, version) == 0


def test_what_stands_in_the_sample_everybody_got_is_told_apart(db: Session, world: World) -> None:
    round_ = world.round()
    sample = world.document("đề cương")
    correct(db, world, sample.id, COPIED)
    round_.documents.append(RoundDocument(document=sample, position=1, role=DocumentRole.SAMPLE))
    for author in ("lan", "an"):
        essay = handed_in(world, round_, author, f"{own_words(author)}\n\n{COPIED}", ago=DAY)
        service.compare(db, essay.versions[-1].id, now=NOW)

    shares = queries.shares(db, essay.versions[-1].id)

    assert shares is not None
    assert shares.template > 15
    assert (shares.documents, shares.others) == (0, 0)
