"""The sample roster, as a file to choose in the browser."""

import csv
from datetime import date
from pathlib import Path

from tests.roster import makers

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "danh-sach-dang-vien.xlsx"
OWN = ROOT / "studyhub" / "demonstration" / "members.tsv"


def roster(folder: Path) -> Path:
    """The sample in the national template where it is at hand, else one made of our own members."""
    if REAL.exists():
        return REAL
    file = folder / "danh-sach.xlsx"
    file.write_bytes(makers.xlsx(_own_rows()))
    return file


def _own_rows() -> list[list[object]]:
    with OWN.open(encoding="utf-8") as lines:
        return [
            makers.person(
                row["name"], date.fromisoformat(row["born"]), row["card"], row["cell"],
                post=row["post"], admitted=_day(row["admitted"]), official=_day(row["official"]),
                status="Miễn sinh hoạt" if row["exempt"] else "Đang sinh hoạt Đảng",
                status_on=_day(row["exempt"]), email=row["email"], phone=row["phone"],
            )
            for row in csv.DictReader(lines, delimiter="\t")
        ]  # fmt: skip


def _day(text: str) -> object:
    return date.fromisoformat(text) if text else ""
