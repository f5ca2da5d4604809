"""Letters from before Unicode: TCVN3 (ABC: .VnTime) and VNI, recognised and put into Unicode.

Both wrote Vietnamese with the signs of Western Europe and a font that drew them
otherwise. A font of either kind tells by its name; without it, a text is tried:
what reads as Vietnamese only after being converted was typed in the old way.
What reads as Vietnamese already is never touched.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from studyhub.kernel.syllables import Reading, reading_of


class Way(StrEnum):
    """How a text was typed."""

    TCVN3 = "tcvn3"
    VNI = "vni"


_TCVN3: Mapping[str, str] = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)

_TONES = dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True))
_HATS = {"â": "\u0302", "ê": "\u0306"}
_HATS_WITH_TONES = {
    **dict(zip("àáåãä", (f"\u0302{tone}" for tone in _TONES.values()), strict=True)),
    **dict(zip("èéúüë", (f"\u0306{tone}" for tone in _TONES.values()), strict=True)),
}


def _vni() -> Mapping[str, str]:
    """Each letter as VNI wrote it, in both cases, and the letter it is."""
    from_marks = {**_TONES, **_HATS, **_HATS_WITH_TONES}
    table = {"ñ": "đ", "ô": "ơ", "ö": "ư", "î": "ỵ", **dict(zip("ìíæóò", "ìíỉĩị", strict=True))}
    for letter in "aeouyôö":
        for sign, marks in from_marks.items():
            letters = _composed(table.get(letter, letter) + marks)
            if len(letters) == 1:
                table[letter + sign] = letters
    upper = {typed.upper(): letter.upper() for typed, letter in table.items()}
    mixed = {typed[0].upper() + typed[1:]: letter.upper() for typed, letter in table.items()}
    return {**table, **mixed, **upper}


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_VNI = _vni()
_VNI_LETTERS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_TO_UNICODE = str.maketrans(dict(_TCVN3))
_SYMBOLS = {0xF000 + code: chr(code) for code in range(0x20, 0x100)}
"""Word keeps letters of such fonts up there now and then."""

ONLY_UNICODE = re.compile("[ăđơưĂĐƠƯ\u0300-\u0323\u1ea0-\u1ef9]")
"""Vietnamese letters that neither way of typing ever contains."""

_WORD = re.compile(r"\S+")
_CAPITAL_WORD = re.compile(
    r"\b(?=[^a-z\s]*[A-Z][^a-z\s]*[A-Z])[^\W\da-z]*[^\W\dA-Za-z][^\W\da-z]*\b"
)
_FEWEST_CAPITALS = 3

MOST_SOUND, LEAST_SOUND = 0.5, 0.8
"""Converted is what reads badly as it stands, and well afterwards."""
FEWEST = 3
"""Words that tell; fewer are left alone, except within a text known to be old."""


def way_of_font(name: str) -> Way | None:
    """The way of typing that a font of this name stands for."""
    lower = name.strip().strip("'\"").lower()
    if lower.startswith(".vn"):
        return Way.TCVN3
    return Way.VNI if lower.startswith(("vni-", "vni ")) else None


def draws_capitals(name: str) -> bool:
    """Whether the font draws small letters as capitals, as .VnTimeH does."""
    return way_of_font(name) is Way.TCVN3 and name.strip().strip("'\"").endswith("H")


def to_unicode(text: str, way: Way) -> str:
    """The text, typed in that way, in Unicode letters."""
    plain = text.translate(_SYMBOLS)
    if way is Way.TCVN3:
        return plain.translate(_TO_UNICODE)
    return _VNI_LETTERS.sub(lambda found: _VNI[found[0]], plain)


def way_of(text: str) -> Way | None:
    """The old way in which the whole of a text is typed, if it is."""
    stands = reading_of(text)
    if stands.telling < FEWEST or stands.share >= MOST_SOUND:
        return None
    return _better(text, stands)


def read(paragraphs: list[str]) -> tuple[list[str], set[Way]]:
    """The paragraphs in composed Unicode, and the ways in which some were typed.

    The text as a whole tells first: in an old text the paragraphs of two words are old
    too. In others each paragraph tells for itself: one may have been pasted from elsewhere.
    """
    composed = [_composed(paragraph) for paragraph in paragraphs]
    whole = way_of("\n".join(composed))
    ways = [_way_within(paragraph, whole) for paragraph in composed]
    found = {way for way in ways if way}
    said = [
        in_capitals_too(text, way) if way else _word_by_word(text, found)
        for text, way in zip(composed, ways, strict=True)
    ]
    return said, found


def in_capitals_too(text: str, way: Way) -> str:
    """TCVN3 drew toned capitals with another font: «BàI» was read «BÀI»."""
    text = to_unicode(text, way)
    if way is Way.VNI:
        return text
    plain = [letter for letter in text if letter.isascii() and letter.isalpha()]
    if len(plain) >= _FEWEST_CAPITALS and all(letter.isupper() for letter in plain):
        return text.upper()
    return _CAPITAL_WORD.sub(lambda found: found[0].upper(), text)


def _way_within(paragraph: str, whole: Way | None) -> Way | None:
    found = way_of(paragraph)
    if found or whole is None or ONLY_UNICODE.search(paragraph):
        return found
    stands, after = reading_of(paragraph), reading_of(in_capitals_too(paragraph, whole))
    return whole if after.share >= stands.share else None


def _word_by_word(text: str, ways: set[Way]) -> str:
    """A proper paragraph of a text that is old elsewhere: some words of it may be old."""
    for way in sorted(ways):
        text = _WORD.sub(lambda found, way=way: _old_word(found[0], way), text)  # type: ignore[misc]
    return text


def _old_word(word: str, way: Way) -> str:
    if word.isascii() or ONLY_UNICODE.search(word) or reading_of(word).share == 1.0:
        return word
    after = in_capitals_too(word, way)
    return after if reading_of(after).share == 1.0 else word


def _better(text: str, stands: Reading) -> Way | None:
    converted = {way: reading_of(in_capitals_too(text, way)) for way in Way}
    best = max(converted, key=lambda way: converted[way].share)
    reads = converted[best]
    well = reads.share >= LEAST_SOUND and reads.telling >= FEWEST and reads.sound > stands.sound
    return best if well else None
