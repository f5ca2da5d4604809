"""What is shown before an act is what the act then does."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.essays.lifecycle import State
from studyhub.kernel.database import Base
from studyhub.kernel.errors import Unfit
from studyhub.org.models import UnitKind
from studyhub.org.succession import Act, Role
from studyhub.reorganization import service
from studyhub.reorganization.preview import preview
from tests.reorganization.office import plan
from tests.world import NOW, TODAY, World


def test_a_merger_is_told_in_figures(db: Session, world: World) -> None:
    round_ = world.round()
    world.essay(world.hoa, round_=round_, state=State.SUBMITTED)
    world.round(is_open=False).audience[0].unit = world.other_cell
    db.flush()

    shown = preview(db, plan(Act.MERGE, world.other_cell, to=world.cell))

    assert [(one.name, one.members) for one in shown.before] == [
        ("Chi bộ Thanh tra", 2), ("Chi bộ Văn phòng", 4),
    ]  # fmt: skip
    after = shown.after[0]
    assert (after.name, after.members) == ("Chi bộ Văn phòng", 6)
    assert after.reviewers == ["Lê Quang Bình", "Phạm Hương Giang"]
    assert [post.user.full_name for post in shown.posts] == ["Đỗ Kim Chi"]
    touched = shown.rounds[0]
    assert (touched.round, touched.required, touched.waiting) == (round_, 2, 1)
    assert touched.can_go_over
    assert len(shown.drafts) == 1


def test_a_new_secretary_is_among_the_reviewers(db: Session, world: World) -> None:
    chosen = plan(Act.MERGE, world.other_cell, to=world.cell, secretary=world.chi.id)

    shown = preview(db, chosen)

    assert shown.after[0].reviewers == ["Đỗ Kim Chi", "Phạm Hương Giang"]


def test_a_split_is_told_on_both_sides(db: Session, world: World) -> None:
    parts = {str(world.an.id): "new0", str(world.giang.id): "new0"}
    chosen = plan(Act.SPLIT, world.cell, named=["Chi bộ Hai"], goes_on=True, parts=parts)

    shown = preview(db, chosen)

    assert [(one.name, one.members, list(one.reviewers)) for one in shown.after] == [
        ("Chi bộ Văn phòng", 2, ["Lê Quang Bình"]), ("Chi bộ Hai", 2, []),
    ]  # fmt: skip
    assert [post.user.full_name for post in shown.posts] == ["Phạm Hương Giang"]


def test_a_round_held_below_cannot_go_over_to_a_cell_beside(db: Session, world: World) -> None:
    round_ = world.round()
    round_.unit = world.other_cell
    db.flush()

    shown = preview(db, plan(Act.MERGE, world.other_cell, to=world.cell))

    assert not shown.rounds[0].can_go_over


def test_a_preview_changes_nothing(db: Session, world: World) -> None:
    before = _rows(db)

    preview(db, plan(Act.CONSOLIDATE, world.cell, world.other_cell, named=["Mới"]))

    assert _rows(db) == before


def test_a_plan_that_cannot_be_done_is_refused_at_once(db: Session, world: World) -> None:
    section = world._unit("1/9/", UnitKind.SECTION, "Bộ phận", world.district)
    db.flush()

    with pytest.raises(Unfit, match="one kind"):
        preview(db, plan(Act.MERGE, world.cell, to=section))


def test_the_figures_shown_are_those_that_come(db: Session, world: World) -> None:
    chosen = plan(Act.CONSOLIDATE, world.cell, world.other_cell, named=["Mới"])
    shown = preview(db, chosen)

    act = service.decide(db, chosen, by=world.actor(world.dung), today=TODAY, now=NOW)

    done = [(one.name, one.members) for one in act.units if one.role is Role.AFTER]
    assert done == [(one.name, one.members) for one in shown.after]


def _rows(db: Session) -> dict[str, int]:
    tables = Base.metadata.sorted_tables
    return {one.name: db.scalar(select(func.count()).select_from(one)) or 0 for one in tables}
