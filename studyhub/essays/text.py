"""What is done to a text before it is kept, and the normal form its hash is taken over. Pure.

Kept: composed (NFC), line ends as `\\n`, without characters that no database
takes (NUL, half surrogates). Nothing that a person can see is changed.

Normal form, for the hash on a receipt. Anyone can make it again from a printout:

1. NFC, line ends as `\\n`;
2. no white space at the end of a line; no empty lines at the ends of a text;
3. each part is its title, a line end, its text; parts are divided by one empty line;
4. UTF-8, with no line end after the last line.

An essay with pages written by hand has one more step: the hash of the text, and the
SHA-256 of the picture of each page in order, one a line, are hashed once more.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence

from studyhub.kernel.vietnamese import count_syllables, nfc

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def as_kept(text: str) -> str:
    """The text as it is stored and compared."""
    return nfc(_UNSTORABLE.sub("", text))


def has_words(texts: Mapping[str, str]) -> bool:
    """Whether anything has been written at all."""
    return any(text.strip() for text in texts.values())


def normal_form(parts: Iterable[Mapping[str, str]]) -> str:
    """The parts as one text, as described above."""
    return "\n\n".join(f"{_plain(part['title'])}\n{_plain(part['text'])}" for part in parts)


def content_hash(
    parts: Iterable[Mapping[str, str]], pages: Sequence[Mapping[str, str]] = ()
) -> str:
    """SHA-256 of the normal form and of the pages, as 64 hexadecimal digits."""
    of_text = hashlib.sha256(normal_form(parts).encode()).hexdigest()
    return pages_hash(of_text, [page["key"] for page in pages]) if pages else of_text


def pages_hash(of_text: str, keys: Iterable[str]) -> str:
    """The hash of a text together with those of its pages."""
    return hashlib.sha256("\n".join([of_text, *keys]).encode()).hexdigest()


def length(parts: Iterable[Mapping[str, str]]) -> int:
    """Syllables («từ») of all parts; titles are not counted."""
    return sum(count_syllables(part["text"]) for part in parts)


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in as_kept(text).split("\n")).strip("\n")
