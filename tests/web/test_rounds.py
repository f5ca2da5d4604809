"""An officer sets up a round; members find it; its list and deadline change by reasoned acts."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, LatePolicy, StudyRound, Summons
from studyhub.study.models import StudySession
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import NOW, World

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


def _summons(town: World, round_: StudyRound) -> Summons:
    return town.db.scalars(
        select(Summons).where(Summons.round_id == round_.id, Summons.user_id == town.an.id)
    ).one()


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

    assert "6 members are on its list" in page.text
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

    rows = [e for e in page.all("input") if e["name"].endswith("-title")]
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
    for page in ("edit", "preview", "list", "extend", "close", "sessions/new"):
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


def test_a_session_is_changed_and_removed(town: World, as_: SignIn) -> None:
    round_ = town.round()
    session = town.session(round_)
    town.db.commit()
    dung = as_(town.dung)

    dung.post(f"/rounds/sessions/{session.id}", status=200, **SESSION)
    town.see(session)
    assert [(item.title, item.reporter) for item in session.agenda] == [
        ("Khai mạc", ""),
        ("Chuyên đề 1", "đ/c Thành"),
        ("Bế mạc", ""),
    ]
    shown = dung.visit(f"/rounds/sessions/{session.id}").one("textarea", id="agenda").text.strip()
    assert shown == SESSION["agenda"]
    dung.post(f"/rounds/sessions/{session.id}/remove", status=200)

    town.db.rollback()
    assert town.db.scalars(select(StudySession)).all() == []


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("link", "javascript:alert(1)", "https://"),
        ("ends_at", "7:00", "end after it begins"),
        ("agenda", "08:00 |", "08:00 | title"),
        ("check_in_opens_at", "mai", "07:30"),
    ],
)
def test_a_wrong_session_comes_back_with_its_words(
    town: World, as_: SignIn, field: str, typed: str, said: str
) -> None:
    round_ = town.round()
    town.db.commit()

    page = as_(town.dung).post(
        f"/rounds/{round_.id}/sessions/new", status=422, **{**SESSION, field: typed}
    )

    control = next(e for e in page.elements if e.attrs.get("id") == field)
    assert typed in (control.attrs.get("value", ""), control.text.strip())
    assert said in page.text


def test_the_deadline_moves_with_a_reason(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()
    dung, path = as_(town.dung), f"/rounds/{round_.id}/extend"

    page = dung.post(path, status=422, closes_on="20/12/2026", closes_at="17:00", reason="")
    assert "reason" in page.text
    page = dung.post(path, status=422, closes_on="20/11/2026", closes_at="17:00", reason="bão")
    assert "later than the present one" in page.text
    dung.post(path, status=200, closes_on="20/12/2026", closes_at="17:00", reason="bão số 3")

    town.see(round_)
    assert round_.closes_at.day == 20


def test_closing_says_what_it_means_and_can_be_undone(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()
    dung = as_(town.dung)

    page = dung.visit(f"/rounds/{round_.id}/close")
    assert "6 comrades have not completed everything" in page.text
    dung.post(f"/rounds/{round_.id}/close", status=200)
    town.see(round_)
    assert round_.state is RoundState.CLOSED
    dung.post(f"/rounds/{round_.id}/extend", status=200, closes_on="20/12/2026", reason="chưa xong")

    town.see(round_)
    assert round_.state is RoundState.OPEN


def test_the_list_changes_by_named_and_reasoned_acts(town: World, as_: SignIn) -> None:
    round_ = town.round(summoned=[town.an, town.hoa])
    town.db.commit()
    dung, path = as_(town.dung), f"/rounds/{round_.id}/list"

    found = dung.visit(f"{path}?q=lan")
    assert f"{path}/add/{town.lan.id}" in {a["href"] for a in found.all("a")}
    dung.post(f"{path}/add/{town.lan.id}", status=422, reason="")
    dung.post(f"{path}/add/{town.lan.id}", status=200, reason="mới chuyển về")
    summons = _summons(town, round_)
    dung.post(f"{path}/{summons.id}", status=422, call="released", reason="")
    page = dung.post(f"{path}/{summons.id}", status=200, call="released", reason="chuyển đi")

    assert "mới chuyển về" in page.text
    assert "chuyển đi" in page.text
    town.see(summons)
    assert (summons.call, summons.changed_by) == (Call.RELEASED, town.dung.id)


def test_a_person_from_outside_is_nobody_to_the_list(town: World, as_: SignIn) -> None:
    round_, other = town.round(), town.round()
    summons = _summons(town, other)
    town.db.commit()
    dung = as_(town.dung)

    dung.visit(f"/rounds/{round_.id}/list/add/{town.em.id}", status=404)
    dung.visit(f"/rounds/{round_.id}/list/{summons.id}", status=404)


def test_a_member_sees_the_own_path(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.session(essay.round)
    town.db.commit()

    page = as_(town.an).visit(f"/rounds/{essay.round_id}")

    assert page.one("li", aria_current="step").text.startswith("1 Read the documents")
    assert "Being written" in page.text
    assert "Summoned list" not in page.text


def test_the_rounds_of_a_year(town: World, as_: SignIn) -> None:
    town.round(title="năm nay")
    earlier = town.round(title="năm trước")
    earlier.year = 2025
    town.db.commit()
    an = as_(town.an)

    now, before = an.visit("/rounds/"), an.visit("/rounds/?year=2025")

    assert ("năm nay" in now.text, "năm trước" in now.text) == (True, False)
    assert ("năm nay" in before.text, "năm trước" in before.text) == (False, True)


def test_a_year_of_twenty_rounds_takes_no_more_questions_than_one(town: World, as_: SignIn) -> None:
    for _ in range(20):
        town.session(town.round(), starts_at=NOW - timedelta(minutes=30))
    town.db.commit()

    for person in (town.an, town.dung):
        assert _questions(as_(person), "/rounds/") <= 12


def test_a_page_of_a_round_takes_few_questions(town: World, as_: SignIn) -> None:
    essay = town.essay()
    for _ in range(5):
        town.session(essay.round)
    town.db.commit()

    for person in (town.an, town.dung):
        assert _questions(as_(person), f"/rounds/{essay.round_id}") <= 15


def _questions(browser: Browser, url: str) -> int:
    """How many statements the page sends to the database."""
    sent: list[str] = []
    with browser.client.application.app_context():
        engine = browser.client.application.extensions["sqlalchemy"].engine

    def hear(*facts: Any) -> None:
        sent.append(str(facts[2]))

    event.listen(engine, "before_cursor_execute", hear)
    browser.visit(url)
    event.remove(engine, "before_cursor_execute", hear)
    return len(sent)
