"""Every state meets every step: 16 pairs, 5 allowed, 11 refused."""

import itertools

import pytest

from studyhub.essays.lifecycle import LIFE, State, Step, after, steps_from
from studyhub.kernel.errors import Untimely

ALL = list(itertools.product(State, Step))


def test_five_of_sixteen_pairs_are_allowed() -> None:
    assert (len(ALL), len(LIFE)) == (16, 5)


@pytest.mark.parametrize(("state", "step"), [pair for pair in ALL if pair not in LIFE])
def test_every_other_step_is_refused(state: State, step: Step) -> None:
    with pytest.raises(Untimely):
        after(state, step)


def test_the_ordinary_life() -> None:
    state = State.DRAFT

    for step in (Step.SUBMIT, Step.WITHDRAW, Step.SUBMIT, Step.RETURN, Step.SUBMIT, Step.ACCEPT):
        state = after(state, step)

    assert state is State.ACCEPTED


def test_only_an_accepted_essay_has_come_to_its_end() -> None:
    assert [state for state in State if not steps_from(state)] == [State.ACCEPTED]
    assert {*LIFE.values()} == {*State}
