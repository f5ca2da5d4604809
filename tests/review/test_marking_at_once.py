"""Two markers at the same moment: nothing is overwritten, and there is one decision."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from studyhub.access.actors import actor_of
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel import sqlite
from studyhub.kernel.errors import StudyHubError
from studyhub.review import service
from studyhub.review.marks import Mark
from studyhub.review.models import Decision
from studyhub.rounds.grading import Grading
from tests.databases import empty
from tests.world import NOW, TODAY, World


@pytest.fixture
def settled(engine: Engine) -> Iterator[World]:
    """The world, committed."""
    with Session(engine, expire_on_commit=False) as session:
        yield World(session)
    empty(engine)


@pytest.mark.parametrize(
    ("who", "numbers", "decided"),
    [(("binh", "giang"), (700, 800), 750), (("binh", "binh"), (700, 700), None)],
)
def test_two_marks_at_once_both_count_and_one_persons_count_once(
    engine: Engine,
    settled: World,
    who: tuple[str, str],
    numbers: tuple[int, int],
    decided: int | None,
) -> None:
    round_ = settled.round(grading=Grading.POINTS, markers=2)
    essay = settled.essay(round_=round_, state=State.SUBMITTED)
    settled.db.commit()
    people = [getattr(settled, name).id for name in who]
    start = Barrier(2)

    def mark(place: int) -> bool:
        with Session(engine) as db:
            start.wait()
            db.connection(execution_options={sqlite.WRITES: True})
            by = actor_of(db, people[place], TODAY)
            mine = db.get_one(Essay, essay.id)
            try:
                service.give_mark(db, mine, 1, points=[numbers[place]], remark="", by=by, now=NOW)
                db.commit()
            except StudyHubError:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(mark, range(2)))

    settled.db.rollback()
    marks = settled.db.scalars(select(Mark.points)).all()
    assert sorted(marks) == sorted(numbers[: sum(done)])
    assert settled.db.scalars(select(Decision.points)).one_or_none() == decided
    assert sum(done) == (2 if decided else 1)
