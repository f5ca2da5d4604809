"""What follows an act: its page, its way back, and what the units say of it."""

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from studyhub.background import runner
from studyhub.kernel.actor import Post
from studyhub.kernel.clock import StoppedClock
from studyhub.notices.models import Kind, Notice
from studyhub.org import service as org
from studyhub.org.succession import Act, Reorganization, Stage
from studyhub.reorganization import service
from tests.org.people import membership_of
from tests.reorganization.office import BASIS, decide, names_in
from tests.web.conftest import SignIn
from tests.web.reorganizing import NEW_YEAR, another_cell, beside, does, merging, path, the_act
from tests.world import NOW, World


def test_a_new_name_is_valid_from_its_day(town: World, as_: SignIn) -> None:
    dung, url = as_(town.dung), path(town.cell, "rename")
    typed = {"basis": BASIS, "day": "25/11/2026", "short_name": ""}

    page = dung.post(url, status=422, name="Chi bộ Văn phòng", **typed)
    assert "called that already" in page.one("p", id="name-e").text
    page = does(dung, url, name="Chi bộ Tổng hợp", **typed)

    assert "Chi bộ Văn phòng renamed Chi bộ Tổng hợp" in page.text
    page = dung.visit(f"/org/units/{town.cell.id}")
    assert page.one("h1").text == "Chi bộ Tổng hợp"
    assert "Called Chi bộ Văn phòng before" in page.text


def test_a_cell_is_put_under_another_organization(town: World, as_: SignIn) -> None:
    section, _ = beside(town)
    dung, url = as_(town.dung), path(town.cell, "move")

    does(dung, url, basis=BASIS, day="26/11/2026", target=str(section.id))
    act = the_act(town)
    assert act.stage is Stage.PLANNED
    service.carry_out_due(town.db, today=date(2026, 11, 26), now=NOW + timedelta(days=1))
    town.db.commit()

    page = dung.visit(f"/org/units/{town.cell.id}")
    assert "Below Đảng bộ Sở Mẫu before" in page.text
    assert town.cell.parent_id == section.id


def test_a_plan_waits_for_its_day_and_can_be_cancelled(town: World, as_: SignIn) -> None:
    dung = as_(town.dung)
    page = does(dung, path(town.cell, "merge"), **merging(town, day=NEW_YEAR))
    assert "Planned for 01/01/2027. Until then it can be cancelled." in page.text
    act = the_act(town)

    for unit in (town.cell, town.other_cell):
        assert "01/01/2027" in dung.visit(f"/org/units/{unit.id}").text
    assert "Chi bộ Thanh tra merged into Chi bộ Văn phòng" in dung.visit("/reorganizations/").text
    dung.visit(f"/reorganizations/{act.id}/cancel")
    page = dung.post(f"/reorganizations/{act.id}/cancel", basis="Hoãn lại")

    assert "The plan is cancelled." in page.text
    assert "Hoãn lại" in page.text
    assert len(names_in(town.db, town.other_cell)) == 2


def test_what_was_done_is_undone_and_stays_on_record(town: World, as_: SignIn) -> None:
    dung = as_(town.dung)
    does(dung, path(town.cell, "merge"), **merging(town))
    act = the_act(town)

    page = dung.visit(f"/reorganizations/{act.id}/undo")
    assert "2 members belong to their old cells again." in page.text
    dung.post(f"/reorganizations/{act.id}/undo", status=422, basis="")
    page = dung.post(f"/reorganizations/{act.id}/undo", basis="Quyết định bị thu hồi")

    assert "Undone. Everything is as it was before." in page.text
    assert "Quyết định bị thu hồi" in page.text
    town.db.rollback()
    assert len(names_in(town.db, town.other_cell)) == 2


def test_why_it_cannot_be_undone_is_said(town: World, as_: SignIn, clock: StoppedClock) -> None:
    dung = as_(town.dung)
    does(dung, path(town.cell, "merge"), **merging(town))
    act = the_act(town)
    third = another_cell(town, "Chi bộ Ba")
    org.transfer(town.db, membership_of(town.db, town.hoa), third, on=date(2026, 11, 27),
                 by=None, now=NOW)  # fmt: skip
    town.db.commit()

    page = dung.visit(f"/reorganizations/{act.id}")
    assert "It cannot be undone now: More has happened to Vũ Thị Hoa since." in page.text
    assert "Undo" not in [link.text for link in page.all("a")]
    page = dung.post(f"/reorganizations/{act.id}/undo", status=422, basis="x")
    assert "More has happened to" in page.text

    clock.moment = NOW + timedelta(days=31)
    assert "can be undone for 30 days" in as_(town.dung).visit(f"/reorganizations/{act.id}").text


def test_a_plan_that_is_stuck_says_why_and_has_two_ways_on(
    town: World, as_: SignIn, clock: StoppedClock
) -> None:
    act = decide(town, Act.MERGE, town.other_cell, to=town.cell, day=date(2026, 11, 27))
    post = org.appoint(town.db, town.hoa, town.other_cell, Post.DEPUTY, since=act.day, by=None,
                       now=NOW)  # fmt: skip
    clock.moment = NOW + timedelta(days=2)
    service.carry_out_due(town.db, today=date(2026, 11, 27), now=clock.moment)
    town.db.commit()
    dung = as_(town.dung)

    page = dung.visit("/reorganizations/")
    assert "Vũ Thị Hoa takes up a post on Chi bộ Thanh tra on 27/11/2026." in page.text
    page = dung.post(f"/reorganizations/{act.id}/try-again", status=200)
    assert "It still cannot be done: Vũ Thị Hoa takes up a post" in page.text

    town.db.delete(post)
    town.db.commit()
    page = dung.post(f"/reorganizations/{act.id}/try-again", status=200)
    town.see(act)
    assert (act.stage, "Carried out." in page.text) == (Stage.DONE, True)


