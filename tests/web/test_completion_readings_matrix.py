"""The matrix as it was then and as it is now; and how few questions both take."""

import pytest
from sqlalchemy import Engine

from studyhub.org.models import Appointment
from studyhub.org.succession import Act
from tests.completion.acts import Office
from tests.web.conftest import SignIn
from tests.web.test_completion import counted
from tests.web.test_completion_readings import merge, summoned
from tests.world import TODAY, World

MOST = 18
"""For a round that reads differently today: what it takes to read it both ways comes on top."""


@pytest.fixture
def office(town: World) -> Office:
    return Office(town)


def test_the_matrix_reads_both_ways(town: World, as_: SignIn, office: Office) -> None:
    summoned(town, office)
    later = town.round(summoned=[town.an, town.lan])
    merge(town, office)
    dung = as_(town.dung)

    kept = dung.visit("/completion/matrix?year=2026")
    now = dung.visit("/completion/matrix?year=2026&reading=now")

    assert [len(page.all("th", role="rowheader")) for page in (kept, now)] == [3, 2]
    assert "Chi bộ Văn phòng 4 + Chi bộ Thanh tra 2 − 0 = 6" in now.text
    assert "2/6" in now.text
    assert f"/completion/{later.id}/{town.cell.id}?reading=now" in now.source


def test_the_matrix_of_a_consolidated_unit_has_the_rounds_of_those_before_it(
    town: World, as_: SignIn, office: Office
) -> None:
    summoned(town, office)
    new = office.found(town.district, "Chi bộ Tổng hợp")
    office.merge(office.act(Act.CONSOLIDATE), [town.cell, town.other_cell], new)
    town.db.commit()

    page = as_(town.dung).visit(f"/completion/matrix/{new.id}?year={TODAY.year}")

    assert "2/6" in page.text


@pytest.mark.parametrize("size", [2, 30])
def test_reading_both_ways_takes_the_same_few_queries(
    town: World, as_: SignIn, office: Office, engine: Engine, size: int
) -> None:
    cells = [office.found(town.district, f"Chi bộ Số {n}") for n in range(size)]
    people = [person for cell in cells for person in office.crowd(cell, 3)]
    round_ = town.round(summoned=people)
    round_.roster_on = office.eve
    office.merge(office.act(), cells[1:], cells[0])
    new = office.found(town.district, "Chi bộ Mới")
    office.send(office.act(Act.SPLIT), {people[0]: new})
    town.db.commit()
    dung = as_(town.dung)

    for url in (
        f"/completion/{round_.id}/{town.district.id}?reading=now",
        f"/completion/{round_.id}/{cells[0].id}?reading=now",
        f"/completion/{round_.id}/{cells[0].id}?reading=then",
        "/completion/matrix?year=2026&reading=now",
    ):
        with counted(engine) as statements:
            dung.visit(url)
        assert len(statements) <= MOST, f"{url}\n" + "\n".join(statements)


def test_a_consolidated_cell_is_greeted_with_what_is_still_open_for_those_before_it(
    town: World, as_: SignIn, office: Office
) -> None:
    summoned(town, office)
    new = office.found(town.district, "Chi bộ Tổng hợp")
    office.merge(office.act(Act.CONSOLIDATE), [town.cell, town.other_cell], new)
    town.db.query(Appointment).filter(Appointment.user_id == town.binh.id).update(
        {"unit_id": new.id}
    )
    town.db.commit()
    binh = as_(town.binh)

    assert {"Chi bộ Văn phòng", "Chi bộ Thanh tra"} <= {h.text for h in binh.visit("/").all("h2")}
    assert "Chi bộ Tổng hợp" in binh.visit("/completion/").text
