"""What may be meant by what one types to find a person: conditions, and where to look them up.

A word is looked up in two places that are sorted already: the register itself,
which goes by given name, and the names turned so that each word comes first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, case, literal, or_, select

from studyhub.accounts.models import NameTurn, User
from studyhub.accounts.queries import normalised
from studyhub.kernel.vietnamese import fold, sort_keys, tidy

MOST_WORDS = 8
CARD_LENGTHS = (12, 8)
"""A number typed without its leading zeros is one of so many digits."""

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
    unlike: ColumnElement[bool] | None = None
    """What those who are looked up must still be: nothing, unless others come before them."""
    first: Callable[[SQLColumnExpression[str]], ColumnElement[int]] | None = None
    """Said of the place in the register: 0 for those who are to come before all others."""


def meaning(words: str) -> Meaning | None:
    """Everybody who may be meant, in one."""
    digits = "".join(words.split())
    if digits.isdecimal():
        return _numbered(digits)
    typed = words_of(words)
    if not typed:
        return None
    first = _given_first(typed[0]) if len(typed) == 1 else None
    return Meaning(_named(typed), _turned(typed), first=first)


def parts(words: str) -> list[Meaning]:
    """The same in parts that follow each other, each in the order of the register."""
    whole, typed = meaning(words), words_of(words)
    if whole is None or whole.first is None:
        return [whole] if whole else []
    given, unlike = _given(typed[0]), ~_stretches(typed[0], User.name_order)
    return [given, Meaning(and_(whole.who, unlike), whole.looked_up, unlike=unlike)]


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
    stretches = _stretches(word, User.name_order)
    looked_up = select(literal(1)).select_from(User).where(within, stretches)
    return Meaning(and_(within, stretches, _named([word])), looked_up, within)


def _given_first(word: str) -> Callable[[SQLColumnExpression[str]], ColumnElement[int]]:
    return lambda place: case((_stretches(word, place), 0), else_=1)


def _stretches(word: str, place: SQLColumnExpression[str]) -> ColumnElement[bool]:
    return or_(*(and_(place >= key, place < key + BEYOND) for key in sort_keys(word)))


def _numbered(digits: str) -> Meaning:
    """Those whose card number begins so, or is this one with the zeros that were left out."""
    card = User.card_number
    last = f"{digits[:-1]}{chr(ord(digits[-1]) + 1)}" if digits[-1] < "9" else None
    begins = and_(card >= digits, card.startswith(digits), *([card < last] if last else []))
    padded = [digits.zfill(length) for length in CARD_LENGTHS if len(digits) < length]
    meant = or_(begins, card.in_(padded)) if padded else begins
    return Meaning(meant, select(User.id).where(meant))


def _turned(words: Sequence[str]) -> Select[Any]:
    """Those whose name has all these words, by the one that says most."""
    first = max(words, key=lambda word: (word not in COMMON, len(word)))
    turn = literal(" ") + NameTurn.turn
    others = (turn.contains(f" {word}", autoescape=True) for word in words if word != first)
    within = and_(NameTurn.turn >= first, NameTurn.turn < first + BEYOND, *others)
    return select(NameTurn.user_id).where(within)
