"""Where the header is not found by itself, one says in which sheet and row it stands."""

import io
from typing import Any

import pytest
import xlsxwriter
from flask import Flask

from studyhub.background import runner
from studyhub.web.roster import dry_run
from tests.roster.makers import OFFICE
from tests.web.browser import Page
from tests.web.conftest import SignIn
from tests.web.lists import figures, go, people, upload
from tests.world import World

HEADER = ("TT", "Người", "Sinh", "Số", "Nơi", "Công nhận")
CELL: dict[str, Any] = {"column-0": "cell"}
NAME: dict[str, Any] = {"column-0": "name"}
TOLD: dict[str, Any] = {
    "column-1": "name", "column-2": "born", "column-3": "card", "column-4": "cell",
    "column-5": "official",
}  # fmt: skip
"""What nobody can guess from such a header."""
SUMMARY = ("Chi bộ", "Họ và tên", "Số thẻ Đảng", "Chức vụ Đảng")
"""Looks more like the list than the list does."""


def book(*names: str, above: int = 24, sheet: str = "Sổ theo dõi") -> bytes:
    """Three sheets; the list is the last, its header below two dozen rows of other things."""
    kept = io.BytesIO()
    made = xlsxwriter.Workbook(kept, {"in_memory": True})
    made.add_worksheet("Bìa").write_row(0, 0, ["ĐẢNG BỘ PHƯỜNG", "Danh sách năm 2026"])
    summary = made.add_worksheet("Bí thư")
    summary.write_row(2, 0, SUMMARY)
    summary.write_row(3, 0, [OFFICE, "Đặng Văn Nhầm", "000000000001", "Bí thư"])
    page = made.add_worksheet(sheet)
    for at in range(above):
        page.write_row(at, 0, [f"Ghi chú {at + 1}", "Tổ", "Đội"])
    page.write_row(above, 0, HEADER)
    for n, name in enumerate(names, start=1):
        row = [str(n), name, "05/09/1975", f"{n:012}", OFFICE, "22/08/2010"]
        page.write_row(above + n, 0, row)
    made.close()
    return kept.getvalue()


def selected(page: Page) -> list[str]:
    """What is said now, by itself or by hand: the row of the header, then the columns."""
    return [one.text for one in page.all("option") if "selected" in one.attrs]


def test_sheet_and_row_of_the_header_are_chosen_without_a_script_and_remembered(
    town: World, as_: SignIn
) -> None:
    em, before = as_(town.em), people(town)

    page = upload(em, town.district, data=book("Đặng Văn Mới", "Hồ Thị Dự"))
    assert "Say which column holds: Date of official recognition" in page.text
    assert selected(page)[0] == "Row 3: Chi bộ · Họ và tên · Số thẻ Đảng · Chức vụ Đảng"

    again = go(em, town.district, "columns", page, spot="2:25", **CELL)
    assert "The list is now read from row 25 on." in again.text
    assert selected(again) == ["Row 25: TT · Người · Sinh · Số · Nơi · Công nhận"]
    assert "Đặng Văn Mới; Hồ Thị Dự" in again.text

    shown = go(em, town.district, "check", again, spot="2:25", **TOLD)
    assert figures(shown)[0] == "2"
    assert "Only the sheet “Sổ theo dõi” was read. Not read: Bìa, Bí thư." in shown.text
    assert "2 members added" in go(em, town.district, "apply", shown).text
    assert people(town) == before + 2

    later = upload(em, town.district, data=book("Đặng Văn Mới", "Hồ Thị Dự", "Lê Ba", above=9))
    assert figures(later)[:3] == ["1", "0", "2"]


def test_compared_at_once_another_row_is_read_first(town: World, as_: SignIn) -> None:
    """Its columns are others: what was said of the former ones says nothing about them."""
    em = as_(town.em)
    page = upload(em, town.district, data=book("Đặng Văn Mới"))

    again = go(em, town.district, "check", page, spot="2:25", **NAME)

    assert "The list is now read from row 25 on." in again.text
    assert len(selected(again)) == 1
    assert not figures(again)


def test_a_row_that_is_not_there_is_refused(town: World, as_: SignIn) -> None:
    em = as_(town.em)
    page = upload(em, town.district, data=book("Đặng Văn Mới"))

    refused = go(em, town.district, "columns", page, spot="7:999", status=400)

    assert "There is no table in this file." in refused.text


@pytest.mark.parametrize("sheet", ["Sổ theo dõi", "Sổ mới"])
def test_a_long_list_finds_the_chosen_header_again_too(
    app: Flask, town: World, as_: SignIn, monkeypatch: pytest.MonkeyPatch, sheet: str
) -> None:
    em = as_(town.em)
    page = upload(em, town.district, data=book("Đặng Văn Mới"))
    again = go(em, town.district, "columns", page, spot="2:25")
    go(em, town.district, "check", again, spot="2:25", **TOLD)
    monkeypatch.setattr(dry_run, "SMALL", 0)

    waits = upload(em, town.district, data=book("Đặng Văn Mới", "Lê Ba", above=30, sheet=sheet))
    runner(app).run_due()
    shown = em.visit(str(waits.answer.request.path))

    assert figures(shown)[0] == "2"
