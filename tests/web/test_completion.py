"""The cell's page, the tree's page, the year: figures from the counters, a link behind each."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, select

from studyhub.accounts.models import User
from studyhub.completion import service
from studyhub.completion.rules import EssayMark
from studyhub.essays.lifecycle import State
from studyhub.kernel.actor import Post
from studyhub.kernel.ids import new_uuid
from studyhub.org.models import Unit, UnitKind
from studyhub.review import service as review
from studyhub.review.models import Outcome
from studyhub.rounds.models import Summons
from studyhub.study import calling
from tests.web.conftest import SignIn
from tests.world import LONG_AGO, NOW, World

MOST = 12


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Every statement that the application sends meanwhile."""
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


def crowd(town: World, cell: Unit, size: int) -> list[User]:
    return [town.person(f"Trần Thị Số {n}", cell) for n in range(size)]


def test_the_secretary_sees_each_member_and_what_is_missing(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.essay(town.an, round_=round_, state=State.SUBMITTED)
    service.mark(town.db, round_.id, town.lan.id, now=NOW, read=True)
    town.db.commit()

    page = as_(town.binh).visit(f"/completion/{round_.id}/{town.cell.id}")

    names = [head.text[2:] for head in page.all("th", role="rowheader")]
    assert [name.split("Member")[0].split("Secre")[0].split("Deputy")[0] for name in names] == [
        "Nguyễn Văn An", "Lê Quang Bình", "Phạm Hương Giang", "Trần Thị Lan",
    ]  # fmt: skip
    assert "1 essay waits for review" in page.text
    assert "Review" in [a.text.split()[0] for a in page.all("a", class_="tap")]


def test_the_list_can_be_narrowed_to_those_who_miss_something(town: World, as_: SignIn) -> None:
    round_ = town.round()
    service.mark(
        town.db, round_.id, town.an.id, now=NOW, read=True, attended=True,
        essay=EssayMark.ACCEPTED,
    )  # fmt: skip
    town.db.commit()

    page = as_(town.binh).visit(f"/completion/{round_.id}/{town.cell.id}?show=missing")

    assert len(page.all("th", role="rowheader")) == 3


def test_each_row_says_when_the_essay_came_and_what_became_of_it(town: World, as_: SignIn) -> None:
    round_ = town.round()
    essay = town.essay(town.an, round_=round_, state=State.SUBMITTED)
    town.essay(town.lan, round_=round_, state=State.SUBMITTED)
    accept = {"outcome": Outcome.ACCEPT, "grade": None, "remark": ""}
    later = NOW + timedelta(days=1)
    review.decide(town.db, essay, 1, by=town.actor(town.giang), now=later, **accept)  # type: ignore[arg-type]
    town.db.commit()

    page = as_(town.binh).visit(f"/completion/{round_.id}/{town.cell.id}")

    [an] = [row.text for row in page.all("tr", role="row") if town.an.full_name in row.text]
    [lan] = [row.text for row in page.all("tr", role="row") if town.lan.full_name in row.text]
    assert "accepted on 26/11/2026" in an
    assert "handed in on 25/11/2026" in lan
    assert page.text.count("has never signed in") == 1  # Giang: Bình is here


def test_a_draft_is_told_but_neither_shown_nor_linked(town: World, as_: SignIn) -> None:
    round_ = town.round()
    essay = town.essay(town.an, round_=round_, text="Điều tôi chưa muốn ai đọc")
    town.db.commit()

    page = as_(town.binh).visit(f"/completion/{round_.id}/{town.cell.id}")

    assert "Being written" in page.text
    assert str(essay.id) not in page.source


def test_the_officer_drills_down_from_the_tree_to_the_cell(town: World, as_: SignIn) -> None:
    round_ = town.round()
    service.mark(town.db, round_.id, town.an.id, now=NOW, attended=True)
    town.db.commit()
    dung = as_(town.dung)

    page = dung.visit("/completion/")
    rows = [row.text for row in page.all("tr", role="row")]
    cell = dung.visit(f"/completion/{round_.id}/{town.cell.id}")

    assert any(row.startswith("Chi bộ Văn phòngSecretary: Lê Quang Bình") for row in rows)
    assert rows[-1].startswith("Đảng bộ Sở Mẫu0/6")
    assert "4 members summoned" in cell.text


def test_a_member_and_the_secretary_of_another_cell_learn_nothing(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()

    as_(town.chi).visit(f"/completion/{round_.id}/{town.cell.id}", status=404)
    as_(town.an).visit(f"/completion/{round_.id}/{town.cell.id}", status=403)
    as_(town.em).visit(f"/completion/{round_.id}/{town.cell.id}", status=404)
    as_(town.an).visit("/completion/", status=404)


def test_the_matrix_has_a_line_a_unit_and_a_column_a_round(town: World, as_: SignIn) -> None:
    first, second = town.round(title="Đợt thứ nhất"), town.round(title="Đợt thứ hai")
    service.mark(
        town.db, first.id, town.hoa.id, now=NOW, read=True, attended=True,
        essay=EssayMark.ACCEPTED,
    )  # fmt: skip
    town.db.commit()

    page = as_(town.dung).visit("/completion/matrix?year=2026")

    lines = [row.text for row in page.all("tr", role="row")]
    assert [line.split(" 0/")[0] for line in lines[1:2]] == ["Chi bộ Văn phòng"]
    assert "1/250%" in lines[2]
    assert "1/6" in lines[3]
    assert f"/completion/{second.id}/{town.other_cell.id}" in page.source


def test_a_year_without_rounds_says_so(town: World, as_: SignIn) -> None:
    assert "No study round in 1999" in as_(town.dung).visit("/completion/matrix?year=1999").text


def test_before_the_first_round_the_overview_says_when_it_will_fill(
    town: World, as_: SignIn
) -> None:
    assert "No study round yet" in as_(town.dung).visit("/completion/").text


@pytest.mark.parametrize("size", [3, 60])
def test_a_cell_of_any_size_takes_the_same_few_queries(
    town: World, as_: SignIn, engine: Engine, size: int
) -> None:
    members = crowd(town, town.cell, size)
    town.db.flush()
    round_ = town.round(summoned=members)
    for member in members[::2]:
        town.essay(member, round_=round_, state=State.SUBMITTED)
    town.db.commit()
    binh = as_(town.binh)

    with counted(engine) as statements:
        binh.visit(f"/completion/{round_.id}/{town.cell.id}")

    assert len(statements) <= MOST, "\n".join(statements)


@pytest.mark.parametrize("cells", [2, 40])
def test_a_unit_with_any_number_of_cells_takes_the_same_few_queries(
    town: World, as_: SignIn, engine: Engine, cells: int
) -> None:
    for n in range(3, cells + 1):
        _cell(town, n)
    town.db.flush()
    round_ = town.round(summoned=town.members())
    town.db.commit()
    dung = as_(town.dung)

    for url in (f"/completion/{round_.id}/{town.district.id}", "/completion/matrix"):
        with counted(engine) as statements:
            dung.visit(url)
        assert len(statements) <= MOST, "\n".join(statements)


def _cell(town: World, n: int) -> None:
    """Another cell, with a secretary."""
    cell = Unit(
        id=new_uuid(), path=f"1/{n}/", kind=UnitKind.CELL, name=f"Chi bộ {n}",
        parent=town.district, since=LONG_AGO,
    )  # fmt: skip
    town.db.add(cell)
    town.person(f"Lê Thị Bí Thư {n}", cell, Post.SECRETARY)


def test_what_a_row_says_adds_up_and_the_cell_says_the_same(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.essay(town.an, round_=round_, state=State.SUBMITTED)
    town.essay(town.lan, round_=round_, state=State.RETURNED)
    town.db.commit()
    dung = as_(town.dung)

    row = dung.visit(f"/completion/{round_.id}/{town.district.id}").all("tr", role="row")[1].text
    tabs = dung.visit(f"/completion/{round_.id}/{town.cell.id}").text

    assert row.endswith("0/4 (0%) 1 3")
    assert "Missing something (3)" in tabs
    assert "Waiting for review (1)" in tabs


def test_a_released_member_stands_apart_from_the_exempt(town: World, as_: SignIn) -> None:
    round_ = town.round()
    summons = town.db.scalars(select(Summons).where(Summons.user_id == town.an.id)).one()
    calling.release(town.db, summons, reason="chuyển sinh hoạt", by=town.actor(town.dung), now=NOW)
    town.db.commit()

    page = as_(town.binh).visit(f"/completion/{round_.id}/{town.cell.id}")

    assert "Released (1)" in page.text
    assert "Exempt (" not in page.text
    assert "Released: chuyển sinh hoạt" in page.text


def test_the_overview_begins_with_the_round_that_is_due_next(town: World, as_: SignIn) -> None:
    town.round(title="Đợt còn xa", closes_in=timedelta(days=30))
    town.round(title="Đợt đã quá hạn", closes_in=timedelta(days=-2))
    soon = town.round(title="Đợt sắp hết hạn", closes_in=timedelta(days=3))
    town.db.commit()

    page = as_(town.dung).visit("/completion/")

    assert page.answer.request.path.startswith(f"/completion/{soon.id}/")


def test_of_many_rounds_one_is_chosen_from_a_list(town: World, as_: SignIn) -> None:
    rounds = [town.round(title=f"Đợt {n}") for n in range(5)]
    town.db.commit()
    dung = as_(town.dung)

    page = dung.visit(f"/completion/{rounds[0].id}/{town.district.id}")
    chosen = dung.visit(f"/completion/of/{town.district.id}?round={rounds[3].id}")

    assert len(page.all("option")) == 5
    assert chosen.answer.request.path == f"/completion/{rounds[3].id}/{town.district.id}"
