"""The session page, check-in, and the roll of a cell."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from studyhub.accounts.models import User
from studyhub.kernel.clock import StoppedClock
from studyhub.rounds.lifecycle import RoundState
from studyhub.study.codes import code_at
from studyhub.study.models import AgendaItem, Attendance, Presence, StudySession, WrongCode
from tests.statements import counted_in
from tests.web.browser import Page
from tests.web.conftest import SignIn
from tests.world import NOW, World


@pytest.fixture
def session(town: World) -> StudySession:
    """A session that is going on, with two items on its agenda."""
    session = town.session(town.round(), link="https://hop.example.vn/52", place="Hội trường A")
    for position, (title, minutes) in enumerate((("Khai mạc", -30), ("Chuyên đề 1", -10))):
        starts = NOW + timedelta(minutes=minutes)
        session.agenda.append(AgendaItem(position=position, title=title, starts_at=starts))
    town.db.commit()
    return session


def _presences(town: World) -> dict[str, Presence]:
    town.db.rollback()
    names = {person.id: person.given_name for person in town.everyone}
    return {names[row.user_id]: row.presence for row in town.db.scalars(select(Attendance))}


def _roll(town: World, session: StudySession) -> str:
    return f"/sessions/{session.id}/roll-call/{town.cell.id}"


def _says(person: User, presence: str, reason: str = "", seen: str = "") -> dict[str, str]:
    return {
        f"{person.id}-presence": presence,
        f"{person.id}-reason": reason,
        f"{person.id}-seen": seen,
    }


def _sum(page: Page) -> str:
    counted = page.one("p", class_="sum num").text
    return " ".join(piece for piece in counted.split() if not piece.isalpha())


def test_the_page_of_a_session_that_is_going_on(
    town: World, as_: SignIn, session: StudySession
) -> None:
    page = as_(town.an).visit(f"/sessions/{session.id}")

    assert page.one("li", aria_current="step").text.startswith("Chuyên đề 1")
    assert "https://hop.example.vn/52" in {a["href"] for a in page.all("a")}
    assert "Hội trường A" in page.text
    assert "Roll call" not in page.text


def test_a_member_checks_in(town: World, as_: SignIn, session: StudySession) -> None:
    an = as_(town.an)

    page = an.post(
        f"/sessions/{session.id}/check-in", status=200, code=code_at(session, NOW), on_site="y"
    )

    assert "recorded as present at 09:00" in page.text
    assert _presences(town) == {"An": Presence.ON_SITE}
    assert "Attended" in an.visit(f"/rounds/{session.round_id}").text


def test_the_count_of_wrong_codes_survives_the_refusals(
    town: World, as_: SignIn, session: StudySession
) -> None:
    an, path = as_(town.an), f"/sessions/{session.id}/check-in"

    for _ in range(4):
        page = an.post(path, status=422, code="0000")
        assert "not the code" in page.text
    page = an.post(path, status=422, code="1111")
    assert "Turn to the chair" in page.text
    an.post(path, status=422, code=code_at(session, NOW))

    town.db.rollback()
    assert town.db.scalars(select(WrongCode)).one().tries == 5
    assert _presences(town) == {}


@pytest.mark.parametrize(("minutes", "said"), [(-60, "Opens at"), (60, "Check-in closed at")])
def test_outside_the_window_the_card_says_when(
    town: World, as_: SignIn, session: StudySession, clock: StoppedClock, minutes: int, said: str
) -> None:
    an = as_(town.an)
    clock.advance(minutes=minutes)

    page = an.visit(f"/sessions/{session.id}")
    an.post(f"/sessions/{session.id}/check-in", status=409, code=code_at(session, NOW))

    assert said in page.text
    assert page.all("input", name="code") == []


def test_who_is_not_on_the_list_sees_no_card(town: World, as_: SignIn) -> None:
    session = town.session(town.round(summoned=[town.an]))
    town.db.commit()
    dung = as_(town.dung)

    page = dung.visit(f"/sessions/{session.id}")
    dung.post(f"/sessions/{session.id}/check-in", status=403, code=code_at(session, NOW))
    as_(town.hoa).visit(f"/sessions/{session.id}", status=404)

    assert "Check-in" not in [h.text for h in page.all("h2")]


@pytest.mark.parametrize(("person", "status"), [("binh", 200), ("dung", 200), ("an", 403)])
def test_the_code_is_for_the_chair(
    town: World, as_: SignIn, session: StudySession, person: str, status: int
) -> None:
    page = as_(getattr(town, person)).visit(f"/sessions/{session.id}/code", status=status)

    assert (code_at(session, NOW) in page.source) is (status == 200)


def test_the_secretary_calls_the_roll(town: World, as_: SignIn, session: StudySession) -> None:
    binh = as_(town.binh)
    assert _sum(binh.visit(_roll(town, session))) == "0 + 0 + 4 = 4"
    said = {
        **_says(town.an, "on_site"),
        **_says(town.lan, "excused", "công tác"),
        **_says(town.giang, "online"),
        **_says(town.binh, "absent"),
    }

    page = binh.post(_roll(town, session), status=200, **said)

    assert _sum(page) == "2 + 1 + 1 = 4"
    assert _presences(town)["Lan"] is Presence.EXCUSED


def test_one_button_records_all_the_others(town: World, as_: SignIn, session: StudySession) -> None:
    said = _says(town.lan, "excused", "ốm")

    page = as_(town.giang).post(_roll(town, session), status=200, go="others", **said)

    assert _sum(page) == "3 + 1 + 0 = 4"


def test_an_excuse_without_a_reason_comes_back_with_every_choice(
    town: World, as_: SignIn, session: StudySession
) -> None:
    said = {**_says(town.an, "online"), **_says(town.lan, "excused")}

    page = as_(town.binh).post(_roll(town, session), status=422, **said)

    assert "Trần Thị Lan: Give the reason." in page.one("div", class_="card errsum").text
    chosen = {e["value"] for e in page.all("input", type="radio") if "checked" in e.attrs}
    assert chosen == {"online", "excused"}
    assert _presences(town) == {}


def test_a_stale_roll_keeps_who_checked_in_meanwhile(
    town: World, as_: SignIn, session: StudySession
) -> None:
    binh = as_(town.binh)
    binh.visit(_roll(town, session))
    as_(town.an).post(f"/sessions/{session.id}/check-in", status=200, code=code_at(session, NOW))

    page = binh.post(_roll(town, session), status=200, **_says(town.an, "absent"))

    assert "recorded by somebody else meanwhile" in page.text
    assert _presences(town) == {"An": Presence.ONLINE}


def test_made_up_is_offered_once_the_session_is_over(
    town: World, as_: SignIn, session: StudySession, clock: StoppedClock
) -> None:
    binh = as_(town.binh)
    assert "made_up" not in {
        e["value"] for e in binh.visit(_roll(town, session)).all("input", type="radio")
    }
    clock.advance(hours=5)

    assert "made_up" in {
        e["value"] for e in binh.visit(_roll(town, session)).all("input", type="radio")
    }
    binh.post(_roll(town, session), status=200, **_says(town.an, "made_up"))

    assert _presences(town) == {"An": Presence.MADE_UP}


@pytest.mark.parametrize(
    ("person", "cell", "status"),
    [
        ("chi", "cell", 404),
        ("an", "cell", 403),
        ("phuc", "cell", 403),
        ("dung", "cell", 200),
        ("chi", "other_cell", 200),
    ],
)
def test_who_may_call_which_roll(
    town: World, as_: SignIn, session: StudySession, person: str, cell: str, status: int
) -> None:
    unit = getattr(town, cell)

    as_(getattr(town, person)).visit(f"/sessions/{session.id}/roll-call/{unit.id}", status=status)


def test_each_follows_the_own_cells(town: World, as_: SignIn, session: StudySession) -> None:
    path = f"/sessions/{session.id}/roll"

    whole, own = as_(town.phuc).visit(path), as_(town.chi).visit(path)
    as_(town.an).visit(path, status=403)

    assert ("Chi bộ Văn phòng" in whole.text, "Chi bộ Thanh tra" in whole.text) == (True, True)
    assert ("Chi bộ Văn phòng" in own.text, "Chi bộ Thanh tra" in own.text) == (False, True)


def test_the_roll_of_a_closed_round_is_only_read(
    town: World, as_: SignIn, session: StudySession
) -> None:
    session.round.state = RoundState.CLOSED
    town.db.commit()
    binh = as_(town.binh)

    page = binh.visit(_roll(town, session))
    binh.post(_roll(town, session), status=422, **_says(town.an, "on_site"))

    assert page.all("input", type="radio") == []


def test_a_cell_of_sixty_takes_few_questions(town: World, as_: SignIn) -> None:
    people = [town.person(f"Nguyễn Văn Số {n}", town.cell) for n in range(60)]
    session = town.session(town.round(summoned=people))
    town.db.commit()
    binh = as_(town.binh)

    page = f"/sessions/{session.id}"  # it shows what ten rooms know of the session
    for url, most in ((_roll(town, session), 12), (f"{page}/roll", 12), (page, 20)):
        binh.visit(url)  # how the session stands is found out once for all who look
        with counted_in(binh.client.application) as sent:
            binh.visit(url)
        assert len(sent) <= most, url
