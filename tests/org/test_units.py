"""Founding units: where they may stand, and that no place is given twice."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.models import AuditEntry
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.org import service
from studyhub.org.models import Unit, UnitKind
from tests.world import LONG_AGO, NOW, TODAY, World


def found(db: Session, parent: Unit | None, kind: UnitKind, name: str = "Đơn vị mới") -> Unit:
    return service.found_unit(db, parent, kind=kind, name=name, since=TODAY, by=None, now=NOW)


def test_units_get_places_that_nobody_had_before(db: Session, world: World) -> None:
    third = found(db, world.district, UnitKind.CELL)
    fourth = found(db, world.district, UnitKind.SECTION)

    assert [third.path, fourth.path] == ["1/3/", "1/4/"]


@pytest.mark.parametrize(
    ("parent", "kind", "allowed"),
    [
        ("district", UnitKind.CELL, True),
        ("district", UnitKind.SECTION, True),
        ("district", UnitKind.PARTY_ORG, True),
        ("district", UnitKind.GROUP, False),
        ("cell", UnitKind.GROUP, True),
        ("cell", UnitKind.CELL, False),
        ("cell", UnitKind.PARTY_ORG, False),
    ],
)
def test_what_may_stand_below_what(
    db: Session,
    world: World,
    parent: str,
    kind: UnitKind,
    allowed: bool,  # noqa: FBT001 - a column of the table
) -> None:
    above = getattr(world, parent)

    if allowed:
        assert found(db, above, kind).parent is above
    else:
        with pytest.raises(Unfit):
            found(db, above, kind)


def test_nothing_stands_below_a_group(db: Session, world: World) -> None:
    group = found(db, world.cell, UnitKind.GROUP)

    with pytest.raises(Unfit):
        found(db, group, UnitKind.GROUP)


def test_there_is_one_root(db: Session) -> None:
    root = found(db, None, UnitKind.PARTY_ORG)
    assert root.path == "1/"

    with pytest.raises(Conflict):
        found(db, None, UnitKind.PARTY_ORG)


def test_a_unit_is_not_older_than_its_parent(db: Session, world: World) -> None:
    with pytest.raises(Unfit, match="01/01/2020"):
        service.found_unit(
            db,
            world.district,
            kind=UnitKind.CELL,
            name="Chi bộ cũ",
            since=date(2019, 12, 31),
            by=None,
            now=NOW,
        )


def test_the_log_keeps_what_a_unit_was_called(db: Session, world: World) -> None:
    actor = world.actor(world.dung)

    service.change_unit(db, world.cell, name=" Chi bộ  Một ", short_name="Một", by=actor, now=NOW)
    db.flush()

    entry = db.scalars(select(AuditEntry).where(AuditEntry.subject_id == world.cell.id)).one()
    assert (entry.facts["before"], entry.facts["after"]) == ("Chi bộ Văn phòng", "Chi bộ Một")
    assert world.cell.since == LONG_AGO
