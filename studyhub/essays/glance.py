"""What changed between two drafts, at a glance: quick enough for a long list. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = 14
"""How many syllables of a change are shown."""

MOST = 300
"""Of a change that is longer the syllables are only counted: comparing takes its square."""


@dataclass(frozen=True)
class Glance:
    """How many syllables came and went from one text to the next, and some of them."""

    came: int
    went: int
    added: str
    removed: str


def glance(old: Mapping[str, str], new: Mapping[str, str]) -> Glance:
    """From the old texts to the new ones, part by part."""
    came, went = 0, 0
    added: list[str] = []
    removed: list[str] = []
    for part in dict.fromkeys([*new, *old]):
        before, after = _differing(old.get(part, "").split(), new.get(part, "").split())
        if max(len(before), len(after)) > MOST:
            came += (Counter(after) - Counter(before)).total()
            went += (Counter(before) - Counter(after)).total()
            continue
        for was, is_now in _changes(before, after):
            came, went = came + len(is_now), went + len(was)
            added += [" ".join(is_now)] if is_now else []
            removed += [" ".join(was)] if was else []
    return Glance(came, went, _shown(added), _shown(removed))


def _changes(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """What went and what came, place by place."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield old[a:b], new[c:d]


def _differing(old: Sequence[str], new: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Both without what they begin and end with alike."""
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    return old[head : len(old) - tail], new[head : len(new) - tail]


def _shown(pieces: Sequence[str]) -> str:
    """The last words of it: where the writer was."""
    words = " … ".join(pieces).split()
    return " ".join(words) if len(words) <= WORDS else "… " + " ".join(words[-WORDS:])
