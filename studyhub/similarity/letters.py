"""A letter as the eye reads it: without marks, look-alikes as Latin, the invisible left out."""

import unicodedata
from functools import lru_cache

INVISIBLE = "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
"""As ranges of a regular expression: what takes no room, and so can be hidden in a word."""

MARKS = "\u0300-\u036f"

_LOOK_ALIKE = {
    "a": "аαɑ", "b": "вЬьβ", "c": "сϲⅽ", "d": "ԁⅾ", "e": "еεҽ", "g": "ɡ", "h": "һн", "i": "іιı",
    "j": "јϳ", "k": "кκ", "l": "ⅼӏ", "m": "мμⅿ", "n": "ոոη", "o": "оοσօ", "p": "рρ", "q": "ԛ",
    "r": "г", "s": "ѕ", "t": "тτ", "u": "υս", "v": "νѵⅴ", "w": "ԝѡω", "x": "хχⅹ", "y": "уүγ",
    "z": "ᴢζ",
}  # fmt: skip
"""Cyrillic, Greek and Armenian letters by the Latin letter they are taken for (UTS #39)."""

_LATIN = {ord(letter): latin for latin, alike in _LOOK_ALIKE.items() for letter in alike}


@lru_cache(maxsize=4096)
def as_read(letter: str) -> str:
    """The plain Latin letters of one character; nothing when the eye sees nothing of its own."""
    bare = unicodedata.normalize("NFKD", letter).casefold().replace("đ", "d").replace("ð", "d")
    plain = unicodedata.normalize("NFD", bare)
    return "".join(
        _LATIN.get(ord(each), each)
        for each in plain
        if not unicodedata.combining(each) and each.isalnum()
    )


@lru_cache(maxsize=4096)
def is_look_alike(letter: str) -> bool:
    """Whether it belongs to another script, and looks Latin."""
    return any(ord(each) in _LATIN for each in unicodedata.normalize("NFD", letter.casefold()))
