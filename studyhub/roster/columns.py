"""Which column holds what: told by its name, without minding marks, asterisks and capitals."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from studyhub.kernel.vietnamese import fold
from studyhub.kernel.words import N_


class Column(StrEnum):
    """What StudyHub takes from a list; everything else in it is left aside."""

    NAME = "name"
    BORN = "born"
    CARD = "card"
    CELL = "cell"
    POST = "post"
    ADMITTED = "admitted"
    OFFICIAL = "official"
    STATUS = "status"
    STATUS_ON = "status_on"
    EMAIL = "email"
    PHONE = "phone"


Columns = Mapping[Column, int]
"""Which column is the how-manieth of the table, from 0."""

NAMES: dict[Column, str] = {
    Column.NAME: N_("Full name"),
    Column.BORN: N_("Date of birth"),
    Column.CARD: N_("Card number"),
    Column.CELL: N_("Cell"),
    Column.POST: N_("Party post"),
    Column.ADMITTED: N_("Date of admission to the Party"),
    Column.OFFICIAL: N_("Date of official recognition"),
    Column.STATUS: N_("State of activity"),
    Column.STATUS_ON: N_("Date of leaving or exemption"),
    Column.EMAIL: N_("E-mail"),
    Column.PHONE: N_("Telephone"),
}

_KNOWN: dict[Column, str] = {
    Column.NAME: "ho va ten|ho ten|ho va ten dang vien|ho ten dang vien|ho va ten khai sinh|"
    "ten dang vien|ho ten khai sinh|full name|name",
    Column.BORN: "sinh ngay|ngay sinh|ngay thang nam sinh|nam sinh|ngay thang sinh|"
    "ngay/thang/nam sinh|sinh ngay thang nam|date of birth|born|born on",
    Column.CARD: "so the dang|so the dang vien|so the|ma the dang vien|so the dv|card number",
    Column.CELL: "to chuc dang dang sinh hoat|to chuc dang|chi bo|ten chi bo|chi bo dang sinh hoat|"
    "dang sinh hoat tai chi bo|don vi sinh hoat|chi bo sinh hoat|cell|party cell",
    Column.POST: "chuc vu dang|chuc vu trong dang|chuc vu|chuc vu trong chi bo|post|party post",
    Column.ADMITTED: "ngay vao dang|ngay ket nap|ngay ket nap dang|ngay vao dang lan 1|"
    "ngay du bi|ngay vao dang du bi|date of admission",
    Column.OFFICIAL: "ngay chinh thuc|ngay vao dang chinh thuc|ngay cong nhan chinh thuc|"
    "ngay cong nhan dang vien chinh thuc|chinh thuc|date of official recognition",
    Column.STATUS: "trang thai hoat dong|trang thai|tinh trang|tinh trang sinh hoat|state",
    Column.STATUS_ON: "ngay roi/mat/mien|ngay roi mat mien|ngay mien sinh hoat|ngay mien|"
    "mien sinh hoat tu ngay|ngay roi",
    Column.EMAIL: "thu dien tu|email|e mail|dia chi email|dia chi thu dien tu",
    Column.PHONE: "dien thoai|so dien thoai|dien thoai di dong|sdt|dt|di dong|telephone|phone",
}
BESIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
"""What stands in brackets explains the column; it does not name it."""


def plain(name: str) -> str:
    """A heading as it is compared: “Họ và tên (*)” and “HO VA TEN” are one."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(BESIDE.sub(" ", name))))


_BY_NAME = {plain(name): column for column, names in _KNOWN.items() for name in names.split("|")}


def recognise(header: Sequence[str]) -> dict[Column, int]:
    """The columns whose names are known; of two with the same meaning, the first."""
    found: dict[Column, int] = {}
    for place, name in enumerate(header):
        column = _BY_NAME.get(plain(name))
        if column is not None:
            found.setdefault(column, place)
    return found


def fingerprint(header: Sequence[str]) -> str:
    """The same for two lists with the same columns in the same order."""
    return hashlib.sha256("|".join(plain(name) for name in header).encode()).hexdigest()


def needed(columns: Columns, *, into_a_cell: bool) -> list[Column]:
    """The columns without which nothing can be compared; empty when all are there."""
    wanted = [Column.NAME, Column.OFFICIAL, *([] if into_a_cell else [Column.CELL])]
    missing = [column for column in wanted if column not in columns]
    if Column.CARD not in columns and Column.BORN not in columns:
        missing.append(Column.CARD)
    return missing
