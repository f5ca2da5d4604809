"""What Vietnamese asks of plain text: one spelling, searching without marks, sorting, counting."""

import unicodedata
from functools import lru_cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""The letters in dictionary order (f, j, w and z stand where the Latin alphabet has them)."""

TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
"""Combining marks in dictionary order: level, falling, asking, tumbling, rising, heavy."""

MOST_KEYS = 40

_RANK = {letter: chr(ord("A") + place) for place, letter in enumerate(ALPHABET)}


def nfc(text: str) -> str:
    """The composed spelling, with line ends as `\\n`: what StudyHub stores and compares.

    Word joiners go: pages put them into numbers ("52-NQ/TW"), from where people copy them.
    """
    plain = text.replace("\u2060", "").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", plain)


def fold(text: str) -> str:
    """Lower case without any mark, đ as d: for finding “Đặng” by typing “dang”."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def tidy(name: str) -> str:
    """A name as it is kept: composed, single spaces, none at the ends."""
    return " ".join(nfc(name).split())


def count_syllables(text: str) -> int:
    """Syllables («từ» in the interface): what white space separates, after composing."""
    return len(nfc(text).split())


def sort_key(full_name: str) -> str:
    """A key that sorts persons by given name, then by the rest, in Vietnamese order.

    Compares as plain bytes; letters come before tones within each syllable.
    """
    *rest, given = full_name.split() or [""]
    return " ".join(_syllable_key(word) for word in (given, *rest))


def turns(folded_name: str) -> list[str]:
    """The name with each of its words in front once: “thi lan” is also “lan thi”.

    In a sorted list of these every word is found by its beginning.
    """
    words = folded_name.split()
    return [" ".join(words[n:] + words[:n]) for n in range(len(words))]


def sort_keys(folded: str) -> list[str]:
    """How the `sort_key` may begin of those whose given name begins so when its marks are left out.

    “ho” is ho, hô or hơ. Of a long word only the beginning is told, so that there are not many.
    """
    keys = [""]
    for letter in folded:
        ranks = [_RANK[same] for same in ALPHABET if fold(same) == letter] or ["~"]
        if len(keys) * len(ranks) > MOST_KEYS:
            break
        keys = [key + rank for key in keys for rank in ranks]
    return sorted(keys)


@lru_cache(maxsize=4096)  # a few hundred syllables make up the names of a province
def _syllable_key(word: str) -> str:
    letters, tones = [], []
    for letter in nfc(word).lower():
        bare, tone = _without_tone(letter)
        letters.append(_RANK.get(bare, "~"))
        tones.append(tone)
    return "".join(letters) + "!" + (max(tones, default="0"))


def _without_tone(letter: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", letter)
    tone = next((TONES[mark] for mark in marks if mark in TONES), "0")
    bare = "".join(mark for mark in marks if mark not in TONES)
    return unicodedata.normalize("NFC", bare), tone
