"""A list is matched, corrected, taken over in one go, and undone."""

from typing import Any

import pytest
from sqlalchemy import select, true
from sqlalchemy.orm import Session

from studyhub.audit.models import AuditEntry
from studyhub.kernel.errors import Missing, Unfit, Untimely
from studyhub.lists import taking
from studyhub.lists.models import AttendanceList, ListState
from studyhub.lists.queries import sorted_out
from studyhub.lists.reading import Said
from studyhub.lists.taking import Brought
from studyhub.org.models import Unit
from studyhub.reconciliation.service import differences
from studyhub.study.models import Attendance, Basis, Presence, StudySession
from studyhub.study.roll_call import Entry, call_roll
from tests.world import NOW, World


def _bring(
    db: Session, world: World, session: StudySession, *said: Said, **facts: Any
) -> AttendanceList:
    told = {"within": true(), "least_minutes": 30, **facts}
    brought = Brought(
        name="zoom.csv", said=list(said), taken_as=Presence.ONLINE,
        least_minutes=told.pop("least_minutes"),
    )  # fmt: skip
    return taking.bring(db, session, brought, by=world.actor(world.dung), now=NOW, **told)


def _said(number: int, name: str, minutes: int = 100, **facts: Any) -> Said:
    return Said(number=number, name=name, minutes=minutes, **facts)


def _rows(db: Session, world: World) -> dict[str, tuple[Presence, Basis | None]]:
    db.flush()
    db.expire_all()
    names = {person.id: person.given_name for person in world.everyone}
    return {names[row.user_id]: (row.presence, row.basis) for row in db.scalars(select(Attendance))}


def test_a_list_is_taken_over_and_undone(db: Session, world: World) -> None:
    round_ = world.round()
    session = world.session(round_)
    call_roll(
        db, session, world.cell,
        {
            world.an.id: Entry(presence=Presence.ON_SITE),
            world.lan.id: Entry(presence=Presence.EXCUSED, reason="ốm"),
        },
        by=world.actor(world.binh), now=NOW,
    )  # fmt: skip
    brought = _bring(
        db, world, session, _said(2, "Nguyễn Văn An"), _said(3, "Tran Thi Lan"),
        _said(4, "Vũ Thị Hoa"), _said(5, "Lê Quang Bình", 29), _said(6, "iPhone"),
    )  # fmt: skip
    found = sorted_out(db, brought)
    assert [line.name for line in found.recorded] == ["Tran Thi Lan", "Vũ Thị Hoa"]
    assert [line.name for line in found.present] == ["Nguyễn Văn An"]
    assert [line.name for line in found.doubtful] == ["iPhone"]
    assert [line.name for line in found.short] == ["Lê Quang Bình"]
    before = _rows(db, world)

    taking.choose(db, brought, {6: world.chi.id}, within=true())
    assert taking.take_over(db, brought, by=world.actor(world.dung), now=NOW) == 3

    taken = (Presence.ONLINE, Basis.LIST)
    assert _rows(db, world) == {
        "An": (Presence.ON_SITE, None), "Lan": taken, "Hoa": taken, "Chi": taken
    }  # fmt: skip
    assert differences(db, round_) == []
    with pytest.raises(Untimely):
        taking.take_over(db, brought, by=world.actor(world.dung), now=NOW)

    call_roll(
        db, session, world.other_cell,
        {world.hoa.id: Entry(presence=Presence.ON_SITE, seen=Presence.ONLINE)},
        by=world.actor(world.chi), now=NOW,
    )  # fmt: skip
    assert taking.undo(db, brought, by=world.actor(world.dung), now=NOW) == 2

    assert _rows(db, world) == {**before, "Hoa": (Presence.ON_SITE, None)}
    assert brought.state is ListState.UNDONE
    assert differences(db, round_) == []
    assert _logged(db) == [3, 2]


def _logged(db: Session) -> list[int]:
    """How many persons each deed on a list was about."""
    facts = db.scalars(select(AuditEntry.facts).where(AuditEntry.deed.like("study.list%")))
    return [told["persons"] for told in facts]


def test_who_looks_after_one_cell_records_nobody_of_another(db: Session, world: World) -> None:
    session = world.session(world.round())
    mine = Unit.id == world.cell.id

    brought = _bring(db, world, session, _said(2, "Vũ Thị Hoa"), within=mine)

    assert brought.lines[0].user_id is None
    with pytest.raises(Missing):
        taking.choose(db, brought, {2: world.hoa.id}, within=mine)
    with pytest.raises(Unfit):
        taking.take_over(db, brought, by=world.actor(world.binh), now=NOW)


def test_a_list_is_of_a_session_that_has_begun(db: Session, world: World) -> None:
    session = world.session(world.round())

    with pytest.raises(Untimely):
        taking.bring(
            db, session, Brought(name="", said=[], taken_as=Presence.ONLINE, least_minutes=0),
            within=true(), by=world.actor(world.dung),
            now=session.starts_at.replace(year=2025),
        )  # fmt: skip
