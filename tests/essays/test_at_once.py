"""Two requests at the same moment, each with its own connection and transaction."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from studyhub.access.actors import actor_of
from studyhub.essays import service
from studyhub.essays.models import Essay, Version
from studyhub.kernel import sqlite
from studyhub.kernel.errors import StudyHubError
from studyhub.rounds.models import StudyRound
from tests.databases import empty
from tests.world import NOW, TODAY, World


@pytest.fixture
def settled(engine: Engine) -> Iterator[World]:
    """The world, committed."""
    with Session(engine, expire_on_commit=False) as session:
        yield World(session)
    empty(engine)


def at_once(engine: Engine, deed: Callable[[Session], object]) -> list[object]:
    """The deed, done by two threads that start together; what it gave or how it was refused."""
    start = Barrier(2)

    def run(_number: int) -> object:
        with Session(engine) as db:
            start.wait()
            db.connection(execution_options={sqlite.WRITES: True})
            try:
                result = deed(db)
                db.commit()
            except StudyHubError as refusal:
                return refusal
            return result

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, range(2)))


def test_two_clicks_at_once_begin_once(engine: Engine, settled: World) -> None:
    round_ = settled.round()
    settled.db.commit()

    def begin(db: Session) -> object:
        actor = actor_of(db, settled.an.id, TODAY)
        return service.begin(db, db.get_one(StudyRound, round_.id), by=actor, now=NOW).id

    first, second = at_once(engine, begin)

    assert first == second
    assert settled.db.scalars(select(Essay.id)).all() == [first]


def test_two_clicks_at_once_hand_in_once(engine: Engine, settled: World) -> None:
    essay = settled.essay()
    settled.db.commit()

    def hand_in(db: Session) -> object:
        actor = actor_of(db, settled.an.id, TODAY)
        mine = db.get_one(Essay, essay.id)
        return service.submit(db, mine, revision=1, own_work=True, by=actor, now=NOW).receipt_code

    first, second = at_once(engine, hand_in)

    assert first == second
    assert settled.db.scalars(select(Version.number)).all() == [1]


def test_of_two_saves_at_once_one_is_kept_and_one_is_told(engine: Engine, settled: World) -> None:
    essay = settled.essay(text="old")
    key = str(essay.round.questions[0].id)
    settled.db.commit()
    words = iter(("from the phone", "from the desk"))

    def save(db: Session) -> object:
        mine = db.get_one(Essay, essay.id)
        return service.keep_draft(db, mine, {key: next(words)}, revision=1, now=NOW)

    results = at_once(engine, save)

    assert sorted(type(result).__name__ for result in results) == ["Conflict", "int"]
    settled.db.refresh(essay)
    assert essay.draft_revision == 2
