"""How numbers and documents' numbers are said, in both languages."""

import pytest
from flask import Flask

from studyhub.web.filters import JOINER, no_break, number, percent
from studyhub.web.language import gettext, ngettext


def in_english(said: float, whole: int | None = None) -> str:
    """The number, or the share, as an English reader sees it."""
    with Flask(__name__).test_request_context(headers={"Cookie": "language=en"}):
        return number(said) if whole is None else percent(int(said), whole)


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1500, "1.500", "1,500"),
        (1234567, "1.234.567", "1,234,567"),
        (-1500, "-1.500", "-1,500"),
        (1500.5, "1.500,5", "1,500.5"),
        (2.0, "2", "2"),
    ],
)
def test_thousands_and_decimals_in_the_way_of_the_language(
    value: float, vietnamese: str, english: str
) -> None:
    assert number(value) == vietnamese
    assert in_english(value) == english


def test_a_count_in_a_sentence_is_written_like_any_other_number() -> None:
    with Flask(__name__).test_request_context(headers={"Cookie": "language=en"}):
        assert ngettext("%(num)d member", "%(num)d members", 12500) == "12,500 members"
        assert gettext("%(count)d of %(all)d", count=999, all=1000) == "999 of 1,000"
    assert gettext("%(count)d of %(all)d", count=2026, all=1_000_000) == "2.026 of 1.000.000"
    with pytest.raises(KeyError):
        gettext("%(count)d", other=1)


@pytest.mark.parametrize(
    ("part", "whole", "vietnamese", "english"),
    [
        (5, 8, "62,5%", "62.5%"),
        (1, 3, "33,3%", "33.3%"),
        (4, 8, "50%", "50%"),
        (8, 8, "100%", "100%"),
        (0, 8, "0%", "0%"),
        (0, 0, "–", "–"),
    ],
)
def test_a_share_has_one_decimal_at_most(
    part: int, whole: int, vietnamese: str, english: str
) -> None:
    assert percent(part, whole) == vietnamese
    assert in_english(part, whole) == english


def test_almost_all_is_not_all_and_hardly_any_is_not_none() -> None:
    assert percent(2499, 2500) == "99,9%"
    assert percent(1, 2500) == "0,1%"


@pytest.mark.parametrize("said", ["52-NQ/TW", "03/NQ-CP", "04/TTr-BKHCN-BTTTT"])
def test_the_number_of_a_document_stays_on_one_line(said: str) -> None:
    joined = str(no_break(f"Nghị quyết số {said}"))

    assert joined.replace(JOINER, "").endswith(said)
    assert f"{JOINER}/{JOINER}" in joined
