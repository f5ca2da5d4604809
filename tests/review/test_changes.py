"""What changed between two versions, syllable by syllable."""

from studyhub.review.changes import MOST, Kind, Stretch, changes, count, shortened

SAME, ADDED, REMOVED = Kind.SAME, Kind.ADDED, Kind.REMOVED


def test_a_changed_word_is_told_as_one_gone_and_one_come() -> None:
    told = changes("Tôi cam kết tích cực hơn", "Tôi cam kết hướng dẫn hơn")

    assert told == [
        Stretch(SAME, "Tôi cam kết"),
        Stretch(REMOVED, "tích cực"),
        Stretch(ADDED, "hướng dẫn"),
        Stretch(SAME, "hơn"),
    ]
    assert (count(told, ADDED), count(told, REMOVED)) == (2, 2)


def test_the_same_text_has_no_changes_whatever_its_spaces_and_composition() -> None:
    assert changes("đọc  kỹ\n", "đọc kỹ") == [Stretch(SAME, "đọc kỹ")]
    assert changes("", "") == []


def test_a_text_from_nothing_is_all_new() -> None:
    assert changes("", "một hai") == [Stretch(ADDED, "một hai")]


def test_long_unchanged_stretches_are_cut_to_a_little_context() -> None:
    long = " ".join(str(number) for number in range(40))

    told = shortened(changes(f"{long} cũ {long}", f"{long} mới {long}"))

    assert [stretch.text for stretch in told] == [
        "… 34 35 36 37 38 39",
        "cũ",
        "mới",
        "0 1 2 3 4 5 …",
    ]


def test_a_very_long_text_is_compared_by_paragraphs() -> None:
    old = "\n".join("một hai ba bốn" for _ in range(MOST // 4 + 1))

    told = changes(old, f"{old}\nmới thêm")

    assert [stretch.text for stretch in told if stretch.kind is ADDED] == ["mới thêm"]
