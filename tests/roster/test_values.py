"""What one cell says: days, numbers that lost their zeros, posts, states."""

from datetime import date

import pytest

from studyhub.kernel.actor import Post
from studyhub.roster import values
from studyhub.roster.errors import Wrong
from studyhub.roster.values import Day, Zeros

LATEST = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(1975, 9, 5), Day(date(1975, 9, 5))),
        ("05/09/1975", Day(date(1975, 9, 5))),
        ("5-9-75", Day(date(1975, 9, 5))),
        ("5.9.1975", Day(date(1975, 9, 5))),
        ("1-2-08", Day(date(2008, 2, 1))),
        ("1975-09-05", Day(date(1975, 9, 5))),
        ("1975", Day(date(1975, 1, 1), year_only=True)),
        (1975, Day(date(1975, 1, 1), year_only=True)),
        (27642, Day(date(1975, 9, 5))),
        ("", None),
    ],
)
def test_days_are_understood_as_people_write_them(cell: str | date, day: Day | None) -> None:
    assert values.day(cell, latest=LATEST) == day


@pytest.mark.parametrize("cell", ["31/02/1975", "5/13/1975", "năm 75", "1/1/1850", "1/1/2030"])
def test_what_is_no_day_is_said_to_be_none(cell: str) -> None:
    with pytest.raises(Wrong):
        values.day(cell, latest=LATEST)


@pytest.mark.parametrize("cell", ["31/02/1975", "2025-02-29", "5/13/1975", "0/1/1980"])
def test_a_day_the_calendar_does_not_have_is_called_so(cell: str) -> None:
    with pytest.raises(Wrong) as wrong:
        values.day(cell, latest=LATEST)

    assert wrong.value.message == values.NO_SUCH_DAY


def test_a_year_alone_says_every_day_of_it() -> None:
    year = Day(date(1975, 1, 1), year_only=True)

    assert year.says(date(1975, 9, 5))
    assert not year.says(date(1976, 1, 1))
    assert not year.is_before(Day(date(1975, 9, 5)))
    assert year.is_before(Day(date(1976, 1, 1), year_only=True))


@pytest.mark.parametrize("cell", [52374942, 1234567, "52374942", "52374942 "])
def test_lost_zeros_are_asked_about_and_never_put_back_silently(cell: str | int) -> None:
    with pytest.raises(Wrong) as wrong:
        values.card(cell, Zeros.ASK)

    assert wrong.value.message == values.ZEROS_LOST
    assert values.card(cell, Zeros.PAD) == str(cell).strip().zfill(12)


def test_an_old_card_number_may_be_kept_but_no_shorter_one() -> None:
    assert values.card("52374942", Zeros.KEEP) == "52374942"
    with pytest.raises(Wrong):
        values.card(1234567, Zeros.KEEP)


@pytest.mark.parametrize("cell", ["1234", "00005237494X", "1" * 13, 1.5])
def test_what_is_no_card_number_is_refused(cell: str | float) -> None:
    with pytest.raises(Wrong) as wrong:
        values.card(cell, Zeros.PAD)

    assert wrong.value.message == values.NOT_A_CARD


def test_a_telephone_number_that_was_a_number_is_asked_about_too() -> None:
    assert values.phone("0964 378 475", Zeros.ASK) == "0964 378 475"
    assert values.phone(964378475, Zeros.PAD) == "0964378475"
    with pytest.raises(Wrong):
        values.phone(964378475, Zeros.ASK)


def test_names_are_composed_and_tidied_and_nothing_else_is_a_name() -> None:
    assert values.name("Nguye\u0302\u0303n  Thị\u00a0Hạnh ") == "Nguyễn Thị Hạnh"
    for cell in ("", "=1+1", "Nguyễn Văn 2"):
        with pytest.raises(Wrong):
            values.name(cell)


def test_posts_are_known_and_others_left_aside() -> None:
    assert values.posts("Bí thư chi bộ, Đảng ủy viên") == ((Post.SECRETARY,), ("Đảng ủy viên",))
    assert values.posts("Phó Bí thư; Chi ủy viên") == ((Post.DEPUTY, Post.COMMITTEE_MEMBER), ())
    assert values.posts("Đảng viên") == ((), ())
    assert values.posts("Bí thư đảng ủy") == ((), ("Bí thư đảng ủy",))


def test_states_of_activity() -> None:
    assert values.is_exempt("Miễn sinh hoạt")
    assert not values.is_exempt("Đang sinh hoạt Đảng")
    assert not values.is_exempt("")
    for cell, message in (
        ("Đã chuyển đi", values.HAS_LEFT),
        ("Từ trần", values.HAS_LEFT),
        ("Khai trừ", values.HAS_LEFT),
        ("Chưa rõ", values.NOT_A_STATE),
    ):
        with pytest.raises(Wrong) as wrong:
            values.is_exempt(cell)
        assert wrong.value.message == message
