"""Figures as summoned and as today on the pages: the switch, the bridge, what became of a unit."""

import pytest

from studyhub.completion import service
from studyhub.completion.carrying import carry
from studyhub.completion.rules import EssayMark
from studyhub.kernel.actor import Post
from studyhub.org.models import Appointment, Unit, UnitKind
from studyhub.org.succession import Act
from studyhub.rounds import service as rounds
from studyhub.rounds.models import StudyRound
from tests.completion.acts import Office
from tests.web.conftest import SignIn
from tests.world import LONG_AGO, NOW, World

MOST = 18
"""For a round that reads differently today: what it takes to read it both ways comes on top."""


@pytest.fixture
def office(town: World) -> Office:
    return Office(town)


def summoned(town: World, office: Office) -> StudyRound:
    """A round of a week ago; An and Chi have done everything."""
    round_ = town.round()
    round_.roster_on = office.eve
    for person in (town.an, town.chi):
        service.mark(
            town.db, round_.id, person.id, now=NOW, read=True, attended=True,
            essay=EssayMark.ACCEPTED,
        )  # fmt: skip
    return round_


def merge(town: World, office: Office) -> None:
    office.merge(office.act(), [town.other_cell], town.cell)
    town.db.commit()


def lead(town: World, cell: Unit) -> None:
    """Bình is the secretary of this cell, too."""
    town.db.add(Appointment(user=town.binh, unit=cell, post=Post.SECRETARY, since=LONG_AGO))


