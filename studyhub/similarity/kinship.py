"""Which texts share more with this one than everybody shares with everybody.

Votes as in every search for near copies, but a seed counts the less the more
strangers have it too (as a rare word does in tf-idf): the customary sentences
of an essay are no sign of where the rest is from. A text is kin when it has
seeds that few have, or very many; all others are strangers.
"""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence

from studyhub.similarity.aligning import Passage
from studyhub.similarity.seeds import Placed

FEW_TEXTS = 5
KIN_BY_RARE = 4
KIN_BY_MANY = 32
HALVING = 4
"""A seed that so many strangers have counts half."""

CUSTOMARY_IN = 1
"""A passage that stands in so many strangers' texts is customary …"""

CUSTOMARY_SHARE = 0.4
"""… if this share of its seeds does,"""

COVERED = 0.7
LONG = 70
"""… unless it is longer than anything customary."""

FORMULA_IN = 20
"""So many strangers are everybody."""

FORMAL_SHARE = 0.6
CROWD = 2

LEAST_TELLING = 2.5
MARKING = 0.2


class Sharing:
    """The seeds of one text and who else has them."""

    def __init__(self, placed: Sequence[Placed], texts: Mapping[int, "array[int]"]) -> None:
        self.placed = [each for each in placed if each[2] in texts]
        self.texts = texts
        self.kin = self._kin()
        self.weights = {seed: self._weight(numbers) for seed, numbers in texts.items()}
        self._formal_seeds: set[int] | None = None
        self._customary: dict[tuple[int, int, int, int], bool] = {}

    def _kin(self) -> set[int]:
        many: Counter[int] = Counter()
        rare: Counter[int] = Counter()
        for numbers in self.texts.values():
            many.update(numbers)
            if len(numbers) <= FEW_TEXTS:
                rare.update(numbers)
        return {
            number
            for number, seeds in many.items()
            if seeds >= KIN_BY_MANY or rare[number] >= KIN_BY_RARE
        }

    def _weight(self, numbers: "array[int]") -> float:
        strangers = sum(1 for number in numbers if number not in self.kin)
        return 1 / (1 + (strangers / HALVING) ** 2)

    def candidates(self, most: int, fewest_votes: float) -> list[int]:
        """The texts worth comparing word for word, the likeliest first."""
        votes: dict[int, float] = {}
        for seed, numbers in self.texts.items():
            weight = self.weights[seed]
            for number in numbers:
                votes[number] = votes.get(number, 0.0) + weight
        return [n for n, v in Counter(votes).most_common(most) if v >= fewest_votes]

    def is_customary(
        self, start: int, end: int, live: Sequence[int], number: int, strangers: int = CUSTOMARY_IN
    ) -> bool:
        """Whether others than that text have this passage too, as they have the closing words."""
        if live[end] - live[start] >= LONG:
            return False
        asked = start, end, 0 if number in self.kin else number, strangers
        if asked not in self._customary:
            self._customary[asked] = self._stands_elsewhere(*asked)
        return self._customary[asked]

    def _stands_elsewhere(self, start: int, end: int, source: int, others: int) -> bool:
        here = [self.texts[s] for place, past, s in self.placed if start <= place and past <= end]
        known = self.kin | {source}
        strangers = Counter(n for numbers in here for n in numbers if n not in known)
        least = max(1.0, CUSTOMARY_SHARE * len(here))
        whole = {number for number, shared in strangers.items() if shared >= least}
        covered = sum(1 for numbers in here if sum(n in whole for n in numbers) >= others)
        return len(whole) >= others and covered >= COVERED * len(here)

    def crowd(self) -> list[int]:
        """Strangers who have most of what very many strangers have: to learn from how that runs."""
        formal = [n for seed in self._formal() for n in self.texts[seed] if n not in self.kin]
        return [number for number, _ in Counter(formal).most_common(CROWD)]

    def is_formula(self, passage: Passage) -> bool:
        """Whether very many strangers have it: how such essays begin, and how they end."""
        here = [s for at, past, s in self.placed if passage.start <= at and past <= passage.end]
        formal = self._formal().intersection(here)
        return bool(formal) and len(formal) >= FORMAL_SHARE * len(here)

    def _formal(self) -> set[int]:
        """The seeds that very many strangers have."""
        if self._formal_seeds is None:
            self._formal_seeds = {
                seed
                for seed, numbers in self.texts.items()
                if len(numbers) >= FORMULA_IN
                and sum(1 for n in numbers if n not in self.kin) >= FORMULA_IN
            }
        return self._formal_seeds

    def is_marked(self, number: int, passage: Passage) -> bool:
        """Whether the passage has a seed in common with that text that is not everybody's."""
        return any(
            number in self.texts[seed] and self.weights[seed] >= MARKING
            for place, _, seed in self.placed
            if passage.start <= place < passage.end
        )

    def is_telling(self, number: int, passages: Sequence[Passage]) -> bool:
        """Whether these passages have seeds in common with that text that few others have."""
        told = (
            self.weights[seed]
            for place, _, seed in self.placed
            if number in self.texts[seed] and any(p.start <= place < p.end for p in passages)
        )
        return sum(told) >= LEAST_TELLING
