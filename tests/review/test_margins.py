"""A version laid out: words that comments are about are marked, numbers follow them."""

import pytest

from studyhub.essays.models import Version
from studyhub.review.margins import laid_out, read_spot
from studyhub.review.models import Comment
from tests.world import NOW


def comment(start: int | None = None, end: int | None = None, text: str = "x") -> Comment:
    return Comment(part=0, paragraph=0, start=start, end=end, text=text, written_at=NOW)


def pieces(*comments: Comment) -> list[tuple[str, bool, list[int]]]:
    version = Version(parts=[{"title": "I", "text": "một hai ba"}])
    [part] = laid_out(version, comments)
    return [
        (piece.text, piece.is_said, [note.number for note in piece.ends])
        for piece in part.rows[0].pieces
    ]


def test_a_comment_on_the_paragraph_marks_nothing_and_stands_at_its_end() -> None:
    assert pieces(comment()) == [("một hai ba", False, [1])]
    assert pieces() == [("một hai ba", False, [])]


def test_a_comment_on_words_marks_them() -> None:
    assert pieces(comment(4, 7)) == [("một ", False, []), ("hai", True, [1]), (" ba", False, [])]


def test_comments_that_overlap_are_numbered_by_where_they_end() -> None:
    assert pieces(comment(4, 10), comment(0, 7), comment()) == [
        ("một ", True, []), ("hai", True, [1]), (" ba", True, [2, 3]),
    ]  # fmt: skip


def test_a_comment_on_words_that_are_not_there_stands_at_the_end() -> None:
    assert pieces(comment(40, 50)) == [("một hai ba", False, [1])]


@pytest.mark.parametrize(
    ("told", "spot"),
    [
        ("0.2", (0, 2, None)),
        ("0.2:12-40", (0, 2, (12, 40))),
        ("0.2:40-12", None),
        ("0.2:x", None),
        ("x", None),
        ("", None),
    ],
)
def test_a_spot_is_read(told: str, spot: object) -> None:
    assert read_spot(told) == spot