def test_without_a_reorganization_there_is_no_switch(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()

    page = as_(town.dung).visit(f"/completion/{round_.id}/{town.district.id}")

    assert "As it is today" not in page.text


def test_the_figures_of_today_come_with_the_bridge(
    town: World, as_: SignIn, office: Office
) -> None:
    round_ = summoned(town, office)
    merge(town, office)
    dung = as_(town.dung)

    kept = dung.visit(f"/completion/{round_.id}/{town.district.id}")
    now = dung.visit(f"/completion/{round_.id}/{town.district.id}?reading=now")

    [current] = kept.all("a", **{"aria-current": "true"})
    assert current.text == "As it was when summoned"
    assert "Chi bộ Thanh tra" in kept.all("tbody")[0].text
    assert now.all("a", **{"aria-current": "true"})[0].text == "As it is today"
    [row] = [row.text for row in now.all("tr", role="row") if "Chi bộ Văn phòng" in row.text]
    assert "Chi bộ Văn phòng 4 + Chi bộ Thanh tra 2 − 0 = 6" in row
    assert "2/6" in row


def test_a_finished_round_is_shown_as_it_was(town: World, as_: SignIn, office: Office) -> None:
    round_ = summoned(town, office)
    rounds.close(town.db, round_, by=town.actor(town.dung), now=NOW)
    town.db.commit()
    url = f"/completion/{round_.id}/{town.district.id}"
    before = [row.text for row in as_(town.dung).visit(url).all("tr", role="row")]

    merge(town, office)

    after = [row.text for row in as_(town.dung).visit(url).all("tr", role="row")]
    assert [row.replace("Secretary: Đỗ Kim Chi", "") for row in after] == [
        row.replace("Secretary: Đỗ Kim Chi", "") for row in before
    ]


def test_the_cell_that_took_the_other_in_shows_the_people_of_both_today(
    town: World, as_: SignIn, office: Office
) -> None:
    round_ = summoned(town, office)
    merge(town, office)
    binh = as_(town.binh)

    kept = binh.visit(f"/completion/{round_.id}/{town.cell.id}")
    now = binh.visit(f"/completion/{round_.id}/{town.cell.id}?reading=now")

    assert len(kept.all("th", role="rowheader")) == 4
    assert len(now.all("th", role="rowheader")) == 6
    assert "Chi bộ Văn phòng 1 + Chi bộ Thanh tra 1 − 0 = 2" in now.text
    assert "reading=now" in now.source


def test_the_page_of_a_unit_that_ended_leads_to_the_one_in_its_place(
    town: World, as_: SignIn, office: Office
) -> None:
    round_ = summoned(town, office)
    merge(town, office)

    page = as_(town.dung).visit(f"/completion/{round_.id}/{town.other_cell.id}")

    assert f"This unit was merged on {office.day:%d/%m/%Y}" in page.text
    assert f"/completion/{round_.id}/{town.cell.id}" in page.source
    assert len(page.all("th", role="rowheader")) == 2, "its people as they were summoned"


def test_a_consolidated_cell_reaches_the_rounds_of_those_before_it(
    town: World, as_: SignIn, office: Office
) -> None:
    first, second = summoned(town, office), summoned(town, office)
    town.session(first)
    new = office.found(town.district, "Chi bộ Tổng hợp")
    office.merge(office.act(Act.CONSOLIDATE), [town.cell, town.other_cell], new)
    lead(town, new)
    town.db.commit()

    page = as_(town.binh).visit(f"/completion/{first.id}/{new.id}")

    assert len(page.all("th", role="rowheader")) == 6
    assert "Chi bộ Văn phòng 4 + Chi bộ Thanh tra 2 − 0 = 6" in page.text
    assert f"/completion/{second.id}/{new.id}" in page.source
    assert f'/completion/{first.id}/{town.cell.id}"' in page.source, "the cell before it"
    assert "roll-call" not in page.source


def test_a_split_cell_shows_each_where_they_are_today(
    town: World, as_: SignIn, office: Office
) -> None:
    round_ = summoned(town, office)
    act = office.act(Act.SPLIT)
    new = office.found(town.district, "Chi bộ Mới")
    office.send(act, {town.an: new, town.lan: new})
    lead(town, new)
    town.db.commit()
    dung = as_(town.dung)

    here = dung.visit(f"/completion/{round_.id}/{town.cell.id}?reading=now")
    there = dung.visit(f"/completion/{round_.id}/{new.id}")

    assert len(here.all("th", role="rowheader")) == 2
    assert "Chi bộ Văn phòng 4 − 2 = 2" in here.text
    assert len(there.all("th", role="rowheader")) == 2
    assert "Chi bộ Văn phòng 1 − 0 = 1" in there.text


def test_carried_over_the_page_begins_with_today(town: World, as_: SignIn, office: Office) -> None:
    round_ = summoned(town, office)
    people = office.members(town.other_cell)
    merge(town, office)
    going = {person.id: town.cell for person in people}
    carry(town.db, round_, going, reorganization_id=office.act().id, now=NOW)
    town.db.commit()
    binh = as_(town.binh)

    page = binh.visit(f"/completion/{round_.id}/{town.cell.id}")
    then = binh.visit(f"/completion/{round_.id}/{town.cell.id}?reading=then")

    assert page.all("a", **{"aria-current": "true"})[0].text == "As it is today"
    assert len(page.all("th", role="rowheader")) == 6
    assert len(then.all("th", role="rowheader")) == 4


def test_a_cell_that_went_to_another_branch_is_named_but_not_linked(
    town: World, as_: SignIn, office: Office
) -> None:
    one = office.found(town.district, "Bộ phận Một", UnitKind.SECTION)
    two = office.found(town.district, "Bộ phận Hai", UnitKind.SECTION)
    cell = office.found(one, "Chi bộ Ba")
    people = office.crowd(cell, 2)
    town.db.add(Appointment(user=town.phuc, unit=one, post=Post.OFFICER, since=LONG_AGO))
    round_ = town.round(summoned=people)
    office.move(office.act(Act.MOVE), cell, two)
    town.db.query(Appointment).filter(
        Appointment.user_id == town.phuc.id, Appointment.unit_id == town.district.id
    ).update({"until": LONG_AGO})
    town.db.commit()

    page = as_(town.phuc).visit(f"/completion/{round_.id}/{one.id}")

    assert "Chi bộ Ba" in page.text
    assert str(cell.id) not in page.source


def test_what_cannot_be_attributed_is_said(town: World, as_: SignIn, office: Office) -> None:
    round_ = summoned(town, office)
    office.act(Act.DISSOLVE)
    office.end(town.other_cell)
    town.db.commit()
    dung = as_(town.dung)

    whole = dung.visit(f"/completion/{round_.id}/{town.district.id}?reading=now")
    ended = dung.visit(f"/completion/{round_.id}/{town.other_cell.id}")

    assert "2 comrades of Chi bộ Thanh tra, which is no longer there" in whole.text
    assert f"This unit ended on {office.day:%d/%m/%Y}." in ended.text
