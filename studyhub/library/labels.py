"""How a part is called where there is room for one line."""

from collections.abc import Sequence

WORDS = 14
"""In syllables; what is longer is cut."""


def label_of(number: str, title: str, paragraphs: Sequence[str]) -> str:
    """The number, and the title or the first words."""
    words = (title or (paragraphs[0] if paragraphs else "")).split()
    shown = " ".join(words[:WORDS]) + ("…" if len(words) > WORDS else "")
    return f"{number} {shown}".strip()
