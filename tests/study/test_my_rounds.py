"""A member's own rounds and sessions, in a constant number of questions."""

from datetime import timedelta

from sqlalchemy.orm import Session

from studyhub.rounds import service as rounds
from studyhub.rounds.models import StudyRound
from studyhub.study import calling, queries
from studyhub.study.check_in import check_in
from studyhub.study.codes import code_at
from studyhub.study.models import Presence
from tests.statements import counted
from tests.study.test_calling import on_the_list
from tests.world import NOW, World


def _titles(db: Session, world: World) -> list[str]:
    return [p.summons.round.title for p in queries.my_rounds(db, world.an.id)]


def test_open_rounds_come_first_by_their_deadline(db: Session, world: World) -> None:
    closed = world.round(title="đã xong", closes_in=timedelta(days=-3))
    world.round(title="sau", closes_in=timedelta(days=9))
    world.round(title="trước", closes_in=timedelta(days=2))
    world.round(title="của người khác", summoned=[world.hoa])
    world.round(title="nháp", is_open=False)
    rounds.close(db, closed, by=world.actor(world.dung), now=NOW)
    db.flush()

    assert _titles(db, world) == ["trước", "sau", "đã xong"]


def test_a_round_one_was_released_from_is_no_longer_ones_own(db: Session, world: World) -> None:
    round_ = world.round()
    summons = on_the_list(db, round_, world.an)

    calling.release(db, summons, reason="đi", by=world.actor(world.dung), now=NOW)

    assert _titles(db, world) == []
    assert queries.my_round(db, round_.id, world.an.id) is None


def test_my_sessions_carry_my_own_record(db: Session, world: World) -> None:
    round_ = world.round()
    later = world.session(round_, title="chiều", starts_at=NOW + timedelta(hours=1))
    session = world.session(round_)
    check_in(
        db, session, code=code_at(session, NOW), on_site=True, by=world.actor(world.an), now=NOW
    )
    db.flush()

    mine = queries.my_sessions(db, world.an.id, [round_.id])[round_.id]

    told = [(my.session.id, my.presence, my.is_attended) for my in mine]
    assert told == [(session.id, Presence.ON_SITE, True), (later.id, None, False)]


def test_ten_rounds_ask_no_more_than_one(db: Session, world: World) -> None:
    every: list[StudyRound] = [world.round() for _ in range(10)]
    for round_ in every:
        world.session(round_)
    an = world.an.id
    db.flush()
    db.expire_all()

    with counted(db) as statements:
        mine = queries.my_rounds(db, an)
        found = queries.my_sessions(db, an, [p.summons.round_id for p in mine])
        assert [p.summons.round.title for p in mine]
        assert all(my.session.title for sessions in found.values() for my in sessions)

    assert len(statements) == 2
