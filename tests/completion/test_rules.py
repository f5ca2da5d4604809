"""Every combination of marks and requirements: every person, no figure out of step."""

import itertools

import pytest

from studyhub.completion.rules import EssayMark, Marks, Measure, figures, is_done
from studyhub.rounds.models import Call, Requirement

EVERY_MARKS = [
    Marks(call=call, attended=attended, read=read, essay=essay, late=late)
    for call, attended, read, essay, late in itertools.product(
        Call, (False, True), (False, True), EssayMark, (False, True)
    )
]
EVERY_ASKED = [
    frozenset(asked) for n in range(5) for asked in itertools.combinations(Requirement, n)
]


@pytest.mark.parametrize("asked", EVERY_ASKED)
def test_the_figures_of_one_person_never_contradict_each_other(
    asked: frozenset[Requirement],
) -> None:
    for marks in EVERY_MARKS:
        told = figures(marks, asked)

        essays = sum(
            told[m] for m in (Measure.WRITING, Measure.WAITING, Measure.RETURNED, Measure.ACCEPTED)
        )
        assert set(told.values()) <= {0, 1}
        assert essays <= told[Measure.REQUIRED]
        assert told[Measure.REQUIRED] + told[Measure.EXEMPT] <= 1
        assert all(told[m] <= told[Measure.REQUIRED] for m in Measure if m is not Measure.EXEMPT)


def test_an_exempt_person_who_takes_part_is_not_in_the_numerator_either() -> None:
    marks = Marks(call=Call.EXEMPT, attended=True, read=True, essay=EssayMark.ACCEPTED)

    told = figures(marks, frozenset(Requirement))

    assert {measure for measure, count in told.items() if count} == {Measure.EXEMPT}


@pytest.mark.parametrize(
    ("asked", "done"),
    [
        ({Requirement.ATTEND}, True),
        ({Requirement.READ}, False),
        ({Requirement.ATTEND, Requirement.ESSAY}, True),
        ({Requirement.ATTEND, Requirement.ESSAY, Requirement.READ}, False),
        (set(), True),
    ],
)
def test_done_means_everything_that_was_asked(
    asked: set[Requirement],
    done: bool,  # noqa: FBT001 - a column of the table
) -> None:
    marks = Marks(call=Call.REQUIRED, attended=True, read=False, essay=EssayMark.ACCEPTED)

    assert is_done(marks, asked) is done


def test_an_essay_that_waits_is_not_yet_done() -> None:
    marks = Marks(call=Call.REQUIRED, essay=EssayMark.SUBMITTED)

    assert not is_done(marks, {Requirement.ESSAY})
