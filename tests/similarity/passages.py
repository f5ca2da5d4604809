"""Texts made for these tests: no sentence of them is anybody's."""

import random
import unicodedata

_ONSETS = (
    "b",
    "ch",
    "d",
    "đ",
    "g",
    "h",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "s",
    "t",
    "th",
    "tr",
    "v",
)
_RIMES = (
    "an", "ang", "anh", "ao", "ân", "âu", "en", "ên", "iên", "inh", "iêu", "on", "ông", "oan",
    "ơn", "un", "ung", "uôn", "ương", "ươn", "êu", "ai", "ay", "ôi", "ơi", "em", "am", "ăng",
)  # fmt: skip
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0323")
_VOWELS = set("aăâeêioôơuưy")


def syllable(by: random.Random) -> str:
    """A syllable that Vietnamese spelling allows."""
    rime, tone = by.choice(_RIMES), by.choice(_TONES)
    place = max(n for n, letter in enumerate(rime) if letter in _VOWELS and n < 2)
    return unicodedata.normalize(
        "NFC", by.choice(_ONSETS) + rime[: place + 1] + tone + rime[place + 1 :]
    )


def passage(seed: object, syllables: int = 60) -> str:
    """Sentences of that many syllables in all, always the same for the same seed."""
    by = random.Random(str(seed))
    words = [syllable(by) for _ in range(syllables)]
    sentences = [words[n : n + 20] for n in range(0, syllables, 20)]
    return " ".join(" ".join(each).capitalize() + "." for each in sentences)


def essay(seed: object, syllables: int = 400) -> str:
    """Paragraphs of an author's own."""
    return "\n\n".join(passage(f"{seed}/{n}", 80) for n in range(syllables // 80))
