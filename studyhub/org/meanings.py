"""What may be meant by what one types to find a person: conditions, and where to look them up.

A word is looked up in two places that are sorted already: the register itself,
which goes by given name, and the names turned so that each word comes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select

from studyhub.accounts.models import NameTurn, User
from studyhub.accounts.queries import normalised
from studyhub.kernel.vietnamese import fold, sort_keys, tidy

MOST_WORDS = 8
BEYOND = "\U0010ffff"
"""Stands behind whatever may follow the beginning of a word."""

COMMON = frozenset("nguyen tran le pham hoang thi van".split())
"""Words that narrow nothing down when there is another."""


@dataclass(frozen=True)
class Meaning:
    """One way to understand the words: said of a person, and looked up in an index."""

    who: ColumnElement[bool]
    looked_up: Select[Any]
    within: ColumnElement[bool] | None = None
    """The same in the order of the register: the part of it where they all stand."""


def meanings(words: str) -> list[Meaning]:
    """All ways to understand the words, those first that are to come first."""
    digits = "".join(words.split())
    if digits.isdecimal():
        return [_numbered(digits)]
    typed = words_of(words)
    if len(typed) != 1:
        return [Meaning(_named(typed), _turned(typed))] if typed else []
    given = _given(typed[0])
    return [given, Meaning(and_(_named(typed), ~given.who), _turned(typed))]


def called(words: str) -> ColumnElement[bool]:
    """Persons whose name has all these words, without marks; or who bear this very card number."""
    is_card = User.card_number == normalised(words)
    typed = words_of(words)
    return or_(User.id.in_(_turned(typed)), is_card) if typed else is_card


def words_of(typed: str) -> list[str]:
    """The words as they are compared, each once."""
    return list(dict.fromkeys(fold(tidy(typed)).split()))[:MOST_WORDS]


def _named(words: Sequence[str]) -> ColumnElement[bool]:
    name = literal(" ") + User.name_folded
    return and_(*(name.contains(f" {word}", autoescape=True) for word in words))


def _given(word: str) -> Meaning:
    """Those whose given name begins so: a few stretches of the register as it is sorted."""
    keys = sort_keys(word)
    within = and_(User.name_order >= keys[0], User.name_order < keys[-1] + BEYOND)
    stretches = [and_(User.name_order >= key, User.name_order < key + BEYOND) for key in keys]
    looked_up = select(literal(1)).select_from(User).where(within, or_(*stretches))
    return Meaning(and_(within, or_(*stretches), _named([word])), looked_up, within)


def _numbered(digits: str) -> Meaning:
    """Those whose card number begins so."""
    card = User.card_number
    last = f"{digits[:-1]}{chr(ord(digits[-1]) + 1)}" if digits[-1] < "9" else None
    within = and_(card >= digits, card.startswith(digits), *([card < last] if last else []))
    return Meaning(within, select(User.id).where(within))


def _turned(words: Sequence[str]) -> Select[Any]:
    """Those whose name has all these words, by the one that says most."""
    first = max(words, key=lambda word: (word not in COMMON, len(word)))
    turn = literal(" ") + NameTurn.turn
    others = (turn.contains(f" {word}", autoescape=True) for word in words if word != first)
    within = and_(NameTurn.turn >= first, NameTurn.turn < first + BEYOND, *others)
    return select(NameTurn.user_id).where(within)
