"""Pages on which those who follow a cell remind its members."""

from sqlalchemy import select

from studyhub.reminding.models import Reminder, Way
from tests.web.conftest import SignIn
from tests.world import World


def test_a_secretary_sees_whom_then_reminds_them(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()
    where = f"/reminding/{round_.id}/{town.cell.id}"
    binh = as_(town.binh)
    cell = binh.visit(f"/completion/{round_.id}/{town.cell.id}")
    assert cell.one("a", href=where)

    page = binh.visit(where)
    assert "Nguyễn Văn An" in page.text
    assert "read the documents, hand in the essay" in page.text
    assert not town.db.scalars(select(Reminder)).all()
    binh.post(where, person=str(town.an.id), status=200)

    again = binh.visit(where)
    assert "disabled" in again.one("input", id=f"p-{town.an.id}").attrs
    assert "Already reminded today" in again.text
    notices = as_(town.an).visit("/notices/")
    assert "A reminder: in “Nghị quyết số 52-NQ/TW” you still have to" in notices.text


def test_nobody_chosen_comes_back_with_the_reason(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()
    page = as_(town.binh).post(f"/reminding/{round_.id}/{town.cell.id}", status=422)
    assert "at least one" in page.text
    assert "checked" not in page.one("input", id=f"p-{town.an.id}").attrs


def test_an_overseer_may_remind_and_not_judge(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()
    as_(town.phuc).post(
        f"/reminding/{round_.id}/{town.cell.id}", person=str(town.an.id), status=200
    )
    town.db.rollback()
    assert town.db.scalars(select(Reminder)).one().made_by == town.phuc.id


def test_told_in_person_is_noted(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()
    where = f"/reminding/{round_.id}/{town.cell.id}"
    page = as_(town.binh).post(where, told=str(town.lan.id), status=200)
    assert "Told in person on 25/11/2026 by Lê Quang Bình" in page.text
    town.db.rollback()
    assert town.db.scalars(select(Reminder)).one().way is Way.IN_PERSON


def test_members_and_secretaries_of_other_cells_may_not(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()
    where = f"/reminding/{round_.id}/{town.cell.id}"
    as_(town.an).visit(where, status=403)
    as_(town.chi).post(where, person=str(town.an.id), status=404)
