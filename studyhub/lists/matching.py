"""Whom a line of a list means: by card number, address, or name without marks and cell. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studyhub.kernel.ids import UserId
from studyhub.kernel.vietnamese import fold
from studyhub.lists.reading import Said

MOST_CANDIDATES = 6
_TITLES = re.compile(r"^(d/?c|dong chi|ong|ba|anh|chi)\b\.?\s+")


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody on the list of the round."""

    user_id: UserId
    name: str
    card: str
    email: str
    cell: str


@dataclass(frozen=True)
class Match:
    """Whom a line means. Doubtful: to be chosen among the candidates, perhaps nobody."""

    user_id: UserId | None
    is_sure: bool
    candidates: Sequence[UserId] = ()


class Matcher:
    """The people on the list, ready to be looked up."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = list(people)
        self.by_card = {one.card: one for one in self.people if one.card}
        self.by_email = {one.email: one for one in self.people if one.email}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        self.by_ends: dict[tuple[str, str], list[Person]] = defaultdict(list)
        for one in self.people:
            self.by_name[one.name].append(one)
            self.by_ends[_ends(one.name)].append(one)

    def match(self, said: Said) -> Match:
        """A number or address decides; a name only where nobody else is called so."""
        certain = self.by_card.get(said.card) or self.by_email.get(said.email)
        if certain:
            return Match(certain.user_id, is_sure=True)
        words = _words(said.name)
        same = self.by_name.get(_TITLES.sub("", words), [])
        if not same:
            same, also = self._within(words), words
        else:
            also = ""
        cell = f"{_words(said.cell)} {also}".strip()
        if same:
            return _chosen(same, cell, is_whole=not also)
        near = self.by_ends.get(_ends(_TITLES.sub("", words)), [])[:MOST_CANDIDATES]
        return Match(None, is_sure=False, candidates=[one.user_id for one in near])

    def _within(self, words: str) -> list[Person]:
        """Those whose whole name stands in it: “CB Văn phòng - Nguyễn Văn An”."""
        pieces = words.split()
        spans = (
            " ".join(pieces[at : at + length])
            for length in range(len(pieces), 1, -1)
            for at in range(len(pieces) - length + 1)
        )
        return next((self.by_name[span] for span in spans if span in self.by_name), [])


def _chosen(same: Sequence[Person], cell: str, *, is_whole: bool) -> Match:
    of_cell = [one for one in same if cell and _is_of(one.cell, cell)]
    ids = [one.user_id for one in (of_cell or same)[:MOST_CANDIDATES]]
    if len(of_cell) == 1 or (len(same) == 1 and is_whole and not cell):
        return Match(ids[0], is_sure=True)
    return Match(ids[0] if len(ids) == 1 else None, is_sure=False, candidates=ids)


def _is_of(cell: str, words: str) -> bool:
    """Whether the name of the cell (without “chi bộ”) stands in these words."""
    own = re.sub(r"^(chi bo|dang bo)\s+", "", cell)
    return f" {own} " in f" {words} "


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9/]+", fold(text)))


def _ends(name: str) -> tuple[str, str]:
    pieces = name.split() or [""]
    return pieces[0], pieces[-1]
