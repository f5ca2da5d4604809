"""A version laid out for reading: every paragraph with the comments in its margin. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from studyhub.essays.models import Version
from studyhub.essays.paragraphs import paragraphs
from studyhub.review.models import Comment


@dataclass(frozen=True)
class Note:
    """A comment with its number on the page."""

    number: int
    comment: Comment


@dataclass(frozen=True)
class Row:
    """One paragraph and what was said about it."""

    part: int
    paragraph: int
    text: str
    notes: tuple[Note, ...]

    @property
    def place(self) -> str:
        """Where it stands, as one word: “0.2” is the third paragraph of the first part."""
        return f"{self.part}.{self.paragraph}"


@dataclass(frozen=True)
class Part:
    """One part of the essay."""

    title: str
    rows: tuple[Row, ...]


def laid_out(version: Version, comments: Iterable[Comment]) -> list[Part]:
    """The parts of the version; comments are numbered in reading order."""
    in_order = sorted(comments, key=lambda one: (one.part, one.paragraph, one.written_at))
    notes = [Note(number, comment) for number, comment in enumerate(in_order, 1)]
    return [
        Part(part["title"], tuple(_rows(number, part["text"], notes)))
        for number, part in enumerate(version.parts)
    ]


def read_place(place: str) -> tuple[int, int] | None:
    """The part and paragraph a place names; None when it names none."""
    part, _, paragraph = place.partition(".")
    if part.isdecimal() and paragraph.isdecimal():
        return int(part), int(paragraph)
    return None


def _rows(part: int, text: str, notes: list[Note]) -> Iterable[Row]:
    for paragraph, words in enumerate(paragraphs(text)):
        here = (part, paragraph)
        own = tuple(n for n in notes if (n.comment.part, n.comment.paragraph) == here)
        yield Row(part, paragraph, words, own)
