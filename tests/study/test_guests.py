"""Guests at a roll call: recorded by the host, counted in the official cell."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.completion.models import Tally
from studyhub.kernel.errors import Missing
from studyhub.org import service
from studyhub.rounds.models import StudyRound
from studyhub.study import rolls
from studyhub.study.guests import guests_at
from studyhub.study.models import Presence, StudySession
from studyhub.study.roll_call import Entry, call_roll
from tests.world import NOW, TODAY, World

HERE = Entry(presence=Presence.ON_SITE)


def host(db: Session, world: World) -> tuple[StudyRound, StudySession]:
    """An, of cell one, is a guest of cell two."""
    round_ = world.round()
    service.begin_stay(
        db, world.an, world.other_cell, since=TODAY, until=TODAY + timedelta(days=90), by=None,
        now=NOW,
    )  # fmt: skip
    return round_, world.session(round_)


def attended(db: Session, round_: StudyRound, world: World) -> tuple[int, int]:
    rows = db.execute(select(Tally.unit_id, Tally.attended).where(Tally.round_id == round_.id))
    by_unit = dict(rows.all())
    return by_unit[world.cell.id], by_unit[world.other_cell.id]


def test_a_guest_stands_apart_from_the_roll_of_the_host(db: Session, world: World) -> None:
    _, session = host(db, world)

    line = guests_at(db, session, world.other_cell, TODAY)[0]

    assert (line.summons.user, line.summons.cell) == (world.an, world.cell)
    members = rolls.roll(db, session, world.other_cell)
    assert world.an.id not in {row.summons.user_id for row in members.lines}
    assert members.figures.summoned == 2
    assert guests_at(db, session, world.cell, TODAY) == []
    assert guests_at(db, session, world.other_cell, TODAY - timedelta(days=1)) == []


def test_what_the_host_records_counts_in_the_official_cell(db: Session, world: World) -> None:
    round_, session = host(db, world)

    call_roll(
        db, session, world.other_cell, {world.an.id: HERE}, by=world.actor(world.chi), now=NOW,
        guests_on=TODAY,
    )  # fmt: skip
    db.expire_all()

    assert attended(db, round_, world) == (1, 0)


def test_all_the_others_are_the_members_not_the_guests(db: Session, world: World) -> None:
    round_, session = host(db, world)

    outcome = call_roll(
        db, session, world.other_cell, {}, by=world.actor(world.chi), now=NOW,
        all_others_on_site=True, guests_on=TODAY,
    )  # fmt: skip
    db.expire_all()

    assert outcome.changed == 2
    assert attended(db, round_, world) == (0, 2)


def test_whoever_is_no_guest_is_not_recorded_by_a_strange_cell(db: Session, world: World) -> None:
    _, session = host(db, world)

    for person, day in ((world.lan, TODAY), (world.an, TODAY - timedelta(days=1))):
        with pytest.raises(Missing):
            call_roll(
                db, session, world.other_cell, {person.id: HERE}, by=world.actor(world.chi),
                now=NOW, guests_on=day,
            )  # fmt: skip
