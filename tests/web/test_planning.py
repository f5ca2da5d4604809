"""An officer sets a round up: one form, kept as a draft, opened when nothing is missing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import LatePolicy, StudyRound
from tests.web.conftest import SignIn
from tests.world import World

SESSION = {
    "title": "Hội nghị trực tuyến",
    "on": "01/12/2026",
    "starts_at": "7h30",
    "ends_at": "11:00",
    "link": "https://hop.example.vn/52",
    "agenda": "07:30 | Khai mạc\n08:00 | Chuyên đề 1 | đ/c Thành\nBế mạc",
}


def _typed(town: World, **changes: Any) -> dict[str, Any]:
    return {
        "unit": str(town.district.id),
        "title": "Nghị quyết số 57-NQ/TW",
        "closes_on": "15/12/2026",
        "closes_at": "17:00",
        "roster_on": "25/11/2026",
        "year": "2026",
        "asks_to_read": "y",
        "asks_to_attend": "y",
        "asks_for_essay": "y",
        "attendance_rule": "every",
        "grading": "pass_only",
        "late_policy": "refuse",
        "min_syllables": "500",
        "audience": [str(town.district.id)],
        "questions-0-title": "Nhận thức của bản thân",
        "questions-0-goal": "200",
        "questions-2-title": "Đề xuất, kiến nghị",
        **changes,
    }


def _round(town: World) -> StudyRound:
    town.db.rollback()
    return town.db.scalars(select(StudyRound).order_by(StudyRound.created_at)).all()[-1]


def _draft(town: World, **changes: Any) -> StudyRound:
    round_ = town.round(is_open=False, late_policy=LatePolicy.REFUSE, **changes)
    town.db.commit()
    return round_


def test_an_officer_sets_a_round_up_and_opens_it(town: World, as_: SignIn) -> None:
    document = town.document()
    town.db.commit()
    dung, an = as_(town.dung), as_(town.an)

    dung.post("/rounds/new", status=200, **_typed(town, documents=[str(document.id)]))
    round_ = _round(town)
    assert round_.state is RoundState.DRAFT
    assert [(q.title, q.goal_syllables) for q in round_.questions] == [
        ("Nhận thức của bản thân", 200),
        ("Đề xuất, kiến nghị", 0),
    ]
    an.visit(f"/rounds/{round_.id}", status=404)
    dung.post(f"/rounds/{round_.id}/sessions/new", status=200, **SESSION)
    preview = dung.visit(f"/rounds/{round_.id}/preview")
    assert "6 members of 2 cells will be summoned" in preview.text
    page = dung.post(f"/rounds/{round_.id}/open", status=200)

    assert "The round is open for 6 members" in page.text
    dung.post(f"/rounds/{round_.id}/open", status=200)
    assert f"/rounds/{round_.id}" in {a["href"] for a in an.visit("/rounds/").all("a")}
    assert "My steps" in an.visit(f"/rounds/{round_.id}").text


def test_the_day_and_hour_typed_are_those_of_the_installation(town: World, as_: SignIn) -> None:
    as_(town.dung).post("/rounds/new", **_typed(town))

    assert _round(town).closes_at.isoformat() == "2026-12-15T10:00:00+00:00"


def test_all_that_is_missing_stands_beside_its_field(town: World, as_: SignIn) -> None:
    wanted = _typed(town, audience=[], go="preview", late_policy="mark")
    page = as_(town.dung).post("/rounds/new", status=200, **wanted)

    summary = page.one("div", class_="card errsum").text
    assert "4 things to correct" in summary
    for words in ("document", "session to attend", "late essays", "Choose units"):
        assert words in summary
    links = {a["href"] for a in page.all("a") if a.attrs.get("href", "").startswith("#")}
    ids = {e["id"] for e in page.elements if "id" in e.attrs}
    assert {"#documents", "#sessions", "#late_until_on", "#audience"} <= links
    assert {link.removeprefix("#") for link in links} <= ids


def test_a_refused_form_keeps_every_word(town: World, as_: SignIn) -> None:
    wrong = _typed(town, closes_on="31/02/2026", min_syllables="abc", introduction="Vì sao học")

    page = as_(town.dung).post("/rounds/new", status=422, **wrong)

    assert page.one("input", id="closes_on")["value"] == "31/02/2026"
    assert page.one("input", id="min_syllables")["value"] == "abc"
    assert page.one("textarea", id="introduction").text.strip() == "Vì sao học"
    assert page.one("input", id="questions-1-title")["value"] == "Đề xuất, kiến nghị"
    assert "2 things to correct" in page.text
    assert town.db.scalars(select(StudyRound)).all() == []


def test_there_are_always_empty_rows_for_more_questions(town: World, as_: SignIn) -> None:
    page = as_(town.dung).post("/rounds/new", status=200, **_typed(town, go="more"))

    rows = [e for e in page.all("input") if re.fullmatch(r"questions-\d+-title", e["name"])]
    assert [row["value"] for row in rows] == [
        "Nhận thức của bản thân", "Đề xuất, kiến nghị", "", "", ""
    ]  # fmt: skip


def test_searching_the_library_keeps_what_was_typed_and_chosen(town: World, as_: SignIn) -> None:
    chosen, other = town.document("về chuyển đổi số"), town.document("về đất đai")
    town.document("về biển đảo")
    town.db.commit()
    typed = _typed(town, documents=[str(chosen.id)], go="search", document_search="dat dai")

    page = as_(town.dung).post("/rounds/new", status=200, **typed)

    boxes = page.all("input", name="documents")
    assert [(box["value"], "checked" in box.attrs) for box in boxes] == [
        (str(chosen.id), True),
        (str(other.id), False),
    ]
    assert page.one("input", id="title")["value"] == "Nghị quyết số 57-NQ/TW"


def test_an_officer_plans_only_for_units_of_their_own(town: World, as_: SignIn) -> None:
    other = _typed(town, unit="3fa85f64-5717-4562-b3fc-2c963f66afa6")

    page = as_(town.dung).post("/rounds/new", status=422, **other)

    assert "organization of yours" in page.text


@pytest.mark.parametrize("person", ["an", "binh", "phuc", "em"])
def test_nobody_else_plans_rounds(town: World, as_: SignIn, person: str) -> None:
    round_ = town.round()
    town.db.commit()
    browser = as_(getattr(town, person))

    browser.visit("/rounds/new", status=404)
    stranger = 404 if person == "em" else 403
    for page in ("edit", "preview", "discard", "list", "extend", "close", "sessions/new"):
        browser.visit(f"/rounds/{round_.id}/{page}", status=stranger)


def test_opening_an_unready_round_says_what_is_missing(town: World, as_: SignIn) -> None:
    round_ = _draft(town, closes_in=timedelta(hours=-1))

    page = as_(town.dung).post(f"/rounds/{round_.id}/open", status=422)

    assert "deadline has passed" in page.text
    assert "session to attend" in page.text
    town.see(round_)
    assert round_.state is RoundState.DRAFT


def test_the_plan_of_an_open_round_can_no_longer_be_changed(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()
    dung = as_(town.dung)

    assert "Summoned list" in dung.visit(f"/rounds/{round_.id}/edit").text
    page = dung.post(f"/rounds/{round_.id}/edit", status=422, **_typed(town))

    assert "open already" in page.text


def test_a_draft_is_discarded_after_a_question(town: World, as_: SignIn) -> None:
    round_ = _draft(town)
    dung = as_(town.dung)

    asked = dung.visit(f"/rounds/{round_.id}/discard")
    page = dung.post(f"/rounds/{round_.id}/discard", status=200)

    assert "cannot be brought back" in asked.text
    assert "The draft has been discarded." in page.text
    town.db.rollback()
    assert town.db.scalars(select(StudyRound)).all() == []


def test_numbers_are_typed_as_people_write_them(town: World, as_: SignIn) -> None:
    as_(town.dung).post("/rounds/new", **_typed(town, min_syllables="1.500", max_syllables="2 000"))

    assert (_round(town).min_syllables, _round(town).max_syllables) == (1500, 2000)


def test_the_holder_of_a_draft_is_no_longer_a_choice(town: World, as_: SignIn) -> None:
    round_ = _draft(town)

    page = as_(town.dung).visit(f"/rounds/{round_.id}/edit")

    assert page.all("select", name="unit") == []
