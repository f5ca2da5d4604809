"""What people, and the programs they copy from, do to a text."""

import random
import re
import unicodedata
from collections.abc import Callable, Mapping

from tests.similarity.passages import syllable

Disguise = Callable[[str, random.Random], str]

LOOK_ALIKE = str.maketrans("aeocpxyi", "аеосрхуі")
TONE_PLACES = {"oà": "òa", "oá": "óa", "oả": "ỏa", "uý": "úy", "uỷ": "ủy", "oè": "òe"}


def as_it_is(text: str, by: random.Random) -> str:
    """Nothing is done."""
    return text


def without_accents(text: str, by: random.Random) -> str:
    """As typed on a telephone without a Vietnamese keyboard."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def decomposed(text: str, by: random.Random) -> str:
    """Letters and marks apart."""
    return unicodedata.normalize("NFD", text)


def loud(text: str, by: random.Random) -> str:
    """In capitals."""
    return text.upper()


def hidden(text: str, by: random.Random) -> str:
    """Characters that take no room, within words."""
    return "".join(
        letter + ("\u200b" if letter.isalpha() and by.random() < 0.15 else "") for letter in text
    )


def look_alike(text: str, by: random.Random) -> str:
    """Some letters from another script."""
    return "".join(letter.translate(LOOK_ALIKE) if by.random() < 0.4 else letter for letter in text)


def punctuated(text: str, by: random.Random) -> str:
    """Commas where there were none, full stops gone."""
    return re.sub(" ", lambda _: by.choice([" ", " ", ", ", " – "]), text.replace(".", ""))


def reordered(text: str, by: random.Random) -> str:
    """The sentences in another order."""
    sentences = text.split(". ")
    by.shuffle(sentences)
    return ". ".join(sentences)


def reworded(text: str, by: random.Random) -> str:
    """Every fifth word another one."""
    return " ".join(syllable(by) if n % 5 == 2 else word for n, word in enumerate(text.split(" ")))


DISGUISES: Mapping[str, Disguise] = {
    each.__name__: each
    for each in (
        as_it_is, without_accents, decomposed, loud, hidden, look_alike, punctuated, reordered,
        reworded,
    )
}  # fmt: skip
