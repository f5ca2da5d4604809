"""What numbers come to: the scale, the bands, the mean, the third. No database."""

from datetime import timedelta

import pytest

from studyhub.kernel.errors import Unfit
from studyhub.review.models import Outcome
from studyhub.review.rewriting import rewrite_until
from studyhub.review.verdicts import needs_third, number_of, verdict
from studyhub.rounds.grading import Grade, Grading, read_points, write_points
from studyhub.rounds.marking import PRESETS, Marking, PlannedPart, expect_sound, preset_of
from studyhub.rounds.models import StudyRound
from tests.world import NOW


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("7,25", 725), ("7.25", 725), ("7,5", 750), ("7", 700), (" 10 ", 1000), ("10,00", 1000),
        ("0", 0), ("10,25", None), ("11", None), ("-1", None), ("7,255", None), ("", None),
        ("bảy", None), ("7,", None), ("٧", None),
    ],
)  # fmt: skip
def test_a_number_is_read_with_comma_or_point(typed: str, points: int | None) -> None:
    assert read_points(typed) == points


@pytest.mark.parametrize(
    ("points", "told"), [(725, "7,25"), (750, "7,5"), (700, "7,0"), (1000, "10,0"), (5, "0,05")]
)
def test_a_number_is_written_with_a_comma(points: int, told: str) -> None:
    assert write_points(points) == told
    assert read_points(told) == points


@pytest.mark.parametrize(
    ("points", "outcome", "grade"),
    [
        (1000, Outcome.ACCEPT, Grade.EXCELLENT), (900, Outcome.ACCEPT, Grade.EXCELLENT),
        (899, Outcome.ACCEPT, Grade.GOOD), (800, Outcome.ACCEPT, Grade.GOOD),
        (799, Outcome.ACCEPT, Grade.FAIR), (700, Outcome.ACCEPT, Grade.FAIR),
        (699, Outcome.ACCEPT, Grade.AVERAGE), (500, Outcome.ACCEPT, Grade.AVERAGE),
        (499, Outcome.RETURN, None), (0, Outcome.RETURN, None),
    ],
)  # fmt: skip
def test_the_band_follows_from_the_number(
    points: int, outcome: Outcome, grade: Grade | None
) -> None:
    found = verdict(points, pass_mark=500)

    assert (found.outcome, found.grade) == (outcome, grade)


@pytest.mark.parametrize(
    ("given", "markers", "number"),
    [
        ([], 1, None), ([725], 1, 725),
        ([725], 2, None), ([725, 750], 2, 738), ([750, 725], 2, 738), ([700, 875], 2, 788),
        ([600, 800], 2, None), ([600, 800, 775], 2, 775), ([800, 600, 500], 2, 500),
        ([600, 799], 2, 700),
    ],
)  # fmt: skip
def test_two_count_by_their_mean_and_a_third_decides_where_they_differ(
    given: list[int], markers: int, number: int | None
) -> None:
    assert number_of(given, markers=markers, apart=200) == number


def test_a_third_is_needed_from_the_difference_on() -> None:
    assert needs_third([600, 800], markers=2, apart=200)
    assert not needs_third([600, 775], markers=2, apart=200)
    assert not needs_third([600], markers=2, apart=200)
    assert not needs_third([600], markers=1, apart=200)


@pytest.mark.parametrize(
    ("rewrites", "days", "returned", "until"),
    [
        (None, 0, 5, None), (None, 3, 5, NOW + timedelta(days=3)),
        (1, 3, 1, NOW + timedelta(days=3)), (1, 3, 2, NOW), (1, 0, 1, None), (0, 3, 1, NOW),
    ],
)  # fmt: skip
def test_how_long_an_essay_may_be_completed(
    rewrites: int | None, days: int, returned: int, until: object
) -> None:
    round_ = StudyRound(rewrites=rewrites, rewrite_days=days)

    assert rewrite_until(round_, returned, NOW) == until


@pytest.mark.parametrize(
    ("grading", "rules"),
    [
        (Grading.BANDS, Marking(markers=2)),
        (Grading.PASS_ONLY, Marking(rubric=(PlannedPart(title="Một", most=1000),))),
        (Grading.POINTS, Marking(markers=3)), (Grading.POINTS, Marking(step=10)),
        (Grading.POINTS, Marking(pass_mark=0)), (Grading.POINTS, Marking(pass_mark=510)),
        (Grading.POINTS, Marking(apart=0)),
        (Grading.POINTS, Marking(rubric=(PlannedPart(title="Một", most=900),))),
        (Grading.POINTS, Marking(step=50, rubric=(
            PlannedPart(title="Một", most=525), PlannedPart(title="Hai", most=475)))),
    ],
)  # fmt: skip
def test_rules_by_which_nobody_could_judge_are_refused(grading: Grading, rules: Marking) -> None:
    with pytest.raises(Unfit):
        expect_sound(grading, rules)


def test_the_precedents_are_sound_and_known_again() -> None:
    for name, rules in PRESETS.items():
        expect_sound(*rules)
        assert preset_of(*rules) == name
    assert preset_of(Grading.POINTS, Marking(markers=2)) is None
