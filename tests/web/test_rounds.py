"""One round as its members and its officers see it; its sessions, deadline and list."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from studyhub.rounds.models import Call, StudyRound, Summons
from studyhub.study.models import StudySession
from tests.statements import counted_in
from tests.web.conftest import SignIn
from tests.web.test_planning import SESSION
from tests.world import NOW, World


def _summons(town: World, round_: StudyRound) -> Summons:
    return town.db.scalars(
        select(Summons).where(Summons.round_id == round_.id, Summons.user_id == town.an.id)
    ).one()


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
        ("agenda", "25:00 | Khai mạc", "08:00 | title"),
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
    assert not round_.takes_essays(NOW)
    dung.post(f"/rounds/{round_.id}/extend", status=200, closes_on="20/12/2026", reason="chưa xong")

    town.see(round_)
    assert round_.takes_essays(NOW)


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
    assert f"chuyển đi{town.dung.full_name}, " in page.text
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
        browser = as_(person)
        with counted_in(browser.client.application) as sent:
            browser.visit("/rounds/")
        assert len(sent) <= 12


def test_a_page_of_a_round_takes_few_questions(town: World, as_: SignIn) -> None:
    essay = town.essay()
    for _ in range(5):
        town.session(essay.round)
    town.db.commit()

    for person in (town.an, town.dung):
        browser = as_(person)
        with counted_in(browser.client.application) as sent:
            browser.visit(f"/rounds/{essay.round_id}")
        assert len(sent) <= 12
