"""Pages on which an officer gives more time to one person or a cell, and ends it."""

from sqlalchemy import select

from studyhub.rounds.models import Extension, Summons
from tests.web.conftest import SignIn
from tests.world import World

WISH = {"closes_on": "15/12/2026", "closes_at": "17:00", "reason": "Bão số 9"}


def deadlines(town: World) -> dict[str, str]:
    town.db.rollback()
    town.db.expire_all()
    return {one.user.full_name: f"{one.deadline:%d/%m}" for one in town.db.scalars(select(Summons))}


def test_an_officer_gives_a_cell_more_time_and_ends_it(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()
    dung = as_(town.dung)
    cell = dung.visit(f"/completion/{round_.id}/{town.cell.id}")
    assert cell.one("a", href=f"/rounds/{round_.id}/cells/{town.cell.id}/extend")

    page = dung.post(f"/rounds/{round_.id}/cells/{town.cell.id}/extend", **WISH, status=200)

    assert "Chi bộ Văn phòng" in page.text
    assert "Bão số 9" in page.text
    assert deadlines(town)["Nguyễn Văn An"] == "15/12"
    assert deadlines(town)["Vũ Thị Hoa"] == "29/11"
    made = town.db.scalars(select(Extension)).one()
    where = f"/rounds/{round_.id}/extensions/{made.id}/take-back"
    assert "Give the reason." in dung.post(where, status=422).text
    dung.post(where, reason="Bão tan", status=200)
    assert deadlines(town)["Nguyễn Văn An"] == "29/11"
    assert "Bão tan" in dung.visit(f"/rounds/{round_.id}/extensions").text


def test_an_officer_gives_one_person_more_time(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()
    listed = select(Summons.id).where(Summons.user_id == town.an.id)
    where = f"/rounds/{round_.id}/list/{town.db.scalars(listed).one()}/extend"
    dung = as_(town.dung)

    early = dung.post(where, **{**WISH, "closes_on": "26/11/2026"}, status=422)
    assert "later than the deadline" in early.text
    assert "Bão số 9" in early.one("input", name="reason")["value"]
    dung.post(where, **WISH, status=200)

    assert deadlines(town)["Nguyễn Văn An"] == "15/12"
    assert "15/12/2026" in dung.visit(f"/rounds/{round_.id}/list").text


def test_the_secretary_of_the_cell_may_not(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()
    binh = as_(town.binh)

    page = binh.visit(f"/completion/{round_.id}/{town.cell.id}")

    assert "More time" not in page.text
    binh.post(f"/rounds/{round_.id}/cells/{town.cell.id}/extend", **WISH, status=403)


def test_the_rule_is_planned_and_told(town: World, as_: SignIn) -> None:
    round_ = town.round(hands_in_drafts=True)
    town.db.commit()

    assert "handed in by the system" in as_(town.an).visit(f"/rounds/{round_.id}").text
    page = as_(town.dung).visit("/rounds/new")
    assert page.one("input", name="hands_in_drafts")
