"""A long list is compared and taken over by a job: one may leave it and find it again."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from studyhub.background import runner
from studyhub.kernel.clock import StoppedClock
from studyhub.org.models import Unit
from studyhub.roster import preparing, sandbox, sheets, work
from studyhub.web.roster import dry_run
from tests.roster.makers import person
from tests.web.browser import Browser, Page
from tests.web.conftest import SignIn
from tests.web.lists import NEW, figures, go, people, upload
from tests.world import World


@pytest.fixture(autouse=True)
def _every_list_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dry_run, "FEW", 0)


def work_on(app: Flask) -> None:
    runner(app).run_due()


def address(page: Page) -> str:
    return str(page.answer.request.path)


def progress(browser: Browser, page: Page) -> dict[str, Any]:
    answer = browser.client.get(f"{address(page)}/progress")
    assert answer.headers["Cache-Control"] == "no-store"
    told: dict[str, Any] = json.loads(answer.data)
    return told


def compared(app: Flask, browser: Browser, town: World, *rows: Any) -> Page:
    page = upload(browser, town.district, *rows)
    work_on(app)
    return browser.visit(address(page))


def test_a_long_list_is_compared_behind_a_page_and_taken_over_behind_another(
    app: Flask, town: World, as_: SignIn
) -> None:
    em, before = as_(town.em), people(town)

    waits = upload(em, town.district, NEW, person(town.an.full_name, "", town.an.card_number))
    assert "It begins in a few seconds." in waits.text
    assert progress(em, waits) == {
        "goes_on": True, "percent": 0, "said": "It begins in a few seconds.",
    }  # fmt: skip
    assert not figures(waits)

    work_on(app)
    assert progress(em, waits)["goes_on"] is False
    shown = em.visit(address(waits))
    assert figures(shown) == ["1", "0", "1", "3", "0"]
    assert people(town) == before

    applying = go(em, town.district, "apply", shown)
    assert people(town) == before
    assert "All changes are written at once, or none." in applying.text
    work_on(app)

    done = em.visit(address(applying))
    assert "1 member added, 0 changed, 1 cell founded" in done.text
    assert people(town) == before + 1
    work_on(app)
    assert people(town) == before + 1


def test_without_a_script_the_page_looks_again_by_itself(town: World, as_: SignIn) -> None:
    page = upload(as_(town.em), town.district, NEW)

    (meta,) = [one for one in page.all("meta") if one.attrs.get("http-equiv") == "refresh"]
    assert meta.attrs["content"] == "4"
    assert page.all("a", href=address(page))


def test_it_is_found_again_on_the_page_of_the_import(
    app: Flask, town: World, as_: SignIn, clock: StoppedClock
) -> None:
    em = as_(town.em)
    page = upload(em, town.district, NEW)
    choose = f"/roster/{town.district.id}"

    found = em.visit(choose)
    assert "danh sách.xlsx" in found.text
    assert "Being compared" in found.text
    assert found.all("a", href=address(page))
    work_on(app)
    assert "Being compared" not in em.visit(choose).text

    clock.advance(days=2)
    assert "danh sách.xlsx" not in em.visit(choose).text


def test_what_has_changed_since_is_noticed_and_nothing_applied(
    app: Flask, town: World, as_: SignIn
) -> None:
    em, before = as_(town.em), people(town)
    shown = compared(app, em, town, NEW, person("Hồ Thị Hai", card="000000000002"))
    town.db.rollback()
    town.person("Hồ Thị Hai", town.cell).card_number = "000000000002"
    town.db.commit()

    applying = go(em, town.district, "apply", shown)
    work_on(app)
    again = em.visit(address(applying))

    assert "nothing was applied" in again.text
    assert figures(again)[:2] == ["1", "1"]
    assert people(town) == before + 1
    applying = go(em, town.district, "apply", again)
    work_on(app)
    assert "1 member added, 1 changed" in em.visit(address(applying)).text


def test_what_changes_amid_the_preparing_is_noticed_too(
    app: Flask, town: World, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the comparing and the writers' line somebody else enters one of the new."""
    em = as_(town.em)
    shown = compared(app, em, town, NEW)
    prepare = preparing.prepare

    def prepare_slowly(*args: Any) -> Any:
        prepared = prepare(*args)
        town.db.rollback()
        if not town.db.scalar(select(Unit.id).where(Unit.name == "Chi bộ Mới")):
            cell = Unit(path="1/9/", kind=town.cell.kind, name="Chi bộ Mới", parent=town.district,
                        since=town.cell.since)  # fmt: skip
            town.db.add(cell)
            town.db.commit()
        return prepared

    monkeypatch.setattr(work, "prepare", prepare_slowly)
    before = people(town)
    applying = go(em, town.district, "apply", shown)
    work_on(app)

    assert "nothing was applied" in em.visit(address(applying)).text
    assert people(town) == before


