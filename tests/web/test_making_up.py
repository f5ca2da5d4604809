"""The make-up list of a session, and planning its repetition."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from studyhub.study import making_up
from studyhub.study.models import Attendance, Basis, Presence, StudySession
from tests.web.conftest import SignIn
from tests.world import NOW, World


@pytest.fixture
def session(town: World) -> StudySession:
    """A session that is over; nobody is recorded."""
    begun = NOW - timedelta(days=1)
    session = town.session(
        town.round(), starts_at=begun, ends_at=begun + timedelta(hours=2),
        check_in_opens_at=begun, check_in_closes_at=begun + timedelta(hours=1),
    )  # fmt: skip
    town.db.commit()
    return session


def _rows(town: World) -> dict[str, tuple[Presence, Basis | None]]:
    town.db.rollback()
    names = {person.id: person.given_name for person in town.everyone}
    return {
        names[row.user_id]: (row.presence, row.basis) for row in town.db.scalars(select(Attendance))
    }


def test_the_secretary_vouches_and_takes_it_back(
    town: World, as_: SignIn, session: StudySession
) -> None:
    binh, url = as_(town.binh), f"/sessions/{session.id}/making-up/{town.cell.id}"
    page = binh.visit(f"/sessions/{session.id}/making-up")
    assert "4 members still have to make it up" in page.text

    binh.post(url, person=[str(town.an.id), str(town.hoa.id)])

    assert _rows(town) == {"An": (Presence.MADE_UP, Basis.PAPER)}, "Hoa is of another cell"
    assert "3 members still have to make it up" in binh.visit(url).text
    binh.post(f"{url}/{town.an.id}/back")
    assert _rows(town) == {}
    assert "Tick those" in binh.post(url).text


def test_the_officer_sees_every_cell_and_plans_a_repetition(
    town: World, as_: SignIn, session: StudySession
) -> None:
    dung = as_(town.dung)
    page = dung.visit(f"/sessions/{session.id}/making-up")
    assert "Together6006" in page.one("tfoot").text

    url = f"/sessions/{session.id}/repetition"
    assert dung.post(url, status=422, title="Học bù").one("h2", id="errors-h")
    dung.post(
        url, title="Học bù", on="30/11/2026", starts_at="8:00", ends_at="10:00", place="Phòng 2"
    )

    town.db.rollback()
    again = town.db.scalars(select(StudySession).where(StudySession.title == "Học bù")).one()
    assert again.made_up_of_id == session.id
    assert "Học bù" in dung.visit(f"/sessions/{session.id}/making-up").text
    shown = dung.visit(f"/sessions/{again.id}/making-up").text
    assert "repeats another" in shown
    assert dung.client.get(f"/sessions/{again.id}").status_code == 200


def test_who_only_follows_sees_the_list_and_records_nothing(
    town: World, as_: SignIn, session: StudySession
) -> None:
    url = f"/sessions/{session.id}/making-up/{town.cell.id}"

    page = as_(town.phuc).visit(url)

    assert page.all("input", name="person") == []
    as_(town.phuc).post(url, status=403, person=str(town.an.id))
    assert as_(town.an).client.get(url).status_code in {403, 404}


def test_the_figures_of_the_cell_tell_first_round_and_make_up_apart(
    town: World, as_: SignIn
) -> None:
    round_ = town.round()
    session = town.session(round_)
    after = session.ends_at + timedelta(hours=1)
    making_up.credit(
        town.db, session, town.an.id, basis=Basis.PAPER, by=town.actor(town.binh), now=after
    )
    town.db.commit()

    for unit in (town.cell, town.district):
        page = as_(town.dung).visit(f"/completion/{round_.id}/{unit.id}")
        assert "0 at first, 1 made up" in page.text
