"""What one cell says, or what is wrong with it. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from studyhub.kernel.actor import Post
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.roster.columns import plain
from studyhub.roster.errors import Wrong
from studyhub.roster.sheets import Cell

YOUNGEST = 18
OLDEST = date(1900, 1, 1)
SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of spreadsheets, which number the days."""
CARD, OLD_CARD = 12, 8
LONGEST = {"name": 200, "email": 200, "phone": 30}


class Zeros(StrEnum):
    """What is to be done with numbers that seem to have lost the zeros they began with."""

    ASK = ""
    PAD = "pad"
    KEEP = "keep"


@dataclass(frozen=True)
class Day:
    """A day, or only its year (then 1 January stands for it)."""

    on: date
    year_only: bool = False

    def says(self, day: date | None) -> bool:
        """Whether that day is the one meant."""
        return day is not None and (day.year == self.on.year if self.year_only else day == self.on)

    def is_before(self, other: "Day") -> bool:
        """Whether it certainly lies before the other."""
        if self.year_only or other.year_only:
            return self.on.year < other.on.year
        return self.on < other.on


NO_NAME = N_("The name is missing. Type it.")
NOT_A_NAME = N_("This is not a name. Type family name, middle name and given name.")
NOT_A_DAY = N_("This is not a date. Type day/month/year, for example 05/09/1975.")
NO_SUCH_DAY = N_("The calendar has no such day. Correct the day or the month.")
TOO_LATE = N_("This day is too late to be true here. Correct the year.")
TOO_LONG_AGO = N_("This day is too long ago. Correct the year.")
NOT_A_CARD = N_("A card number has 12 digits (old cards 8). Correct it, and keep it as text.")
ZEROS_LOST = N_(
    "This number seems to have lost the zeros it begins with (%(padded)s). Choose above what "
    "is right."
)
NOT_AN_ADDRESS = N_("This is not an e-mail address. Correct it, or leave the cell empty.")
NOT_A_PHONE = N_("This is not a telephone number. Correct it, or leave the cell empty.")
NOT_A_STATE = N_("This state is not known. Write “Đang sinh hoạt Đảng” or “Miễn sinh hoạt”.")
HAS_LEFT = N_(
    "An import does not end a membership. End it on the member's page, and take this row out "
    "of the list."
)

_DAY = re.compile(r"^(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?$")
_ADDRESS = re.compile(r"^[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+$")
_PHONE = re.compile(r"^\+?[\d .\-()]{8,30}$")


def text(cell: Cell) -> str:
    """The words of a cell, composed and with single spaces."""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else tidy(str(cell))


def name(cell: Cell) -> str:
    """A person's name: letters, at least two words or one long enough to be meant."""
    said = text(cell)
    if not said:
        raise Wrong(NO_NAME)
    if len(said) > LONGEST["name"] or not all(c.isalpha() or c in " '’.-" for c in said):
        raise Wrong(NOT_A_NAME)
    return said


def day(cell: Cell, *, latest: date) -> Day | None:
    """A real day, 5/9/1975, 5-9-75, or a year; two digits of a year lie before `latest`."""
    said = text(cell)
    if said == "":
        return None
    found = _real(cell) or _year(said) or _written(said, latest)
    if found is None:
        raise Wrong(NOT_A_DAY)
    if found.on > latest:
        raise Wrong(TOO_LATE)
    if found.on < OLDEST:
        raise Wrong(TOO_LONG_AGO)
    return found


def _real(cell: Cell) -> Day | None:
    if isinstance(cell, date):
        return Day(cell)
    if isinstance(cell, int) and 3_000 < cell < 80_000:
        return Day(SERIAL_ZERO + timedelta(days=cell))
    return None


def _year(said: str) -> Day | None:
    if re.fullmatch(r"1[89]\d\d|20\d\d", said):
        return Day(date(int(said), 1, 1), year_only=True)
    return None