def test_a_file_that_cannot_be_read_says_why(
    app: Flask, town: World, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dry_run, "SMALL", 0)
    em = as_(town.em)

    page = compared_data(app, em, town, b"a;b\n" * 3)

    assert "Nothing was written" in page.text or "Say which column holds" in page.text


def compared_data(app: Flask, browser: Browser, town: World, data: bytes) -> Page:
    page = upload(browser, town.district, data=data)
    work_on(app)
    return browser.visit(address(page))


def test_a_large_file_is_not_even_opened_while_the_person_waits(
    town: World, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dry_run, "SMALL", 0)
    monkeypatch.setattr(sandbox, "run", None)

    assert "It begins in a few seconds." in upload(as_(town.em), town.district, NEW).text


def test_a_list_with_unknown_columns_asks_for_them_when_it_was_read(
    app: Flask, town: World, as_: SignIn
) -> None:
    em = as_(town.em)
    row, header = [1, *NEW[:4], *NEW[5:]], ("TT", "Người", "Sinh", "Số", "Nơi", "a", "b")

    page = upload(em, town.district, row[:7], header=header)
    work_on(app)
    asked = em.visit(address(page))
    assert "Say which column holds" in asked.text
    assert "Đặng Văn Mới" in asked.text

    refused = go(em, town.district, "check", asked, status=422, **{"column-1": "name"})
    assert "Say which column holds" in refused.text


def test_the_rows_with_errors_are_put_into_a_file_by_the_job(
    app: Flask, town: World, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    em = as_(town.em)
    shown = compared(app, em, town, NEW, person("", "31/02/1975", card="000000000002"))
    (link,) = (a for a in shown.all("a") if a["href"].endswith("/faulty"))
    monkeypatch.setattr(sandbox, "run", None)

    answer = em.client.get(link["href"])

    sheet = sheets.read(answer.data)
    assert "StudyHub-dong-loi.xlsx" in answer.headers["Content-Disposition"]
    assert (sheet.header[-1], len(sheet.rows)) == ("Lỗi cần sửa", 1)
    assert "Họ và tên (*): Thiếu họ và tên." in str(sheet.rows[0][1][-1])


def test_without_errors_there_is_no_such_file(app: Flask, town: World, as_: SignIn) -> None:
    em = as_(town.em)
    shown = compared(app, em, town, NEW)

    assert not [a for a in shown.all("a") if a["href"].endswith("/faulty")]
    em.visit(f"{address(shown)}/faulty", status=404)


def test_a_page_from_before_has_the_rows_with_errors_made_by_a_job(
    town: World, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    em = as_(town.em)
    with monkeypatch.context() as few:
        few.setattr(dry_run, "FEW", 1_000)
        page = upload(em, town.district, NEW, person("", card="000000000002"))
        assert page.all("button", formaction=f"/roster/{town.district.id}/faulty")

    assert "It begins in a few seconds." in go(em, town.district, "faulty", page).text
