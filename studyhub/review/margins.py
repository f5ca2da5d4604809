"""A version laid out for reading: every paragraph with the comments in its margin. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from studyhub.essays.models import Version
from studyhub.essays.paragraphs import paragraphs
from studyhub.review.models import Comment


@dataclass(frozen=True)
class Note:
    """A comment with its number on the page, and the words it is about, if not the paragraph."""

    number: int
    comment: Comment
    words: str = ""


@dataclass(frozen=True)
class Piece:
    """Some words of a paragraph: whether a comment is about them, and which end with them."""

    text: str
    is_said: bool
    ends: tuple[Note, ...] = ()


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

    @property
    def pieces(self) -> list[Piece]:
        """The text cut where comments begin and end; those on the whole of it end with it."""
        spans = [(note, *_span(note, self.text)) for note in self.notes]
        cuts = sorted({0, len(self.text), *(at for _, *span in spans for at in span)})
        return [
            Piece(
                self.text[begin:end],
                any(start <= begin and end <= stop for _, start, stop in spans if stop > start),
                tuple(note for note, _, stop in spans if stop == end),
            )
            for begin, end in pairwise(cuts)
        ]


@dataclass(frozen=True)
class Part:
    """One part of the essay."""

    title: str
    rows: tuple[Row, ...]


def laid_out(version: Version, comments: Iterable[Comment]) -> list[Part]:
    """The parts of the version; comments are numbered in reading order."""
    texts = [paragraphs(part["text"]) for part in version.parts]
    in_order = sorted(comments, key=_turn)
    notes = [
        Note(number, comment, _words(comment, texts)) for number, comment in enumerate(in_order, 1)
    ]
    return [
        Part(part["title"], tuple(_rows(number, texts[number], notes)))
        for number, part in enumerate(version.parts)
    ]


def read_place(place: str) -> tuple[int, int] | None:
    """The part and paragraph a place names; None when it names none."""
    part, _, paragraph = place.partition(".")
    if part.isdecimal() and paragraph.isdecimal():
        return int(part), int(paragraph)
    return None


def read_spot(spot: str) -> tuple[int, int, tuple[int, int] | None] | None:
    """The part, the paragraph and perhaps the characters in it: “0.2”, or “0.2:12-40”."""
    place, _, told = spot.partition(":")
    where = read_place(place)
    words = _stretch(told)
    if where is None or (told and words is None):
        return None
    return (*where, words)


def _stretch(told: str) -> tuple[int, int] | None:
    start, _, end = told.partition("-")
    if start.isdecimal() and end.isdecimal() and int(start) < int(end):
        return int(start), int(end)
    return None


def _turn(comment: Comment) -> tuple[object, ...]:
    whole = 10**9  # the number of a comment on the whole paragraph stands at its end
    return (
        comment.part,
        comment.paragraph,
        whole if comment.end is None else comment.end,
        comment.written_at,
        str(comment.id),
    )


def _rows(part: int, texts: Sequence[str], notes: list[Note]) -> Iterable[Row]:
    for paragraph, words in enumerate(texts):
        here = (part, paragraph)
        own = tuple(n for n in notes if (n.comment.part, n.comment.paragraph) == here)
        yield Row(part, paragraph, words, own)


def _span(note: Note, text: str) -> tuple[int, int]:
    """From where to where it is marked; a comment on the whole marks nothing, at the end."""
    start, end = note.comment.start, note.comment.end
    if start is None or end is None or not note.words:
        return len(text), len(text)
    return start, end


def _words(comment: Comment, texts: Sequence[Sequence[str]]) -> str:
    if comment.start is None or comment.end is None or comment.part >= len(texts):
        return ""
    found = texts[comment.part][comment.paragraph : comment.paragraph + 1]
    return found[0][comment.start : comment.end] if found else ""
