"""Every state meets every step."""

import itertools

import pytest

from studyhub.inquiries.lifecycle import LIFE, State, Step, after, steps_from
from studyhub.kernel.errors import Untimely

ALL = list(itertools.product(State, Step))


@pytest.mark.parametrize(("state", "step"), [pair for pair in ALL if pair not in LIFE])
def test_every_other_step_is_refused(state: State, step: Step) -> None:
    with pytest.raises(Untimely):
        after(state, step)


def test_every_state_is_reached_and_only_a_withdrawn_question_rests() -> None:
    assert {state for state in State if not steps_from(state)} == {State.WITHDRAWN}
    assert {*LIFE.values(), State.WAITING} == {*State}
