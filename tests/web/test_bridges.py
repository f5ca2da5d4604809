"""Bridge points on the web: planning, the list without script, the count, photos."""

import io

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from studyhub.bridges.models import BridgeMark, BridgePoint
from studyhub.org.models import Standing
from studyhub.rounds.models import Summons
from studyhub.study.models import Attendance, Presence, StudySession
from tests.statements import counted_in
from tests.web.conftest import SignIn
from tests.world import World


@pytest.fixture
def session(town: World) -> StudySession:
    """A session that is going on."""
    session = town.session(town.round())
    town.db.commit()
    return session


@pytest.fixture
def point(town: World, as_: SignIn, session: StudySession) -> BridgePoint:
    """A bridge point for cell one, planned by Dung; Hoa is in charge."""
    as_(town.dung).post(
        f"/bridges/of/{session.id}/new", hall="Nhà văn hóa", keeper=town.hoa.card_number,
        cells=[str(town.cell.id)], unit=str(town.district.id),
    )  # fmt: skip
    town.db.rollback()
    return town.db.scalars(select(BridgePoint)).one()


def _marked(town: World) -> set[str]:
    town.db.rollback()
    names = {person.id: person.given_name for person in town.everyone}
    return {names[one] for one in town.db.scalars(select(BridgeMark.user_id))}


def test_the_officer_plans_changes_and_removes(
    town: World, as_: SignIn, point: BridgePoint, session: StudySession
) -> None:
    dung = as_(town.dung)
    page = dung.visit(f"/bridges/of/{session.id}")
    assert "Nhà văn hóa" in page.text
    assert "Vũ Thị Hoa" in page.text
    form = dung.visit(f"/bridges/{point.id}/change")
    assert form.one("input", id="hall")["value"] == "Nhà văn hóa"

    refused = dung.post(
        f"/bridges/{point.id}/change", status=422, hall="B", keeper="Không Ai Cả",
        cells=[str(town.cell.id)],
    )  # fmt: skip
    assert "Nobody is called like that" in refused.text
    dung.post(f"/bridges/{point.id}/remove")

    town.db.rollback()
    assert town.db.scalars(select(BridgePoint)).all() == []


def test_whoever_is_in_charge_marks_without_script(
    town: World, as_: SignIn, point: BridgePoint
) -> None:
    hoa, url = as_(town.hoa), f"/bridges/{point.id}"
    page = hoa.visit(url)
    listed = [box["value"] for box in page.all("input", name="here")]
    assert len(listed) == 4

    saved = hoa.post(url, listed=listed, here=[str(town.an.id), str(town.lan.id)])
    assert "2 marks have changed" in saved.text
    assert _marked(town) == {"An", "Lan"}
    hoa.post(url, listed=listed, here=[str(town.an.id)])

    assert _marked(town) == {"An"}
    row = town.db.scalars(select(Attendance)).one()
    assert (row.user_id, row.presence) == (town.an.id, Presence.ON_SITE)
    found = hoa.visit(f"{url}?q=do+kim+chi")
    assert "Đỗ Kim Chi" in found.text


def test_the_script_sends_only_what_was_ticked(
    town: World, as_: SignIn, point: BridgePoint
) -> None:
    hoa, url = as_(town.hoa), f"/bridges/{point.id}"
    headers = {"Accept": "application/json", "X-CSRF-Token": hoa.token()}

    def send(marks: object) -> tuple[int, dict[str, object]]:
        answer = hoa.client.post(url, json={"marks": marks}, headers=headers)
        return answer.status_code, answer.get_json()

    assert send({str(town.an.id): True}) == (200, {"marked": 1, "twice": []})
    assert send({str(town.an.id): True, str(town.lan.id): False})[0] == 200
    told = hoa.client.get(f"{url}/stands").get_json()
    assert (told["here"], told["open"]) == ([str(town.an.id)], True)
    assert send("nothing")[0] == 422
    assert send({"x": True})[0] == 422
    assert send({str(town.dung.id): True})[0] == 404
    assert _marked(town) == {"An"}


def test_count_and_list_are_signed_off_and_opened_again(
    town: World, as_: SignIn, point: BridgePoint
) -> None:
    hoa, url = as_(town.hoa), f"/bridges/{point.id}"
    hoa.post(url, listed=[str(town.an.id)], here=[str(town.an.id)])

    assert "Say why" in hoa.post(f"{url}/sign-off", status=422, headcount="2").text
    assert hoa.post(f"{url}/sign-off", status=422, headcount="hai").one("h2", id="errors-h")
    signed = hoa.post(f"{url}/sign-off", headcount="2", difference="một lái xe")

    assert "một lái xe" in signed.text
    assert signed.all("input", name="listed") == []
    hoa.post(url, status=409, listed=[str(town.lan.id)], here=[str(town.lan.id)])
    hoa.post(f"{url}/reopen", status=403)
    as_(town.dung).post(f"{url}/reopen")
    assert len(hoa.visit(url).all("input", name="listed")) == 4


def test_a_photo_of_the_paper_list_is_kept(town: World, as_: SignIn, point: BridgePoint) -> None:
    hoa, url = as_(town.hoa), f"/bridges/{point.id}"
    photo = io.BytesIO()
    Image.new("L", (600, 800), 240).save(photo, "PNG")

    assert "Choose photos" in hoa.post(f"{url}/papers", status=422).text
    hoa.post(f"{url}/papers", papers=(io.BytesIO(photo.getvalue()), "danh sách.png"))

    picture = hoa.client.get(f"{url}/papers/1")
    assert picture.data.startswith(b"\xff\xd8")
    assert as_(town.an).client.get(f"{url}/papers/1").status_code == 404


def test_the_session_leads_whoever_is_in_charge_to_the_list(
    town: World, as_: SignIn, point: BridgePoint, session: StudySession
) -> None:
    def links(person: object) -> set[str]:
        page = as_(person).visit(f"/sessions/{session.id}")  # type: ignore[arg-type]
        return {a["href"] for a in page.all("a")}

    assert f"/bridges/{point.id}" in links(town.hoa)
    assert f"/bridges/{point.id}" not in links(town.an)
    assert f"/bridges/of/{session.id}" in links(town.dung)


def test_the_list_costs_the_same_however_many_there_are(
    app: Flask, town: World, as_: SignIn, point: BridgePoint
) -> None:
    hoa, url = as_(town.hoa), f"/bridges/{point.id}"
    hoa.visit(url)
    with counted_in(app) as before:
        hoa.visit(url)
    round_id = point.session.round_id
    town.db.rollback()
    for number in range(5):
        person = town.person(f"Lê Văn Thêm {number}", town.cell)
        town.db.flush()
        summoned = Summons(
            round_id=round_id, user_id=person.id, cell_id=town.cell.id,
            cell_path=town.cell.path, standing=Standing.OFFICIAL,
        )  # fmt: skip
        town.db.add(summoned)
    town.db.commit()

    with counted_in(app) as after:
        hoa.visit(url)

    assert len(after) == len(before) <= 12
