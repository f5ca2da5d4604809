"""Temporary activity elsewhere: from day to day, counted once, undone by a counter-act."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit.models import AuditEntry
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.notices.models import Kind, Notice
from studyhub.org import guests, queries, service
from studyhub.org.guests import Length
from studyhub.org.models import Leaving, Standing, Unit, UnitKind
from studyhub.org.stays import Stay
from studyhub.rounds.roster import roster
from tests.org.people import membership_of
from tests.world import LONG_AGO, NOW, TODAY, World

ONE_DAY = timedelta(days=1)
MAY, NEXT_MAY = date(2026, 5, 19), date(2027, 5, 18)


def stay(
    db: Session,
    world: World,
    person: User | None = None,
    since: date = MAY,
    until: date = NEXT_MAY,
    host: Unit | None = None,
) -> Stay:
    return service.begin_stay(
        db, person or world.an, host or world.other_cell, since=since, until=until,
        basis="Số 12-QĐ/ĐU", by=world.actor(world.dung), now=NOW,
    )  # fmt: skip


def test_the_member_is_counted_once_in_the_official_cell(db: Session, world: World) -> None:
    before = [queries.figures_of(queries.members_of(db, cell, TODAY))
              for cell in (world.cell, world.other_cell)]  # fmt: skip

    stay(db, world)

    assert before == [queries.figures_of(queries.members_of(db, cell, TODAY))
                      for cell in (world.cell, world.other_cell)]  # fmt: skip
    listed = [row for row in roster(db, [world.district.path], TODAY) if row.user_id == world.an.id]
    assert [row.cell_id for row in listed] == [world.cell.id]


def test_both_cells_know_of_it_from_the_first_day_to_the_last(db: Session, world: World) -> None:
    stay(db, world)

    for day, there in ((MAY - ONE_DAY, 0), (MAY, 1), (NEXT_MAY, 1), (NEXT_MAY + ONE_DAY, 0)):
        host, home = (guests.stays_on(db, cell, day) for cell in (world.other_cell, world.cell))
        assert [guest.membership.cell for guest in host.guests] == [world.cell] * there
        assert list(home.away) == [world.an.id] * there
        assert not host.away
        assert not home.guests


def test_nobody_stays_in_the_own_cell(db: Session, world: World) -> None:
    with pytest.raises(Unfit, match="belongs to Chi bộ Văn phòng in these days") as refused:
        stay(db, world, host=world.cell)

    assert refused.value.about == "to"


def test_a_transfer_to_come_makes_the_host_the_own_cell(db: Session, world: World) -> None:
    service.transfer(
        db, membership_of(db, world.an), world.other_cell, on=TODAY + 9 * ONE_DAY, by=None, now=NOW
    )

    stay(db, world, until=TODAY + 8 * ONE_DAY)
    with pytest.raises(Unfit, match="in these days"):
        stay(db, world, world.an, since=TODAY + 9 * ONE_DAY, until=TODAY + 10 * ONE_DAY)


@pytest.mark.parametrize(
    ("since", "until"), [(MAY, MAY), (NEXT_MAY, NEXT_MAY + ONE_DAY), (LONG_AGO, MAY)]
)
def test_no_two_stays_overlap(db: Session, world: World, since: date, until: date) -> None:
    stay(db, world)

    with pytest.raises(Conflict, match=r"from 19/05/2026 to 18/05/2027"):
        stay(db, world, since=since, until=until)


def test_one_follows_the_other(db: Session, world: World) -> None:
    stay(db, world)

    stay(db, world, since=NEXT_MAY + ONE_DAY, until=NEXT_MAY + 90 * ONE_DAY)

    assert len(guests.stays_of(db, world.an.id)) == 2


def test_the_host_is_a_cell_that_is_there_on_these_days(db: Session, world: World) -> None:
    young = service.found_unit(
        db, world.district, kind=UnitKind.CELL, name="Chi bộ Mới", since=TODAY, by=None, now=NOW
    )

    with pytest.raises(Unfit, match="exists only since"):
        stay(db, world, host=young)
    young.until = TODAY + ONE_DAY
    with pytest.raises(Unfit, match="existed only until"):
        stay(db, world, since=TODAY, host=young)
    with pytest.raises(Unfit, match="belong to a cell"):
        stay(db, world, host=world.district)


def test_it_lies_within_the_membership(db: Session, world: World) -> None:
    membership_of(db, world.an).since = MAY + ONE_DAY
    db.flush()
    with pytest.raises(Unfit, match="no cell yet") as refused:
        stay(db, world)
    assert refused.value.about == "on"
    service.end_membership(db, membership_of(db, world.an), until=TODAY, by=None, now=NOW)
    with pytest.raises(Unfit, match="ends on 25/11/2026") as refused:
        stay(db, world, since=MAY + ONE_DAY)
    assert refused.value.about == "until"


def test_recognition_in_between_is_no_gap(db: Session, world: World) -> None:
    new = world.person("Mai Văn Mới", world.cell, standing=Standing.PROBATIONARY)
    db.flush()
    service.recognise_official(db, membership_of(db, new), on=TODAY, by=None, now=NOW)

    assert stay(db, world, new).until == NEXT_MAY


def test_an_earlier_end_and_an_extension_undo_each_other(db: Session, world: World) -> None:
    row = stay(db, world)

    service.end_stay(db, row, until=TODAY, basis="Số 20", by=None, now=NOW)
    assert (row.until, row.until_basis, row.holds(TODAY + ONE_DAY)) == (TODAY, "Số 20", False)
    service.extend_stay(db, row, until=NEXT_MAY, basis="Số 21", by=None, now=NOW)

    assert (row.until, row.until_basis, row.holds(NEXT_MAY)) == (NEXT_MAY, "Số 21", True)
    deeds = db.scalars(select(AuditEntry.deed).where(AuditEntry.subject_id == row.id)).all()
    assert deeds == ["stay.begun", "stay.ended", "stay.extended"]


def test_what_is_no_change_is_refused(db: Session, world: World) -> None:
    row = stay(db, world)

    with pytest.raises(Untimely, match="ends on"):
        service.end_stay(db, row, until=NEXT_MAY, by=None, now=NOW)
    with pytest.raises(Unfit, match="after"):
        service.extend_stay(db, row, until=NEXT_MAY, by=None, now=NOW)
    with pytest.raises(Unfit, match="before the first"):
        service.end_stay(db, row, until=MAY - ONE_DAY, by=None, now=NOW)


def test_an_extension_runs_into_no_other_stay(db: Session, world: World) -> None:
    row = stay(db, world, until=TODAY)
    stay(db, world, since=TODAY + 5 * ONE_DAY)

    with pytest.raises(Conflict):
        service.extend_stay(db, row, until=TODAY + 5 * ONE_DAY, by=None, now=NOW)


def test_taken_back_it_never_was_and_its_record_is_kept(db: Session, world: World) -> None:
    row = stay(db, world)

    service.take_back_stay(db, row, basis="Ghi nhầm", by=None, now=NOW)

    assert guests.stays_on(db, world.other_cell, TODAY).guests == []
    assert (row.since, row.until, row.taken_back_basis) == (MAY, NEXT_MAY, "Ghi nhầm")
    stay(db, world)  # the days are free again
    for deed in (service.end_stay, service.extend_stay):
        with pytest.raises(Untimely, match="taken back already"):
            deed(db, row, until=TODAY, by=None, now=NOW)
    with pytest.raises(Untimely, match="taken back already"):
        service.take_back_stay(db, row, by=None, now=NOW)


def test_a_transfer_to_the_host_ends_the_stay_the_day_before(db: Session, world: World) -> None:
    row = stay(db, world)

    service.transfer(db, membership_of(db, world.an), world.other_cell, on=TODAY, by=None, now=NOW)

    assert row.until == TODAY - ONE_DAY


def test_whoever_leaves_stays_nowhere(db: Session, world: World) -> None:
    row = stay(db, world, until=TODAY + ONE_DAY)
    later = stay(db, world, since=TODAY + 10 * ONE_DAY)

    service.leave(
        db, membership_of(db, world.an), reason=Leaving.MOVED_AWAY, until=TODAY, closes_at=NOW,
        by=None, now=NOW,
    )  # fmt: skip

    assert (row.until, row.taken_back_at, later.taken_back_at) == (TODAY, None, NOW)


def test_the_leaders_of_both_cells_and_the_person_are_told(db: Session, world: World) -> None:
    row = stay(db, world)

    told = db.scalars(select(Notice).where(Notice.subject_id == row.id)).all()
    assert {notice.user_id for notice in told} == {
        world.binh.id, world.giang.id, world.chi.id, world.an.id,
    }  # fmt: skip
    assert {notice.kind for notice in told} == {Kind.STAY_BEGUN}
    assert "An" not in str([notice.facts for notice in told])


@pytest.mark.parametrize(
    ("until", "length"),
    [
        (date(2026, 8, 17), Length.SHORT),
        (date(2026, 8, 18), Length.USUAL),
        (date(2027, 5, 17), Length.USUAL),
        (date(2027, 5, 18), Length.LONG),
        (date(2028, 5, 18), Length.LONG),
        (date(2028, 6, 18), Length.TOO_LONG),
    ],
)
def test_three_months_to_less_than_twelve_are_usual(until: date, length: Length) -> None:
    assert guests.length_of(MAY, until) is length
