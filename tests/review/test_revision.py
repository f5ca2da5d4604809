"""What became of a text that was handed in again, paragraph by paragraph."""

from studyhub.review.changes import Kind
from studyhub.review.revision import Fate, compared, fates


def told(old: str, new: str) -> list[tuple[Fate, str, str]]:
    return [(block.fate, block.old, block.new) for block in compared([old], [new])]


def test_the_same_text_has_no_changes() -> None:
    assert {fate for fate, *_ in told("một\nhai", "một\n\n  hai ")} == {Fate.SAME}


def test_a_paragraph_that_was_moved_is_not_one_gone_and_one_come() -> None:
    blocks = compared(
        ["một hai ba\nbốn năm sáu\nbảy tám chín"], ["bảy tám chín\nmột hai ba\nbốn năm sáu"]
    )

    assert [block.fate for block in blocks] == [Fate.MOVED, Fate.SAME, Fate.SAME]
    assert sum(block.added + block.removed for block in blocks) == 0


def test_a_paragraph_moved_to_another_part_and_changed_is_still_that_one() -> None:
    old = ["một hai ba bốn năm sáu bảy", "riêng phần hai"]
    new = ["hoàn toàn viết mới ở đây", "riêng phần hai\nmột hai ba bốn năm sáu tám"]

    blocks = compared(old, new)

    assert [block.fate for block in blocks] == [Fate.MOVED, Fate.ADDED, Fate.SAME] or [
        block.fate for block in blocks
    ] == [Fate.ADDED, Fate.SAME, Fate.MOVED] or [block.fate for block in blocks] == [
        Fate.ADDED, Fate.MOVED, Fate.SAME,
    ]  # fmt: skip
    assert fates(blocks)[0, 0].now == (1, 1)


def test_a_changed_paragraph_is_told_word_by_word() -> None:
    [block] = compared(["Tôi cam kết tích cực hơn"], ["Tôi cam kết hướng dẫn hơn"])

    assert block.fate is Fate.CHANGED
    assert [(one.kind, one.text) for one in block.told][1:3] == [
        (Kind.REMOVED, "tích cực"), (Kind.ADDED, "hướng dẫn"),
    ]  # fmt: skip


def test_what_shares_few_words_is_gone_and_come() -> None:
    assert told("một hai ba bốn", "năm sáu bảy tám") == [
        (Fate.REMOVED, "một hai ba bốn", ""), (Fate.ADDED, "", "năm sáu bảy tám"),
    ]  # fmt: skip


def test_what_was_removed_stands_where_it_stood() -> None:
    assert [fate for fate, *_ in told("một\nhai hai\nba ba ba", "một\nba ba ba")] == [
        Fate.SAME, Fate.REMOVED, Fate.SAME,
    ]  # fmt: skip


def test_each_old_paragraph_has_one_fate() -> None:
    blocks = compared(["một\nmột\nhai"], ["hai\nmột"])

    assert set(fates(blocks)) == {(0, 0), (0, 1), (0, 2)}
