"""Checking in with the code of the chair."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit.models import AuditEntry
from studyhub.kernel.errors import Forbidden, Untimely
from studyhub.rounds import service as rounds
from studyhub.rounds.models import AttendanceRule
from studyhub.study.check_in import TRIES, Answer, check_in
from studyhub.study.codes import code_at
from studyhub.study.models import Attendance, Presence, StudySession
from tests.study.conftest import Ask, AskPresence
from tests.world import NOW, World


def _check_in(db: Session, world: World, session: StudySession, **facts: Any) -> Answer:
    person: User = facts.pop("person", world.an)
    now = facts.get("now", NOW)
    told = {"code": code_at(session, now), "on_site": False, "now": now, **facts}
    return check_in(db, session, by=world.actor(person), **told)


def test_the_right_code_records_the_person_online(
    db: Session, world: World, presence: AskPresence, has_attended: Ask
) -> None:
    round_ = world.round()
    session = world.session(round_)

    assert _check_in(db, world, session) is Answer.RECORDED

    assert presence(session, world.an) is Presence.ONLINE
    assert has_attended(round_, world.an)
    assert not has_attended(round_, world.lan)


def test_who_is_at_the_hall_says_so(db: Session, world: World, presence: AskPresence) -> None:
    session = world.session(world.round())

    _check_in(db, world, session, on_site=True, code=" " + " ".join(code_at(session, NOW)) + " ")

    assert presence(session, world.an) is Presence.ON_SITE


def test_checking_in_again_keeps_the_first_time(db: Session, world: World) -> None:
    session = world.session(world.round())
    _check_in(db, world, session)

    again = _check_in(db, world, session, now=NOW + timedelta(minutes=5), on_site=True)
    db.flush()

    row = db.scalars(select(Attendance)).one()
    said = select(func.count()).where(AuditEntry.deed == "study.checked_in")
    assert (again, row.recorded_at, row.presence) == (Answer.ALREADY, NOW, Presence.ONLINE)
    assert db.scalar(said) == 1


@pytest.mark.parametrize("minutes", [-46, 31])
def test_nobody_checks_in_outside_the_window(db: Session, world: World, minutes: int) -> None:
    session = world.session(world.round())

    with pytest.raises(Untimely):
        _check_in(db, world, session, now=NOW + timedelta(minutes=minutes))


def test_after_five_wrong_codes_even_the_right_one_is_for_the_chair(
    db: Session, world: World, presence: AskPresence
) -> None:
    session = world.session(world.round())

    answers = [_check_in(db, world, session, code="nein") for _ in range(TRIES)]
    right = _check_in(db, world, session)

    assert answers == [Answer.WRONG] * (TRIES - 1) + [Answer.TURN_TO_CHAIR]
    assert right is Answer.TURN_TO_CHAIR
    assert presence(session, world.an) is None


def test_the_wrong_codes_of_one_are_not_those_of_another(db: Session, world: World) -> None:
    session = world.session(world.round())
    for _ in range(TRIES):
        _check_in(db, world, session, code="nein")

    assert _check_in(db, world, session, person=world.lan) is Answer.RECORDED


@pytest.mark.parametrize(
    ("called", "kept"),
    [
        (Presence.ON_SITE, Presence.ON_SITE),
        (Presence.EXCUSED, Presence.EXCUSED),
        (Presence.MADE_UP, Presence.MADE_UP),
        (Presence.ABSENT, Presence.ONLINE),
    ],
)
def test_the_roll_call_stands_except_for_the_absent(
    db: Session, world: World, presence: AskPresence, called: Presence, kept: Presence
) -> None:
    session = world.session(world.round())
    db.add(
        Attendance(
            session_id=session.id,
            user_id=world.an.id,
            presence=called,
            reason="công tác",
            recorded_at=NOW,
            recorded_by=world.binh.id,
        )
    )

    _check_in(db, world, session)

    assert presence(session, world.an) is kept


def test_who_is_not_on_the_list_cannot_check_in(db: Session, world: World) -> None:
    session = world.session(world.round(summoned=[world.an]))

    with pytest.raises(Forbidden):
        _check_in(db, world, session, person=world.lan)


def test_a_closed_round_takes_no_check_in(db: Session, world: World) -> None:
    round_ = world.round()
    session = world.session(round_)
    rounds.close(db, round_, by=world.actor(world.dung), now=NOW)

    with pytest.raises(Untimely):
        _check_in(db, world, session)


def test_every_session_or_any_as_the_round_asks(
    db: Session, world: World, has_attended: Ask
) -> None:
    strict = world.round(attendance_rule=AttendanceRule.EVERY)
    mild = world.round(attendance_rule=AttendanceRule.ANY)
    for round_ in (strict, mild):
        session = world.session(round_)
        world.session(round_, title="Buổi 2")
        _check_in(db, world, session)

    assert not has_attended(strict, world.an)
    assert has_attended(mild, world.an)


@pytest.mark.parametrize(("minutes", "late"), [(15, False), (16, True)])
def test_who_comes_late_is_marked_and_counts_as_present(
    db: Session, world: World, *, minutes: int, late: bool
) -> None:
    session = world.session(world.round(), late_after=15, starts_at=NOW)
    _check_in(db, world, session, now=NOW + timedelta(minutes=minutes))
    attendance = db.get_one(Attendance, (session.id, world.an.id))
    assert attendance.late is late
    assert attendance.presence is Presence.ONLINE
