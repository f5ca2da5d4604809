"""Importing a list of members: chosen, compared, corrected, applied."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from studyhub.org.models import Membership, Unit, UnitKind
from studyhub.roster.models import RosterMapping
from studyhub.roster.waiting import Waiting
from studyhub.storage.files import FileStore
from tests.roster.makers import HEADER, person
from tests.statements import counted_in
from tests.web.conftest import SignIn
from tests.web.lists import NEW, figures, go, people, upload
from tests.world import NOW, World


def test_a_list_is_compared_and_nothing_written_until_applied(town: World, as_: SignIn) -> None:
    em, before = as_(town.em), people(town)

    page = upload(em, town.district, NEW, person(town.an.full_name, "", town.an.card_number))

    assert figures(page) == ["1", "0", "1", "3", "0"]
    assert "1 cell of the list is not in the tree" in page.text
    assert people(town) == before

    shown = go(em, town.district, "apply", page)

    assert "1 member added, 0 changed, 1 cell founded" in shown.text
    assert "Chi bộ Mới" in shown.text
    assert people(town) == before + 1
    assert figures(upload(em, town.district, NEW))[:3] == ["0", "0", "1"]


def test_the_plan_is_applied_only_as_it_was_shown(town: World, as_: SignIn) -> None:
    em, before = as_(town.em), people(town)
    page = upload(em, town.district, NEW, person("Hồ Thị Hai", card="000000000002"))
    town.person("Hồ Thị Hai", town.cell).card_number = "000000000002"
    town.db.commit()

    again = go(em, town.district, "apply", page, status=409)

    assert "nothing was applied" in again.text
    assert figures(again)[:2] == ["1", "1"]
    assert people(town) == before + 1

    go(em, town.district, "apply", again)
    assert people(town) == before + 2


def test_a_refusal_on_the_way_undoes_everything_and_names_the_row(town: World, as_: SignIn) -> None:
    """Somebody whose membership has been ended for a later day cannot be admitted before it."""
    em, before = as_(town.em), people(town)
    membership = town.db.scalars(select(Membership).where(Membership.user_id == town.an.id)).one()
    membership.until = town.actor(town.em).today.replace(year=2027)
    town.db.commit()
    page = upload(em, town.district, NEW, person(town.an.full_name, "", town.an.card_number))

    again = go(em, town.district, "apply", page, status=409)

    assert "Row 5 could not be taken over, so nothing was changed." in again.text
    assert "belongs to Chi bộ Văn phòng" in again.text
    assert people(town) == before
    assert town.db.scalar(select(Unit).where(Unit.name == "Chi bộ Mới")) is None


def test_columns_are_corrected_and_remembered(town: World, as_: SignIn) -> None:
    em = as_(town.em)
    row = [1, *NEW[:4], *NEW[5:]]
    header = ("TT", "Người", "Sinh", "Số", "Nơi", *HEADER[5:])

    page = upload(em, town.district, row, header=header)

    assert "Say which column holds: Full name, Cell, Card number" in page.text
    assert page.all("select", id="column-1")
    refused = go(em, town.district, "check", page, status=422, **{"column-1": "name"})
    assert "Say which column holds" in refused.text

    told: dict[str, Any] = {"column-1": "name"}
    told |= {"column-2": "born", "column-3": "card", "column-4": "cell", "column-6": "official"}
    shown = go(em, town.district, "check", page, **told)

    assert figures(shown)[0] == "1"
    assert town.db.scalar(select(func.count()).select_from(RosterMapping)) == 1
    assert figures(upload(em, town.district, row, header=header))[0] == "1"

    corrected = go(em, town.district, "columns", shown)
    chosen = [o.text for o in corrected.all("option") if "selected" in o.attrs]
    assert chosen[0].startswith("Row 3: TT · Người · Sinh · Số · Nơi · ")
    assert chosen[1:6] == ["Full name", "Date of birth", "Card number", "Cell",
                          "Date of official recognition"]  # fmt: skip


def test_lost_zeros_are_put_back_only_when_told(town: World, as_: SignIn) -> None:
    em = as_(town.em)
    page = upload(em, town.district, person(card=12345678))

    assert "12345678 instead of 000012345678" in page.text
    assert figures(page) == ["0", "0", "0", "4", "1"]

    padded = go(em, town.district, "check", page, zeros="pad")
    kept = go(em, town.district, "check", page, zeros="keep")

    assert "000012345678" in padded.text
    assert figures(padded)[0] == figures(kept)[0] == "1"
    assert "12345678" in kept.text
    assert "000012345678" not in kept.text


def test_a_cell_not_ticked_is_not_founded(town: World, as_: SignIn) -> None:
    em = as_(town.em)
    page = upload(em, town.district, NEW)

    left = go(em, town.district, "check", page, found=[])

    assert "There is nothing to apply" in left.text
    assert "There is no such cell here" in left.text


def test_only_administrators_of_the_unit_import(town: World, as_: SignIn) -> None:
    address = f"/roster/{town.other_cell.id}"

    as_(town.em).visit(address)
    as_(town.dung).visit(address, status=403)
    as_(town.binh).visit(address, status=404)


def test_the_tree_leads_those_who_may_to_the_import(town: World, as_: SignIn) -> None:
    address = f"/roster/{town.district.id}"

    assert as_(town.em).visit("/org/").all("a", href=address)
    assert not as_(town.dung).visit("/org/").all("a", href=address)


def test_steps_reopened_by_their_address_begin_anew(town: World, as_: SignIn) -> None:
    em = as_(town.em)

    for step in ("check", "columns", "apply"):
        assert em.visit(f"/roster/{town.district.id}/{step}").all("input", id="file")


def test_a_list_of_a_cell_needs_no_column_for_it(town: World, as_: SignIn) -> None:
    em = as_(town.em)
    row, header = [NEW[0], NEW[1], NEW[2], *NEW[5:]], (*HEADER[:3], *HEADER[5:])

    page = upload(em, town.cell, row, header=header)

    assert figures(page)[0] == "1"
    assert "Đặng Văn Mới" in go(em, town.cell, "apply", page).text


def test_a_group_is_refused(town: World, as_: SignIn) -> None:
    group = Unit(path="1/1/1/", kind=UnitKind.GROUP, name="Tổ 1", parent=town.cell,
                 since=town.cell.since)  # fmt: skip
    town.db.add(group)
    town.db.commit()

    assert "into the cell of this group" in upload(as_(town.em), group, NEW, status=422).text


def test_the_dry_run_asks_a_constant_number_of_questions(town: World, as_: SignIn) -> None:
    em = as_(town.em)
    few = [person(f"Nguyễn {'A' * (n + 1)}", card=f"{n:012}") for n in range(2)]
    many = [person(f"Nguyễn {'A' * (n + 1)}", card=f"{n:012}") for n in range(60)]

    with counted_in(em.client.application) as for_few:
        upload(em, town.district, *few)
    with counted_in(em.client.application) as for_many:
        upload(em, town.district, *many)

    assert len(for_few) == len(for_many)


def test_yesterdays_files_are_swept_out(tmp_path: Path) -> None:
    waiting = Waiting.beside(FileStore(tmp_path))
    old = waiting.keep(b"old", now=NOW - timedelta(days=2))
    fresh = waiting.keep(b"fresh", now=NOW - timedelta(hours=1))

    waiting.keep(b"new", now=NOW)

    assert waiting.read(fresh) == b"fresh"
    assert [path.name for path in tmp_path.rglob(old)] == []
