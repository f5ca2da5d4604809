"""What stands in a calendar, and until when."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from studyhub.calendars import queries, service
from studyhub.calendars.queries import What
from studyhub.completion import service as completion
from studyhub.completion.rules import EssayMark
from studyhub.rounds.models import Call, Summons
from studyhub.study import sessions
from tests.world import NOW, World


def whats(entries: list[queries.Entry]) -> list[What]:
    return [one.what for one in entries]


def test_a_member_has_their_sessions_and_the_deadline_they_owe(db: Session, world: World) -> None:
    round_ = world.round()
    session = world.session(round_)
    found = queries.of_person(db, world.an.id, now=NOW)
    assert whats(found) == [What.SESSION, What.DEADLINE]
    assert found[0].key == session.id
    assert found[1].ends_at == round_.closes_at


@pytest.mark.parametrize(
    ("mark", "left"),
    [
        (EssayMark.DRAFT, [What.DEADLINE]),
        (EssayMark.SUBMITTED, []),
        (EssayMark.RETURNED, [What.DEADLINE]),
        (EssayMark.ACCEPTED, []),
    ],
)
def test_a_deadline_goes_when_nothing_is_owed(
    db: Session, world: World, mark: EssayMark, left: list[What]
) -> None:
    round_ = world.round()
    completion.mark(db, round_.id, world.an.id, now=NOW, essay=mark)
    assert whats(queries.of_person(db, world.an.id, now=NOW)) == left


def test_more_time_moves_the_deadline(db: Session, world: World) -> None:
    round_ = world.round()
    summons = db.query(Summons).filter_by(round_id=round_.id, user_id=world.an.id).one()
    summons.closes_at = round_.closes_at + timedelta(days=3)
    db.flush()
    [deadline] = queries.of_person(db, world.an.id, now=NOW)
    assert deadline.ends_at == summons.closes_at


def test_who_is_released_or_not_summoned_has_nothing(db: Session, world: World) -> None:
    round_ = world.round()
    world.session(round_)
    summons = db.query(Summons).filter_by(round_id=round_.id, user_id=world.an.id).one()
    summons.call, summons.reason = Call.RELEASED, "chuyển đi"
    db.flush()
    assert not queries.of_person(db, world.an.id, now=NOW)
    assert not queries.of_person(db, world.dung.id, now=NOW)


def test_a_planned_round_is_nobodys_business_yet(db: Session, world: World) -> None:
    world.session(world.round(is_open=False))
    assert not queries.of_unit(db, world.district, now=NOW)


def test_a_session_removed_is_called_off(db: Session, world: World) -> None:
    round_ = world.round()
    session = world.session(round_)
    sessions.remove(db, session, by=world.actor(world.dung), now=NOW)
    db.flush()
    [gone, _] = queries.of_person(db, world.an.id, now=NOW)
    assert (gone.what, gone.key) == (What.CALLED_OFF, session.id)


def test_a_unit_has_what_concerns_its_people(db: Session, world: World) -> None:
    round_ = world.round(summoned=[world.an])
    world.session(round_)
    kinds = [What.SESSION, What.DEADLINE]
    assert whats(queries.of_unit(db, world.cell, now=NOW)) == kinds
    assert whats(queries.of_unit(db, world.district, now=NOW)) == kinds
    assert not queries.of_unit(db, world.other_cell, now=NOW)


def test_one_address_stands_until_it_is_voided(db: Session, world: World) -> None:
    by = world.actor(world.binh)
    own = service.offer(db, None, by=by, now=NOW)
    of_cell = service.offer(db, world.cell, by=by, now=NOW)
    assert service.offer(db, None, by=by, now=NOW) is own
    service.void(db, own, by=by, now=NOW)
    db.flush()
    assert service.offer(db, None, by=by, now=NOW) is not own
    assert queries.standing(db, by)[world.cell.id] is of_cell
