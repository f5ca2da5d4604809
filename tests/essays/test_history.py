"""The history of a draft: what goes into it, comes back from it, and when it ends."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from studyhub.essays import history, service
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, KeptDraft, Version
from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.kernel.errors import Conflict, Untimely
from studyhub.rounds.lifecycle import RoundState
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from tests.databases import empty
from tests.statements import counted
from tests.world import NOW, World

MINUTE = timedelta(minutes=1)


def part(essay: Essay) -> str:
    return str(essay.round.questions[0].id)


def types(db: Session, essay: Essay, *texts: str, pace: timedelta = MINUTE) -> None:
    """The author types these, one after the other."""
    for number, text in enumerate(texts, 1):
        revision = essay.draft_revision
        moment = NOW + number * pace
        service.keep_draft(db, essay, {part(essay): text}, revision=revision, now=moment)


def texts(db: Session, essay: Essay) -> list[str]:
    return [kept.draft[part(essay)] for kept in history.entries(db, essay)]


def test_what_was_saved_a_minute_ago_goes_into_the_history(db: Session, world: World) -> None:
    essay = world.essay(text="không")

    types(db, essay, "một", "một hai", "một hai ba")

    assert texts(db, essay) == ["một hai", "một", "không"]
    last = history.entries(db, essay)[0]
    assert (last.kept_at, last.revision, last.in_passing) == (NOW + 2 * MINUTE, 3, True)


def test_of_many_saves_within_a_minute_one_is_kept(db: Session, world: World) -> None:
    essay = world.essay(text="không")

    types(db, essay, *(f"chữ {number}" for number in range(60)), pace=timedelta(seconds=2))

    assert len(texts(db, essay)) == 2


def test_whoever_deletes_a_page_finds_it_in_the_history(db: Session, world: World) -> None:
    essay = world.essay(text="không")
    page = "Nhiệm vụ và giải pháp. " * 20

    types(db, essay, "một", page, "", pace=timedelta(seconds=2))

    assert texts(db, essay)[0] == page


def test_a_save_costs_one_statement_more_and_that_once_a_minute(db: Session, world: World) -> None:
    essay = world.essay(text="không")

    with counted(db) as first:
        types(db, essay, "một", pace=timedelta(seconds=2))
    with counted(db) as second:
        types(db, essay, "một hai", pace=timedelta(seconds=4))

    assert [one.split()[0] for one in first] == ["UPDATE", "INSERT"]
    assert [one.split()[0] for one in second] == ["UPDATE"]


def test_an_empty_draft_leaves_no_trace(db: Session, world: World) -> None:
    essay = world.essay(text="")

    types(db, essay, "một")

    assert texts(db, essay) == []


def test_handing_in_keeps_what_it_wrote_over(db: Session, world: World) -> None:
    essay = world.essay(text="Tôi đã đọc.")

    service.hand_in(
        db, essay, {part(essay): "Tôi đã đọc kỹ."}, revision=1, own_work=True,
        by=world.actor(world.an), now=NOW + MINUTE,
    )  # fmt: skip

    assert texts(db, essay) == ["Tôi đã đọc."]


def test_to_restore_is_to_save_and_the_present_text_goes_into_the_history(
    db: Session, world: World
) -> None:
    essay = world.essay(text="xưa")
    types(db, essay, "nay")
    old = history.entries(db, essay)[0]

    history.restore(db, essay, old, revision=2, now=NOW + timedelta(hours=2))

    assert essay.draft[part(essay)] == "xưa"
    assert essay.draft_revision == 3
    kept = history.entries(db, essay)
    assert texts(db, essay) == ["nay", "xưa"]
    assert [one.in_passing for one in kept] == [False, True]


def test_to_restore_over_a_newer_text_is_refused(db: Session, world: World) -> None:
    essay = world.essay(text="xưa")
    types(db, essay, "nay")
    old = history.entries(db, essay)[0]
    types(db, essay, "mới hơn")

    with pytest.raises(Conflict):
        history.restore(db, essay, old, revision=2, now=NOW)

    assert essay.draft[part(essay)] == "mới hơn"


def test_what_is_handed_in_is_not_restored_into(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED, text="nộp")
    old = KeptDraft(essay_id=essay.id, revision=0, draft={part(essay): "xưa"}, kept_at=NOW)
    db.add(old)
    db.flush()

    with pytest.raises(Untimely):
        history.restore(db, essay, old, revision=1, now=NOW)


def test_an_entry_is_found_through_its_own_essay_only(db: Session, world: World) -> None:
    mine, others = world.essay(text="xưa"), world.essay(world.lan)
    types(db, mine, "nay")
    old = history.entries(db, mine)[0]

    assert history.entry(db, mine, old.id) is old
    assert history.entry(db, others, old.id) is None


def test_each_text_knows_the_one_that_followed(db: Session, world: World) -> None:
    essay = world.essay(text="không")
    types(db, essay, "một", "hai")
    latest, first = history.entries(db, essay)

    assert history.following(db, first) is latest
    assert history.following(db, latest) is None


@pytest.fixture
def tools(engine: Engine, tmp_path: Path) -> Tools:
    """For background work, which commits: the database is emptied first."""
    empty(engine)
    return Tools(
        engine=engine,
        clock=StoppedClock(NOW),
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        files=FileStore(tmp_path),
        settings=Settings(secret_key="x", database_url=""),
    )


def kept(tools: Tools) -> Sequence[KeptDraft]:
    with tools.reading() as db:
        return db.scalars(select(KeptDraft).order_by(KeptDraft.kept_at)).all()


def remembered(tools: Tools, *ages: timedelta, in_passing: bool = True) -> None:
    """An essay, and texts of it that were kept so long ago."""
    with tools.writing() as db:
        essay = World(db).essay(text="nay")
        for age in ages:
            entry = KeptDraft(essay_id=essay.id, revision=1, draft={"a": "x"}, kept_at=NOW - age)
            entry.in_passing = in_passing
            db.add(entry)


def test_the_chore_thins_what_was_kept_in_passing(tools: Tools, engine: Engine) -> None:
    ages = [timedelta(minutes=10 + 4 * number) for number in range(40)]
    remembered(tools, *ages)

    history.thin(tools)
    history.thin(tools)

    young = sum(age <= timedelta(hours=1) for age in ages)
    assert young < len(kept(tools)) <= young + 3
    empty(engine)


def test_what_gave_way_is_never_thinned(tools: Tools, engine: Engine) -> None:
    remembered(tools, *(timedelta(hours=30, minutes=n) for n in range(5)), in_passing=False)

    history.thin(tools)

    assert len(kept(tools)) == 5
    empty(engine)


@pytest.mark.parametrize(
    ("state", "days", "left"),
    [
        (RoundState.OPEN, None, 3),
        (RoundState.CLOSED, 29, 3),
        (RoundState.CLOSED, 31, 0),
    ],
)
def test_the_history_ends_a_month_after_its_round_was_closed(
    tools: Tools, engine: Engine, state: RoundState, days: int | None, left: int
) -> None:
    with tools.writing() as db:
        essay = World(db).essay(state=State.SUBMITTED)
        essay.round.state = state
        essay.round.closed_at = NOW - timedelta(days=days) if days else None
        for _ in range(3):
            db.add(KeptDraft(essay_id=essay.id, revision=1, draft={"a": "x"}, kept_at=NOW))

    history.forget(tools)

    assert len(kept(tools)) == left
    with tools.reading() as db:
        assert len(db.scalars(select(Version)).all()) == 1
    empty(engine)
