"""Two texts of one part, paragraph by paragraph."""

import pytest

from studyhub.essays.comparing import BOTH, MINE, THEIRS, blocks, chosen

OURS = "Chung.\nCủa tôi.\nHết."
OTHERS = "Chung.\nCủa máy kia.\nHết."


def test_what_both_have_stands_once_and_what_differs_side_by_side() -> None:
    found = [(block.is_same, block.mine, block.theirs) for block in blocks(OURS, OTHERS)]

    assert found == [
        (True, ("Chung.",), ("Chung.",)),
        (False, ("Của tôi.",), ("Của máy kia.",)),
        (True, ("Hết.",), ("Hết.",)),
    ]


@pytest.mark.parametrize(
    ("choice", "text"),
    [(MINE, OURS), (THEIRS, OTHERS), (BOTH, "Chung.\nCủa tôi.\nCủa máy kia.\nHết."), ("", OURS),
     ("nonsense", OURS)],
)  # fmt: skip
def test_the_chosen_text_is_put_together(choice: str, text: str) -> None:
    assert chosen(OURS, OTHERS, {1: choice}) == text


def test_where_nothing_is_chosen_no_word_of_either_is_lost_for_want_of_an_answer() -> None:
    assert chosen("Một.", "Một.\nHai.", {}) == "Một.\nHai."
    assert chosen("Một.\nHai.", "Một.", {}) == "Một.\nHai."


def test_empty_lines_are_no_difference_and_stay_as_they_were_typed() -> None:
    assert all(block.is_same for block in blocks("Một.\n\nHai.", "Một.\nHai."))
    assert chosen("Một.\n\nHai.", "Một.\nHai.", {}) == "Một.\n\nHai."


def test_a_text_of_very_many_lines_is_compared_as_a_whole() -> None:
    many = "\n".join(str(n) for n in range(5000))

    assert len(blocks(many, "x\n" + many)) == 1
