"""The page of a member tells the whole way: what, when, by which decision, recorded by whom."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from studyhub.kernel.actor import Post
from studyhub.kernel.clock import StoppedClock
from studyhub.org import service
from studyhub.org.models import ExemptionKind, Leaving, Transfer
from studyhub.org.succession import Act, Reorganization
from studyhub.rounds.models import Summons
from studyhub.study import calling
from tests.org.people import membership_of
from tests.statements import counted_in
from tests.web.conftest import SignIn
from tests.world import NOW, TODAY, World

MAY = date(2026, 5, 19)
BY_DUNG = "Recorded by Hoàng Tiến Dũng, 09:00, 25/11/2026"


def page_of(town: World, name: str = "an") -> str:
    return f"/org/members/{membership_of(town.db, getattr(town, name)).id}"


def told(page_text: str, title: str) -> str:
    """The history from this title on."""
    return page_text.split("History", 1)[1].split(title, 1)[1]


def test_every_act_says_who_recorded_it_and_when(town: World, as_: SignIn) -> None:
    dung = town.actor(town.dung)
    service.exempt(town.db, town.an, since=MAY, until=MAY, reason="Ốm", basis="Số 3", by=dung,
                   now=NOW)  # fmt: skip
    service.appoint(town.db, town.an, town.cell, Post.DEPUTY, since=MAY, until=TODAY, basis="Số 4",
                    by=dung, now=NOW)  # fmt: skip
    town.db.commit()

    text = as_(town.dung).visit(page_of(town)).text

    for title, note in (
        ("Exempt from party activity", "19/05/2026 · Ốm · Số 3"),
        ("Took up a post", "19/05/2026 · Deputy secretary, Chi bộ Văn phòng · Số 4"),
        ("Laid down a post", "25/11/2026 · Deputy secretary, Chi bộ Văn phòng"),
    ):
        rest = told(text, title)
        assert rest.strip().startswith(note)
        assert BY_DUNG in rest.split("  ")[0][:200]
    assert "Recorded" not in told(text, "Admitted to the cell")  # the set-up wrote no log


def test_an_end_taken_back_is_told_as_what_it_was_and_as_undone(
    town: World, as_: SignIn, clock: StoppedClock
) -> None:
    dung = as_(town.dung)
    dung.post(f"{page_of(town)}/end", reason="resigned", until="20/11/2026", basis="Số 9")
    clock.moment = NOW + timedelta(days=1)
    dung.post(f"{page_of(town)}/take-back")

    text = dung.visit(page_of(town)).text

    assert told(text, "Membership ended").strip().startswith("Undone later")
    assert "20/11/2026 · Chi bộ Văn phòng" in told(text, "Membership ended")
    assert "26/11/2026" in told(text, "The end was taken back: the membership goes on")


def test_a_transfer_taken_back_is_marked(town: World, as_: SignIn) -> None:
    dung = as_(town.dung)
    dung.post(f"{page_of(town)}/transfer", to=str(town.other_cell.id), on="20/11/2026", basis="S1")
    town.db.rollback()
    dung.post(f"{page_of(town)}/take-back-transfer")

    text = dung.visit(page_of(town)).text

    assert told(text, "Official transfer").strip().startswith("Undone later")
    assert "Recorded by Hoàng Tiến Dũng" in told(text, "Transfer taken back")


def test_who_was_moved_with_the_organization_is_told_so(town: World, as_: SignIn) -> None:
    act = Reorganization(act=Act.MERGE, day=MAY, basis="Số 21", planned_at=NOW)
    town.db.add(act)
    town.db.flush()
    service.transfer(town.db, membership_of(town.db, town.an), town.other_cell, on=MAY,
                     basis="Số 21-QĐ/ĐU", by=None, now=NOW)  # fmt: skip
    town.db.scalars(select(Transfer)).one().reorganization_id = act.id
    town.db.commit()

    page = as_(town.dung).visit(page_of(town))

    rest = told(page.text, "Transferred with the organization")
    assert rest.strip().startswith("19/05/2026 · from Chi bộ Văn phòng to Chi bộ Thanh tra · Số 21")
    assert "Take the transfer" not in page.text


def test_changes_of_the_call_in_rounds_stand_in_it(
    town: World, as_: SignIn, clock: StoppedClock
) -> None:
    round_, dung = town.round(title="Đợt mùa thu"), town.actor(town.dung)
    row = town.db.scalars(select(Summons).where(Summons.user_id == town.an.id)).one()
    calling.exempt(town.db, row, reason="Ốm nặng", by=dung, now=NOW)
    later = NOW + timedelta(hours=1)
    calling.require(town.db, row, reason="Đã khỏe lại", by=dung, now=later)
    newcomer = town.person("Mai Văn Mới", town.cell)
    town.db.flush()
    calling.summon_late(town.db, round_, newcomer, reason="Mới kết nạp", by=dung, now=NOW)
    town.db.commit()

    text = as_(town.dung).visit(page_of(town)).text

    assert "25/11/2026 · Đợt mùa thu (Chi bộ Văn phòng) · Đã khỏe lại" in told(
        text, "Required again in a round"
    )
    assert "Đợt mùa thu (Chi bộ Văn phòng)" in told(text, "Exempt in a round")
    assert text.index("Required again in a round") < text.index("Exempt in a round")
    town.db.rollback()
    late = as_(town.dung).visit(f"/org/members/{membership_of(town.db, newcomer).id}").text
    assert "Mới kết nạp" in told(late, "Summoned late to a round")
    assert "Đợt mùa thu" not in as_(town.em).visit(page_of(town)).text  # not a round of theirs


def test_a_suspension_and_who_left(town: World, as_: SignIn) -> None:
    service.exempt(town.db, town.an, kind=ExemptionKind.SUSPENDED, since=MAY, until=MAY,
                   reason="Vi phạm", basis="Số 5", by=town.actor(town.dung), now=NOW)  # fmt: skip
    service.leave(town.db, membership_of(town.db, town.an), reason=Leaving.DIED, until=TODAY,
                  closes_at=NOW, basis="Số 6", by=town.actor(town.dung), now=NOW)  # fmt: skip
    town.db.commit()

    text = as_(town.dung).visit(page_of(town)).text

    assert "Deceased" in told(text, "No longer a party member")
    assert "Vi phạm · Số 5" in told(text, "Suspended from party activity")


@pytest.mark.parametrize("acts", [1, 15])
def test_the_page_asks_a_constant_number_of_questions(
    town: World, as_: SignIn, app: Flask, acts: int
) -> None:
    dung = town.actor(town.dung)
    for n in range(acts):
        day = MAY + timedelta(days=10 * n)
        service.exempt(town.db, town.an, since=day, until=day, reason="Ốm", by=dung, now=NOW)
        town.round(title=f"Đợt {n}")
        row = town.db.scalars(
            select(Summons).join(Summons.round).where(Summons.user_id == town.an.id)
            .order_by(Summons.id).limit(1)
        ).first()  # fmt: skip
        assert row is not None
    for row in town.db.scalars(select(Summons).where(Summons.user_id == town.an.id)).all():
        calling.exempt(town.db, row, reason="Ốm", by=dung, now=NOW)
    town.db.commit()
    browser, page = as_(town.dung), page_of(town)

    with counted_in(app) as seen:
        browser.visit(page)

    assert len(seen) <= 16, "\n".join(seen)
