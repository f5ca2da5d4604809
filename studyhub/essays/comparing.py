"""Two texts of one part, paragraph by paragraph, and the text that is chosen from them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

MINE, THEIRS, BOTH = "mine", "theirs", "both"
MANY = 1000
"""Lines; a text with more is compared as a whole, for comparing takes their square."""


@dataclass(frozen=True)
class Block:
    """Paragraphs that both texts have, or those of each where they differ."""

    mine: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether there is nothing to choose: empty lines are no difference."""
        return _words(self.mine) == _words(self.theirs)

    @property
    def usual(self) -> str:
        """What is chosen where nothing is said: one's own, unless only the other has words."""
        return MINE if self.is_same or _words(self.mine) else THEIRS

    def taken(self, choice: str) -> tuple[str, ...]:
        """The paragraphs of that choice."""
        ways = {MINE: self.mine, THEIRS: self.theirs, BOTH: self.mine + self.theirs}
        return self.mine if self.is_same else ways.get(choice, ways[self.usual])


def blocks(mine: str, theirs: str) -> list[Block]:
    """The two texts side by side, in order."""
    ours, others = mine.split("\n"), theirs.split("\n")
    if max(len(ours), len(others)) > MANY:
        return [Block(tuple(ours), tuple(others))]
    found = SequenceMatcher(None, ours, others, autojunk=False).get_opcodes()
    return [
        block for _, a, b, c, d in found for block in _paired(tuple(ours[a:b]), tuple(others[c:d]))
    ]


def chosen(mine: str, theirs: str, choices: Mapping[int, str]) -> str:
    """The text made of what was chosen for each block, by its number from 0."""
    compared = blocks(mine, theirs)
    taken = (block.taken(choices.get(n, "")) for n, block in enumerate(compared))
    return "\n".join(line for lines in taken for line in lines)


def _paired(mine: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[Block]:
    """As many paragraphs on both sides: one against one. Otherwise all against all."""
    if mine == theirs or len(mine) != len(theirs):
        yield Block(mine, theirs)
    else:
        yield from (Block((one,), (other,)) for one, other in zip(mine, theirs, strict=True))


def _words(lines: tuple[str, ...]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]
