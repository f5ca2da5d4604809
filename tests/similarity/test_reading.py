"""Whatever a text looks like, its syllables are told, and where each of them stood."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyhub.similarity.reading import read
from tests.similarity.disguises import DISGUISES, hidden, look_alike
from tests.similarity.passages import passage

SAME = tuple(name for name in DISGUISES if name not in {"reordered", "reworded"})


@given(st.text())
def test_offsets_lead_back_into_the_text_as_given(text: str) -> None:
    reading = read(text)

    last = 0
    for start, end in zip(reading.starts, reading.ends, strict=True):
        assert last <= start < end <= len(text)
        assert any(letter.isalnum() for letter in text[start:end])
        last = end


@given(st.text(alphabet="aàáâắbcđôơ \u0301\u200b.\n", max_size=60), st.data())
def test_what_lies_before_changes_only_the_offsets(text: str, data: st.DataObject) -> None:
    before = data.draw(st.sampled_from(["", "Một hai. ", "ba\n\n", "\u00ad, "]))

    moved, plain = read(f"{before}\n{text}"), read(f"\n{text}")

    count = len(plain)
    assert list(moved.syllables)[len(moved) - count :] == list(plain.syllables)
    ends = list(moved.ends)[len(moved) - count :]
    assert [end - len(before) for end in ends] == list(plain.ends)


@pytest.mark.parametrize("name", SAME)
@given(seed=st.integers(0, 500))
def test_a_disguised_text_has_the_same_syllables(name: str, seed: int) -> None:
    text = passage(seed)

    disguised = DISGUISES[name](text, random.Random(seed))

    assert list(read(disguised).syllables) == list(read(text).syllables)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("uỷ ban", "ủy ban"),
        ("hoà bình", "hòa bình"),
        ("Đảng bộ", "dang bo"),
        ("hợp tác quốctế", "hợp tác quốc tế"),
        ("chínhquyền trongkhu vực", "chính quyền trong khu vực"),
        ("so\u0302\u0301ng", "sống"),
        ("\u043c\u043et \u0441on", "mot con"),
    ],
)
def test_two_spellings_are_one(one: str, other: str) -> None:
    assert list(read(one).syllables) == list(read(other).syllables)


def test_hidden_characters_and_look_alike_letters_are_flagged() -> None:
    by = random.Random(1)
    text = passage("plain")

    assert read(text).disguised == ()
    assert len(read(hidden(text, by)).disguised) > 5
    assert len(read(look_alike(text, by)).disguised) > 5


def test_a_word_of_another_script_is_no_disguise() -> None:
    assert read("Правда và Ελλάδα").disguised == ()


def test_a_span_has_what_closes_the_sentence() -> None:
    reading = read("Một hai “ba bốn.” Năm")

    start, end = reading.span(2, 4)

    assert reading.text[start:end] == "ba bốn.”"
