"""The sessions of a round."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from studyhub.kernel.errors import Unfit, Untimely
from studyhub.rounds import service as rounds
from studyhub.study import sessions
from studyhub.study.check_in import check_in
from studyhub.study.codes import code_at
from studyhub.study.sessions import SessionPlan, Topic
from tests.study.conftest import Ask
from tests.world import NOW, World

START = NOW + timedelta(days=1)


def _plan(**changes: Any) -> SessionPlan:
    facts: dict[str, Any] = {
        "title": "Buổi 1",
        "starts_at": START,
        "ends_at": START + timedelta(hours=3),
        "check_in_opens_at": START - timedelta(minutes=30),
        "check_in_closes_at": START + timedelta(hours=1),
    }
    return SessionPlan(**{**facts, **changes})


def test_a_session_gets_a_code_of_four_digits_and_its_agenda(db: Session, world: World) -> None:
    agenda = [
        Topic(title="Khai mạc", starts_at=START),
        Topic(title="Chuyên đề 1", reporter="Đ/c A"),
    ]

    session = sessions.add(
        db, world.round(), _plan(agenda=agenda), by=world.actor(world.dung), now=NOW
    )
    db.expire_all()

    assert len(code_at(session, NOW)) == 4
    assert code_at(session, NOW).isdigit()
    told = [(item.title, item.reporter) for item in session.agenda]
    assert told == [("Khai mạc", ""), ("Chuyên đề 1", "Đ/c A")]


def test_a_change_keeps_the_code(db: Session, world: World) -> None:
    session = world.session(world.round())
    dung = world.actor(world.dung)

    sessions.change(db, session, _plan(agenda=[Topic(title="x")]), by=dung, now=NOW)
    sessions.change(db, session, _plan(title="Buổi chiều"), by=dung, now=NOW)
    db.flush()
    db.expire_all()

    assert (session.title, session.agenda, session.check_in_secret) == ("Buổi chiều", [], "lotus")


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": START},
        {"check_in_closes_at": START - timedelta(hours=1)},
        {"link": "javascript:alert(1)"},
        {"recording_link": "ftp://example.vn/x"},
        {"link": "https://"},
    ],
)
def test_an_unsound_session_is_refused(db: Session, world: World, wrong: dict[str, Any]) -> None:
    round_, dung = world.round(), world.actor(world.dung)

    with pytest.raises(Unfit):
        sessions.add(db, round_, _plan(**wrong), by=dung, now=NOW)


def test_one_more_session_is_one_more_to_attend(
    db: Session, world: World, has_attended: Ask
) -> None:
    round_, dung = world.round(), world.actor(world.dung)
    session = world.session(round_)
    check_in(
        db, session, code=code_at(session, NOW), on_site=False, by=world.actor(world.an), now=NOW
    )
    assert has_attended(round_, world.an)

    second = sessions.add(db, round_, _plan(), by=dung, now=NOW)
    assert not has_attended(round_, world.an)
    sessions.remove(db, second, by=dung, now=NOW)

    assert has_attended(round_, world.an)


def test_a_session_with_records_stays(db: Session, world: World) -> None:
    session = world.session(world.round())
    check_in(
        db, session, code=code_at(session, NOW), on_site=False, by=world.actor(world.an), now=NOW
    )

    with pytest.raises(Untimely):
        sessions.remove(db, session, by=world.actor(world.dung), now=NOW)


def test_a_session_with_wrong_codes_only_may_go(db: Session, world: World) -> None:
    session = world.session(world.round())
    check_in(db, session, code="1", on_site=False, by=world.actor(world.an), now=NOW)

    sessions.remove(db, session, by=world.actor(world.dung), now=NOW)
    db.flush()


def test_a_closed_round_keeps_its_sessions(db: Session, world: World) -> None:
    round_, dung = world.round(), world.actor(world.dung)
    session = world.session(round_)
    rounds.close(db, round_, by=dung, now=NOW)

    with pytest.raises(Untimely):
        sessions.change(db, session, _plan(), by=dung, now=NOW)
    with pytest.raises(Untimely):
        sessions.add(db, round_, _plan(), by=dung, now=NOW)