def test_an_ended_unit_tells_where_it_went_and_offers_nothing(town: World, as_: SignIn) -> None:
    dung = as_(town.dung)
    does(dung, path(town.cell, "merge"), **merging(town))

    page = dung.visit(f"/org/units/{town.other_cell.id}")
    assert f"Merged into Chi bộ Văn phòng from 25/11/2026, by {BASIS}." in page.text
    assert f"/org/units/{town.cell.id}" in [link["href"] for link in page.all("a")]
    for gone in ("Add a member", "Change the posts", "Reorganize", "Add a group"):
        assert gone not in page.text

    page = dung.visit(f"/org/units/{town.cell.id}")
    assert "Took in Chi bộ Thanh tra" in page.text
    assert "Founded" in page.text


def test_a_member_reads_what_became_of_the_cell_without_figures(town: World, as_: SignIn) -> None:
    does(as_(town.dung), path(town.cell, "merge"), **merging(town))
    act = the_act(town)

    page = as_(town.an).visit(f"/reorganizations/{act.id}")

    assert "Chi bộ Thanh tra merged into Chi bộ Văn phòng" in page.text
    assert "members" not in page.text
    assert "Undo" not in page.text
    as_(town.an).post(f"/reorganizations/{act.id}/undo", status=403, basis="x")


def test_a_stranger_does_not_learn_of_it(town: World, as_: SignIn) -> None:
    _, cell = beside(town)
    decide(town, Act.RENAME, town.cell, name="Chi bộ Tổng hợp")
    town.db.commit()
    act = the_act(town)
    newcomer = town.person("Mai Văn Mới", cell)
    town.db.commit()
    stranger = as_(newcomer)

    stranger.visit(f"/reorganizations/{act.id}", status=404)
    assert "Tổng hợp" not in stranger.visit("/reorganizations/").text


def test_whoever_is_concerned_is_told(town: World, as_: SignIn) -> None:
    does(as_(town.em), path(town.cell, "merge"), **merging(town))

    town.db.rollback()
    told = town.db.scalars(select(Notice).where(Notice.kind == Kind.REORGANIZED)).all()
    assert {one.user_id for one in told} == {
        town.dung.id, town.binh.id, town.giang.id, town.chi.id,
    }  # fmt: skip
    page = as_(town.chi).visit("/notices/")
    assert "reorganization" in page.text.lower()


def test_members_who_go_along_are_told_where_and_of_the_way_back(town: World, as_: SignIn) -> None:
    does(as_(town.em), path(town.cell, "merge"), **merging(town))
    hoa = as_(town.hoa)

    page = hoa.visit("/notices/")
    assert (
        "From 25/11/2026 you belong to Chi bộ Văn phòng (before: Chi bộ Thanh tra), "
        "by a reorganization." in page.text
    )
    own = hoa.visit(f"/org/members/{membership_of(town.db, town.hoa).id}")
    assert own.one("a", href=f"/reorganizations/{the_act(town).id}").text == "The whole act"
    as_(town.em).post(f"/reorganizations/{the_act(town).id}/undo", basis="Thu hồi")

    page = hoa.visit("/notices/")
    assert "You belong to Chi bộ Thanh tra as before" in page.text
    opened = [
        form["action"] for form in page.all("form", method="post") if "open" in form["action"]
    ]
    for action in opened:
        assert hoa.post(action, status=200).one("h1").text == "Vũ Thị Hoa"
    assert len(opened) == 2


def test_when_the_day_has_come_it_is_carried_out_by_itself(
    town: World, app: Flask, clock: StoppedClock
) -> None:
    act = decide(town, Act.MERGE, town.other_cell, to=town.cell, day=date(2026, 11, 27))
    town.db.commit()

    runner(app).run_due()
    assert _stage(town, act) is Stage.PLANNED

    clock.moment = NOW + timedelta(days=2)
    runner(app).run_due()
    assert _stage(town, act) is Stage.DONE


def _stage(town: World, act: Reorganization) -> Stage:
    town.see(act)
    return act.stage


def test_the_figures_of_a_merger_add_up_before_and_after_it(town: World, as_: SignIn) -> None:
    planned = decide(town, Act.MERGE, town.other_cell, to=town.cell, day=date(2026, 11, 27))
    town.db.commit()
    dung = as_(town.dung)

    def figures() -> list[str]:
        page = dung.visit(f"/reorganizations/{planned.id}")
        nodes = (row for row in page.all("li") if "node" in row.attrs.get("class", "").split())
        return [row.text.removesuffix(" members").replace(" ", "") for row in nodes]

    told = ["ChibộThanhtra2", "ChibộVănphòng4", "ChibộVănphòng6"]
    assert figures() == told
    service.carry_out_due(town.db, today=date(2026, 11, 27), now=NOW + timedelta(days=2))
    town.db.commit()
    assert figures() == told
