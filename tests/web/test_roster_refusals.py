"""What a list is refused for, and how that is said."""

import pytest

from studyhub.roster import sheets
from tests.roster import makers
from tests.roster.makers import person
from tests.web.conftest import SignIn
from tests.web.lists import NEW, filled, upload
from tests.world import World


def test_rows_with_errors_come_back_with_the_error(town: World, as_: SignIn) -> None:
    em = as_(town.em)
    page = upload(em, town.district, NEW, person("", "31/02/1975", card="000000000002"))
    assert "31/02/1975" in page.text

    answer = em.client.post(
        f"/roster/{town.district.id}/faulty", data={**filled(page), "csrf_token": em.token()}
    )

    sheet = sheets.read(answer.data)
    assert sheet.header[-1] == "What is wrong"
    assert len(sheet.rows) == 1
    assert "Họ và tên (*): The name is missing." in str(sheet.rows[0][1][-1])
    assert "Sinh ngày (*): The calendar has no such day." in str(sheet.rows[0][1][-1])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"MZ\x90\x00", "a program"),
        (b"  \n ", "empty"),
        (b"<html><table>", "a web page"),
        (makers.packed({"xl/workbook.xml": " " * 40_000_000}), "unpacks to an unreasonable size"),
    ],
    ids=["program", "empty", "page", "bomb"],
)
def test_what_is_no_list_is_refused_and_not_kept(
    town: World, as_: SignIn, data: bytes, says: str
) -> None:
    page = upload(as_(town.em), town.district, data=data, status=422)

    assert says in page.text
    assert page.all("title")[0].text.startswith("Error:")


@pytest.mark.parametrize(
    ("as_of", "says"),
    [("", "Type the day."), ("26/11/2026", "not come yet"), ("1/1/2019", "only since 01/01/2020")],
)
def test_the_day_of_the_list_is_checked(town: World, as_: SignIn, as_of: str, says: str) -> None:
    page = upload(as_(town.em), town.district, NEW, as_of=as_of, status=422)

    assert says in page.one("p", id="as_of-e").text


def test_no_file_is_said_beside_the_field(town: World, as_: SignIn) -> None:
    page = as_(town.em).post(f"/roster/{town.district.id}", status=422, as_of="25/11/2026")

    assert "Choose the file" in page.one("p", id="file-e").text


@pytest.mark.parametrize("forged", ["", "x.y", None])
def test_a_file_cannot_be_claimed_or_carried_to_another_unit(
    town: World, as_: SignIn, forged: str | None
) -> None:
    em = as_(town.em)
    page = upload(em, town.district, NEW)
    source = page.one("input", name="source")["value"] if forged is None else forged

    em.post(f"/roster/{town.cell.id}/check", status=422, source=source)
