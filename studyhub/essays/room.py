"""How much is kept of an essay while it is written; nothing is ever cut to fit. Pure."""

from collections.abc import Mapping

from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_

LONGEST = 300_000
"""Characters of a whole draft: some 60,000 syllables, thirteen times the longest essay seen."""


def expect_room(words: Mapping[str, str]) -> None:
    """Refuse what is too long to be kept, beside the part that takes up most of it."""
    typed = sum(len(text) for text in words.values())
    if typed <= LONGEST:
        return
    raise Unfit(
        N_(
            "The essay is too long to be saved: %(typed)d characters in all, at most %(most)d. "
            "Nothing is cut. Take out at least %(over)d characters, then it is saved."
        ),
        about=max(words, key=lambda part: len(words[part])),
        typed=typed,
        most=LONGEST,
        over=typed - LONGEST,
    )
