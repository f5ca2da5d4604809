"""A question found in a file, with what must be corrected before it can be kept. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from studyhub.kernel.vietnamese import fold
from studyhub.quiz.rules import LETTERS, Content, Kind, faults

TRUE, FALSE = "Đúng", "Sai"
_TRUTHS = ({"dung", "sai"}, {"true", "false"})
_ORDERING = re.compile(r"\b(?:sap xep|thu tu|trinh tu)\b")


@dataclass(frozen=True, kw_only=True)
class Found:
    """Where it stands in the file (its own number, or the row), and what it says."""

    place: str
    content: Content
    doubts: tuple[str, ...] = ()
    """What the reading itself could not settle."""

    @property
    def faults(self) -> list[str]:
        """Everything to be corrected; empty when it can be taken over."""
        return [*self.doubts, *faults(self.content)]

    def told(self) -> dict[str, Any]:
        """As plain data, for the way out of the fenced process."""
        return {
            "place": self.place,
            "doubts": self.doubts,
            **{**vars(self.content), "kind": self.content.kind.value},
        }

    @classmethod
    def of(cls, told: dict[str, Any]) -> Self:
        """What `told` said; nothing is believed about its types."""
        content = Content(
            kind=Kind(told["kind"]),
            text=str(told["text"]),
            options=tuple(str(option) for option in told["options"]),
            key=tuple(int(place) for place in told["key"]),
            explanation=str(told["explanation"]),
            part=str(told["part"]),
        )
        doubts = tuple(str(doubt) for doubt in told["doubts"])
        return cls(place=str(told["place"]), content=content, doubts=doubts)


def letters_in(said: str) -> list[int]:
    """The places that a key such as “A, C”, “C-A-B” or “AC” names, in its order."""
    words = re.findall(r"[^\W\d_]+", said)
    if not all(re.fullmatch(f"[{LETTERS}]+", word.upper()) for word in words):
        words = [word for word in words if len(word) == 1]
    return [LETTERS.index(letter) for word in words for letter in word.upper() if letter in LETTERS]


def content_of(
    text: str,
    options: Sequence[str],
    key: Sequence[int],
    *,
    kind: Kind | None = None,
    explanation: str = "",
    part: str = "",
) -> Content:
    """The question with its kind, told by its options and key where nothing else is said."""
    kind = kind or kind_of(text, options, key)
    if kind is Kind.ORDER and sorted(key) == list(range(len(options))):
        options = [options[place] for place in key]
    return Content(
        kind=kind,
        text=text,
        options=tuple(options),
        key=tuple(key),
        explanation=explanation,
        part=part,
    )


def kind_of(text: str, options: Sequence[str], key: Sequence[int]) -> Kind:
    """What kind of question it must be."""
    whole = len(key) == len(options) > 2
    if whole and (list(key) != sorted(key) or _ORDERING.search(fold(text))):
        return Kind.ORDER
    if {fold(option).strip(" .") for option in options} in _TRUTHS:
        return Kind.TRUTH
    return Kind.MULTIPLE if len(key) > 1 else Kind.SINGLE


def truth_in(said: str) -> int | None:
    """Whether a key says “Đúng” (0) or “Sai” (1); None when it says neither."""
    word = fold(said).strip(" .")
    return {"dung": 0, "true": 0, "sai": 1, "false": 1}.get(word)
