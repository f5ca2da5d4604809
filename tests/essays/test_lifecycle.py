"""Every state meets every step: 24 pairs, 9 allowed, 15 refused."""

import itertools

import pytest

from studyhub.essays.lifecycle import LIFE, State, Step, after, steps_from
from studyhub.kernel.errors import Untimely

ALL = list(itertools.product(State, Step))


def test_nine_of_twenty_four_pairs_are_allowed() -> None:
    assert (len(ALL), len(LIFE)) == (24, 9)


@pytest.mark.parametrize(("state", "step"), [pair for pair in ALL if pair not in LIFE])
def test_every_other_step_is_refused(state: State, step: Step) -> None:
    with pytest.raises(Untimely):
        after(state, step)


@pytest.mark.parametrize("step", [Step.RECALL, Step.APPEAL])
@pytest.mark.parametrize("state", [State.RETURNED, State.ACCEPTED])
def test_a_decision_recalled_or_appealed_from_leaves_it_waiting(state: State, step: Step) -> None:
    assert after(state, step) is State.SUBMITTED


def test_the_ordinary_life() -> None:
    state = State.DRAFT

    for step in (Step.SUBMIT, Step.WITHDRAW, Step.SUBMIT, Step.RETURN, Step.SUBMIT, Step.ACCEPT):
        state = after(state, step)

    assert state is State.ACCEPTED


def test_an_accepted_essay_has_come_to_its_end_but_for_a_recall_or_an_appeal() -> None:
    assert steps_from(State.ACCEPTED) == {Step.RECALL, Step.APPEAL}
    assert {*LIFE.values()} == {*State}
