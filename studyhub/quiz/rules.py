"""What a question may be, and when it is answered right. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from studyhub.kernel.words import N_

MOST_OPTIONS = 8
LETTERS = "ABCDEFGH"
LONGEST_TEXT = 4_000
LONGEST_OPTION = 1_000
LONGEST_PART = 200


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUTH = "truth"
    ORDER = "order"


@dataclass(frozen=True, kw_only=True)
class Content:
    """A question with its options; `key` are the places of the right ones, from 0.

    The options of an `order` question stand in the right order.
    """

    kind: Kind
    text: str
    options: tuple[str, ...]
    key: tuple[int, ...]
    explanation: str = ""
    part: str = ""


NO_TEXT = N_("The question itself is missing: write it after its number.")
TOO_LONG = N_("This is too long: at most 4,000 characters in a question and 1,000 in an option.")
FEW_OPTIONS = N_("There are fewer than two options. Put each on a line of its own: A. … B. …")
MANY_OPTIONS = N_("There are more than eight options. Leave out some.")
EMPTY_OPTION = N_("An option is empty. Fill it in or leave it out.")
SAME_OPTION = N_("Two options are the same. Change one of them.")
NO_KEY = N_("No right answer is marked. Make it bold, or add a line “Đáp án: B”.")
NO_SUCH_KEY = N_("The right answer names an option that is not there. Correct the letter.")
ONE_KEY = N_("Exactly one answer must be right in a question of this kind.")
TWO_OPTIONS = N_("A true-or-false question has exactly two options.")


def faults(content: Content) -> list[str]:
    """Everything that must be corrected before the question can be kept."""
    return [*_in_the_words(content), *_in_the_options(content), *_in_the_key(content)]


def _in_the_words(content: Content) -> Iterator[str]:
    if not content.text.strip():
        yield NO_TEXT
    texts = (content.text, content.explanation)
    if any(len(text) > LONGEST_TEXT for text in texts) or any(
        len(option) > LONGEST_OPTION for option in content.options
    ):
        yield TOO_LONG


def _in_the_options(content: Content) -> Iterator[str]:
    options = [" ".join(option.casefold().split()) for option in content.options]
    if len(options) < 2:
        yield FEW_OPTIONS
    elif content.kind is Kind.TRUTH and len(options) != 2:
        yield TWO_OPTIONS
    if len(options) > MOST_OPTIONS:
        yield MANY_OPTIONS
    if "" in options:
        yield EMPTY_OPTION
    elif len(set(options)) < len(options):
        yield SAME_OPTION


def _in_the_key(content: Content) -> Iterator[str]:
    if content.kind is Kind.ORDER or len(content.options) < 2:
        return
    if not content.key:
        yield NO_KEY
    elif not all(0 <= place < len(content.options) for place in content.key):
        yield NO_SUCH_KEY
    elif content.kind in {Kind.SINGLE, Kind.TRUTH} and len(set(content.key)) != 1:
        yield ONE_KEY


def settled(content: Content) -> tuple[int, ...]:
    """The key as it is kept: of an order, all places in turn; else each once, ascending."""
    if content.kind is Kind.ORDER:
        return tuple(range(len(content.options)))
    return tuple(sorted(set(content.key)))


def taken(kind: Kind, places: Iterable[int], options: int) -> tuple[int, ...]:
    """An answer as it is kept; what cannot be one is none: () is no answer."""
    chosen = tuple(dict.fromkeys(places))
    if not all(0 <= place < options for place in chosen):
        return ()
    if kind is Kind.ORDER:
        return chosen if len(chosen) == options else ()
    if kind is Kind.MULTIPLE:
        return tuple(sorted(chosen))
    return chosen if len(chosen) == 1 else ()


def is_right(kind: Kind, key: Sequence[int], answer: Sequence[int]) -> bool:
    """All of it or nothing: every right option and no other, or the whole order."""
    if kind is Kind.ORDER:
        return tuple(answer) == tuple(key)
    return bool(answer) and set(answer) == set(key)


def write_places(places: Iterable[int]) -> str:
    """Places as they are kept: "0,2"."""
    return ",".join(str(place) for place in places)


def read_places(kept: str) -> tuple[int, ...]:
    """What `write_places` wrote."""
    return tuple(int(place) for place in kept.split(",")) if kept else ()


_LETTERS = re.compile(
    r"\b(?i:cả|chỉ|gồm|đáp án|phương án|ý|câu)\s+(?:\(?[A-H]\)?\b)"
    r"|^\(?[A-H]\)?\s*(?:,|và|&)\s*\(?[A-H]\b"
)
_ABOVE = re.compile(
    r"\b(?:tất cả|cả|các)\b.*\b(?:trên|đều đúng|đều sai)\b|\bkhông (?:có|phải).*\b(?:nào|trên)\b",
    re.IGNORECASE,
)


def fixed(options: Sequence[str]) -> int:
    """How many options at the end keep their place when they are shuffled.

    “Tất cả các ý trên” must stay last; where one names others by their letters, all stay.
    """
    if any(_LETTERS.search(option) for option in options):
        return len(options)
    at = len(options)
    while at > 0 and _ABOVE.search(options[at - 1]):
        at -= 1
    return len(options) - at
