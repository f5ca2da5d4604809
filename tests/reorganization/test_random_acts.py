"""Whatever is done to people and units, in whatever order: everybody counts once, figures agree."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.reorganization.years import DEEDS, Years
from tests.world import World

REAL = {"merge", "consolidate", "split", "rename", "move", "undo", "hand_in", "judge"}
"""What must really have happened: a test in which all is refused would prove nothing."""


@contextmanager
def undone(db: Session) -> Iterator[None]:
    """Each example begins in the same world."""
    savepoint = db.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()
        db.expunge_all()


@pytest.mark.slow
def test_after_any_sequence_every_figure_agrees(db: Session) -> None:
    done: Counter[str] = Counter()

    @settings(
        max_examples=8,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],  # shrinking takes minutes; the seed is fixed
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(
        deeds=st.lists(st.sampled_from(DEEDS), min_size=25, max_size=40),
        seed=st.integers(0, 10**6),
    )
    def any_sequence(deeds: list[str], seed: int) -> None:
        with undone(db):
            years = Years(db, World(db), seed)
            for deed in deeds:
                years.do(deed)
                years.expect_all_well()
            done.update(years.done)

    any_sequence()

    assert set(done) >= REAL, done