def _written(said: str, latest: date) -> Day | None:
    vietnamese, iso = _DAY.match(said), _ISO.match(said)
    if vietnamese:
        on, month, year = vietnamese.groups()
    elif iso:
        year, month, on = iso.groups()
    else:
        return None
    try:
        found = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(on))
        if len(year) == 2 and found > latest:
            found = found.replace(year=found.year - 100)
    except ValueError:
        raise Wrong(NO_SUCH_DAY) from None
    return Day(found)


def latest_birth(today: date) -> date:
    """Nobody on a list of members is younger than this."""
    return date(today.year - YOUNGEST, 12, 31)


def card(cell: Cell, zeros: Zeros) -> str | None:
    """A card number as text; one that is too short is padded only when that was chosen."""
    digits = "".join(text(cell).split())
    if digits == "":
        return None
    if not digits.isascii() or not digits.isdigit() or len(digits) > CARD:
        raise Wrong(NOT_A_CARD)
    if len(digits) == CARD:
        return digits
    if isinstance(cell, str) and len(digits) < OLD_CARD:
        raise Wrong(NOT_A_CARD)
    return _short(digits, digits.zfill(CARD), zeros, must_have=OLD_CARD)


def phone(cell: Cell, zeros: Zeros) -> str:
    """A telephone number; a number cell has lost the zero it began with."""
    said = text(cell)
    if said and not _PHONE.match(said):
        raise Wrong(NOT_A_PHONE)
    if isinstance(cell, int) and len(said) == 9:
        return _short(said, f"0{said}", zeros, must_have=0)
    return said


def _short(given: str, padded: str, zeros: Zeros, *, must_have: int) -> str:
    if zeros is Zeros.ASK:
        raise Wrong(ZEROS_LOST, padded=padded)
    if zeros is Zeros.KEEP and len(given) < must_have:
        raise Wrong(NOT_A_CARD)
    return padded if zeros is Zeros.PAD else given


def email(cell: Cell) -> str | None:
    """An e-mail address, in small letters."""
    said = text(cell).lower()
    if said and (len(said) > LONGEST["email"] or not _ADDRESS.match(said)):
        raise Wrong(NOT_AN_ADDRESS)
    return said or None


# Words for posts and states

_POSTS = {
    "bi thu": Post.SECRETARY,
    "bi thu chi bo": Post.SECRETARY,
    "bt chi bo": Post.SECRETARY,
    "pho bi thu": Post.DEPUTY,
    "pho bi thu chi bo": Post.DEPUTY,
    "pbt chi bo": Post.DEPUTY,
    "chi uy vien": Post.COMMITTEE_MEMBER,
    "uy vien chi uy": Post.COMMITTEE_MEMBER,
}
_NO_POST = frozenset({"", "dang vien", "khong", "dv"})
_EXEMPT = ("mien",)
_GONE = ("chuyen", "tu tran", "mat", "khai tru", "xoa ten", "xin ra", "ra khoi", "roi")
_ACTIVE = ("dang sinh hoat", "binh thuong", "hoat dong", "sinh hoat")


def posts(cell: Cell) -> tuple[tuple[Post, ...], tuple[str, ...]]:
    """The posts in a cell that the words name, and the words that name none of them."""
    found: list[Post] = []
    others: list[str] = []
    for words in re.split(r"[,;/+\n]|\bkiêm\b", text(cell)):
        post = _POSTS.get(plain(words))
        if post is not None:
            found.append(post)
        elif plain(words) not in _NO_POST:
            others.append(words.strip())
    return tuple(dict.fromkeys(found)), tuple(others)


def is_exempt(cell: Cell) -> bool:
    """Whether the state is an exemption; one that is no state of a member is refused."""
    said = plain(text(cell)).removeprefix("da ")
    if said.startswith(_EXEMPT):
        return True
    if said.startswith(_GONE):
        raise Wrong(HAS_LEFT)
    if said and not said.startswith(_ACTIVE):
        raise Wrong(NOT_A_STATE)
    return False
