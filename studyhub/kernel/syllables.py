"""Whether a word can be a Vietnamese syllable: tells the letters a text is typed in."""

import re
import unicodedata
from dataclasses import dataclass

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    r"""
    (?: ngh? | gh? | gi | nh | ch? | kh? | ph | qu? | t[hr]? | [bdđhlmnrsvxp] )?
    (?: iêu | yêu | uyê | uya | uyu | uôi | ươi | ươu | oai | oay | oao | oeo | uây
      | a[ioyu] | â[yu] | e[o] | êu | i[aêu] | yê | o[aăei] | ôi | ơi | u[aâêơyôi] | ư[aơiu]
      | oo | [aăâeêioôơuưy] )
    (?: ch | nh | ng | [cmnpt] )?
    """,
    re.VERBOSE,
)
_EDGES = re.compile(r"^[^\w\d]+|[^\w\d]+$")
_DASHES = re.compile(r"[-–—/]")


@dataclass(frozen=True)
class Reading:
    """How many words have letters beyond plain ASCII, and how many of them are syllables."""

    telling: int
    sound: int

    @property
    def share(self) -> float:
        """The share of syllables among the telling words."""
        return self.sound / self.telling if self.telling else 1.0


def is_syllable(word: str) -> bool:
    """Whether Vietnamese spelling allows this: one tone at most, no capital within."""
    if not (word.islower() or word.isupper() or word[1:].islower()):
        return False
    bare, tones = _TONES.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)))


def reading_of(text: str) -> Reading:
    """How Vietnamese a text reads as it stands."""
    telling = [word for word in _words(text) if not word.isascii()]
    return Reading(len(telling), sum(1 for word in telling if is_syllable(word)))


def _words(text: str) -> list[str]:
    pieces = (piece for word in text.split() for piece in _DASHES.split(word))
    return [word for piece in pieces if (word := _EDGES.sub("", piece))]
