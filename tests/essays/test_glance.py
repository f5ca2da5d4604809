"""What changed between two drafts, quick enough for a long list."""

from hypothesis import given
from hypothesis import strategies as st

from studyhub.essays.glance import MOST, Glance, glance

words = st.lists(st.sampled_from("một hai ba bốn năm".split()), max_size=30).map(" ".join)


def test_what_was_typed_on_is_told_by_its_last_words() -> None:
    assert glance({"a": "một hai"}, {"a": "một hai ba bốn"}) == Glance(2, 0, "ba bốn", "")


def test_changes_in_several_places_are_told_each() -> None:
    told = glance({"a": "x một y hai z", "b": "p"}, {"a": "x mốt y hài z", "b": "p q"})

    assert told == Glance(3, 2, "mốt … hài … q", "một … hai")


def test_a_long_change_is_only_counted() -> None:
    told = glance({"a": ""}, {"a": " ".join(f"w{n}" for n in range(MOST + 1))})

    assert told == Glance(MOST + 1, 0, "", "")


@given(words, words)
def test_what_came_and_went_makes_up_the_difference(old: str, new: str) -> None:
    told = glance({"a": old}, {"a": new})

    assert told.came - told.went == len(new.split()) - len(old.split())
    assert (told.came, told.went) == (0, 0) or old != new
