"""A dated act says which open rounds it touches, and changes those that are chosen."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from studyhub.kernel.actor import Post
from studyhub.org import service
from studyhub.org.models import Appointment, Exemption, Membership
from studyhub.rounds import service as rounds
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, StudyRound, Summons
from studyhub.study import calling
from tests.org.people import membership_of
from tests.web.conftest import SignIn
from tests.world import NOW, TODAY, World


def page_of(town: World, name: str = "an") -> str:
    return f"/org/members/{membership_of(town.db, getattr(town, name)).id}"


def open_round(town: World, title: str = "Đợt mùa thu") -> StudyRound:
    round_ = town.round(title=title)
    town.db.commit()
    return round_


def summons(town: World, round_: StudyRound) -> Summons:
    town.db.rollback()
    listed = select(Summons).where(Summons.round_id == round_.id, Summons.user_id == town.an.id)
    return town.db.scalars(listed.execution_options(populate_existing=True)).one()


EXEMPT: dict[str, Any] = {"reason": "Tuổi cao", "since": "25/11/2026", "until": "", "basis": "Số 3"}


def query(fields: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in fields.items())


def test_an_exemption_tells_in_figures_what_it_would_change(town: World, as_: SignIn) -> None:
    round_ = open_round(town)

    page = as_(town.dung).visit(f"{page_of(town)}/exempt?{query(EXEMPT)}")

    assert "Exempt from 25/11/2026 until further notice: Tuổi cao." in page.text
    assert "Chi bộ Văn phòng: of 4 who must study, 3 remain" in page.text
    assert "Not ticked: still required there." in page.text
    assert "On the day of its list, 25/11/2026, the person was exempt already" in page.text
    box = page.one("input", type="checkbox", name="change")
    assert box["value"] == str(summons(town, round_).id)
    assert "checked" not in box.attrs
    assert page.one("input", type="hidden", name="reason")["value"] == "Tuổi cao"
    town.db.rollback()
    assert town.db.scalars(select(Exemption)).all() == []


def test_without_a_choice_the_list_stays_and_the_answer_says_so(town: World, as_: SignIn) -> None:
    round_ = open_round(town)

    page = as_(town.dung).post(f"{page_of(town)}/exempt", **EXEMPT)

    assert "Still required in: Đợt mùa thu." in page.text
    assert "Still required in rounds whose list was frozen before: Đợt mùa thu" in page.text
    assert summons(town, round_).call is Call.REQUIRED


def test_a_chosen_round_is_changed_with_the_act_and_the_other_stays(
    town: World, as_: SignIn
) -> None:
    first, second = open_round(town), open_round(town, "Đợt mùa đông")
    chosen = str(summons(town, first).id)

    page = as_(town.dung).post(f"{page_of(town)}/exempt", **EXEMPT, change=chosen)

    row = summons(town, first)
    assert (row.call, row.reason, row.changed_by) == (
        Call.EXEMPT, "Tuổi cao (Số 3)", town.dung.id,
    )  # fmt: skip
    assert summons(town, second).call is Call.REQUIRED
    assert "Still required in: Đợt mùa đông." in page.text
    assert "Exempt in a round" in page.text
    completion = as_(town.dung).visit(f"/completion/{first.id}/{town.cell.id}")
    assert "3" in completion.text


def test_a_suspension_stands_on_the_list_as_one(town: World, as_: SignIn) -> None:
    round_ = open_round(town)

    as_(town.dung).post(
        f"{page_of(town)}/suspend", reason="Vi phạm", since="25/11/2026", basis="Số 5",
        change=str(summons(town, round_).id),
    )  # fmt: skip

    row = summons(town, round_)
    assert (row.call, row.reason) == (Call.EXEMPT, "Đình chỉ sinh hoạt: Vi phạm (Số 5)")


def test_the_end_of_an_exemption_asks_the_person_again_where_chosen(
    town: World, as_: SignIn
) -> None:
    round_ = open_round(town)
    exemption = service.exempt(
        town.db, town.an, since=date(2026, 11, 1), reason="Ốm", by=None, now=NOW
    )
    calling.exempt(town.db, summons(town, round_), reason="Ốm", by=town.actor(town.dung), now=NOW)
    town.db.add(exemption)
    town.db.commit()
    ending = f"{page_of(town)}/exemptions/{exemption.id}/end"
    dung = as_(town.dung)

    page = dung.visit(f"{ending}?until=24/11/2026&basis=Số 8")
    assert "From 25/11/2026 new rounds summon the member again." in page.text
    assert "Chi bộ Văn phòng: from 3 who must study to 4" in page.text
    dung.post(ending, until="24/11/2026", basis="Số 8", change=str(summons(town, round_).id))

    row = summons(town, round_)
    assert row.call is Call.REQUIRED
    assert row.reason.endswith("(Số 8)")


def test_whoever_leaves_is_taken_off_the_lists_that_are_chosen(town: World, as_: SignIn) -> None:
    round_, dung = open_round(town), as_(town.dung)
    asked: dict[str, Any] = {"reason": "resigned", "until": "24/11/2026", "basis": "Số 9"}

    page = dung.visit(f"{page_of(town)}/end?{query(asked)}")
    assert "The last day in Chi bộ Văn phòng is 24/11/2026. Left at their own request." in page.text
    assert "the person was no longer a member by this decision" in page.text
    dung.post(f"{page_of(town)}/end", **asked, change=str(summons(town, round_).id))

    row = summons(town, round_)
    assert (row.call, row.reason) == (Call.RELEASED, "Left at their own request (Số 9)")


def test_whoever_does_not_manage_the_round_changes_nothing_there(town: World, as_: SignIn) -> None:
    round_ = open_round(town)
    officer = town.person("Trịnh Thu Trang", town.other_cell)
    town.db.add(
        Appointment(user=officer, unit=town.cell, post=Post.OFFICER, since=date(2020, 1, 1))
    )
    town.db.commit()
    trang = as_(officer)

    page = trang.visit(f"{page_of(town)}/exempt?{query(EXEMPT)}")
    assert "Stays as it is: the list is kept by Đảng bộ Sở Mẫu." in page.text
    page = trang.post(
        f"{page_of(town)}/exempt", status=422, **EXEMPT, change=str(summons(town, round_).id)
    )

    assert "A round has changed since this page was shown." in page.text
    assert summons(town, round_).call is Call.REQUIRED
    assert town.db.scalars(select(Exemption)).all() == []  # all of it, or nothing


def test_when_one_round_cannot_be_changed_nothing_is_done_and_the_choice_stays(
    town: World, as_: SignIn
) -> None:
    first, second = open_round(town), open_round(town, "Đợt mùa đông")
    chosen = [str(summons(town, round_).id) for round_ in (first, second)]
    rounds.close(town.db, second, by=town.actor(town.dung), now=NOW)
    town.db.commit()

    page = as_(town.dung).post(f"{page_of(town)}/exempt", status=422, **EXEMPT, change=chosen)

    assert "Look again at what will happen." in page.text
    assert "checked" in page.one("input", type="checkbox", name="change").attrs
    assert page.one("input", id="reason")["value"] == "Tuổi cao"
    assert summons(town, first).call is Call.REQUIRED
    assert second.state is RoundState.CLOSED
    assert town.db.scalars(select(Exemption)).all() == []


def test_an_overlap_is_told_before_anything_else(town: World, as_: SignIn) -> None:
    service.exempt(town.db, town.an, since=TODAY, reason="Ốm", by=None, now=NOW)
    town.db.commit()

    page = as_(town.dung).visit(f"{page_of(town)}/exempt?{query(EXEMPT)}", status=422)

    assert "is exempt since 25/11/2026" in page.text
    assert page.one("input", id="basis")["value"] == "Số 3"


def test_an_administrator_hears_of_rounds_only_how_many(town: World, as_: SignIn) -> None:
    open_round(town)

    page = as_(town.em).visit(f"{page_of(town)}/exempt?{query(EXEMPT)}")

    assert "1 round that is not in your care" in page.text
    assert "Đợt" not in page.text


def test_recognition_tells_the_lists_that_keep_the_standing(town: World, as_: SignIn) -> None:
    open_round(town)
    membership = membership_of(town.db, town.an)
    membership.standing = membership.standing.PROBATIONARY
    town.db.commit()

    page = as_(town.dung).visit(f"{page_of(town)}/recognise?on=20/11/2026")

    assert "From 20/11/2026 the member counts as official" in page.text
    assert "the person was official already by this decision" in page.text
    assert page.all("input", name="change") == []


@pytest.mark.parametrize("act", ["exempt", "suspend", "end", "recognise"])
def test_looking_changes_nothing_and_errors_stand_by_their_fields(
    town: World, as_: SignIn, act: str
) -> None:
    membership = membership_of(town.db, town.an)
    membership.standing = membership.standing.PROBATIONARY
    town.db.commit()

    page = as_(town.dung).visit(
        f"{page_of(town)}/{act}?since=99/1/2026&until=99/1/2026&on=99/1/2026", status=422
    )

    assert "The calendar has no such day" in page.text
    town.db.rollback()
    assert (
        town.db.scalars(select(Membership.until).where(Membership.until.is_not(None))).all() == []
    )
