"""A member asks for leave; secretary or deputy grant or decline it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access import policy
from studyhub.accounts.models import User
from studyhub.kernel.errors import Conflict, Forbidden, Unfit, Untimely
from studyhub.notices.models import Kind, Notice
from studyhub.reconciliation.service import differences
from studyhub.rounds import service as rounds
from studyhub.rounds.models import Call
from studyhub.study import absences, calling, making_up
from studyhub.study.absence_models import AbsenceRequest, AbsenceState
from studyhub.study.check_in import Answer, check_in
from studyhub.study.codes import code_at
from studyhub.study.models import Attendance, Basis, Presence, StudySession
from tests.study.conftest import Ask, AskPresence
from tests.study.test_calling import on_the_list
from tests.world import NOW, World

AFTER = NOW + timedelta(hours=4)


def _ask(
    db: Session, world: World, session: StudySession, person: User, **facts: Any
) -> AbsenceRequest:
    told = {"reason": "công tác Đà Nẵng", "now": NOW, **facts}
    return absences.ask(db, session, by=world.actor(person), **told)


def _told(db: Session, kind: Kind) -> set[Any]:
    return set(db.scalars(select(Notice.user_id).where(Notice.kind == kind.value)))


def test_what_is_granted_is_recorded_as_excused_with_its_basis(
    db: Session, world: World, presence: AskPresence
) -> None:
    round_ = world.round()
    session = world.session(round_)
    asked = _ask(db, world, session, world.an, evidence=[{"key": "a", "width": 1, "height": 1}])
    assert presence(session, world.an) is None
    assert _told(db, Kind.ABSENCE_ASKED) == {world.binh.id, world.giang.id}

    absences.grant(db, asked, by=world.actor(world.giang), now=NOW)

    row = db.get_one(Attendance, (session.id, world.an.id))
    assert (row.presence, row.basis, row.basis_id) == (Presence.EXCUSED, Basis.REQUEST, asked.id)
    assert row.reason == "công tác Đà Nẵng"
    assert _told(db, Kind.ABSENCE_GRANTED) == {world.an.id}
    assert differences(db, round_) == []


def test_what_is_declined_changes_nothing_and_says_why(
    db: Session, world: World, presence: AskPresence
) -> None:
    session = world.session(world.round())
    asked = _ask(db, world, session, world.an)
    binh = world.actor(world.binh)

    with pytest.raises(Unfit):
        absences.decline(db, asked, answer=" ", by=binh, now=NOW)
    absences.decline(db, asked, answer="Chi bộ cần đồng chí", by=binh, now=NOW)

    assert asked.state is AbsenceState.DECLINED
    assert presence(session, world.an) is None
    assert _told(db, Kind.ABSENCE_DECLINED) == {world.an.id}
    assert _ask(db, world, session, world.an).is_open, "one may ask again"


def test_what_is_withdrawn_is_not_decided_any_more(db: Session, world: World) -> None:
    session = world.session(world.round())
    asked = _ask(db, world, session, world.an)

    absences.withdraw(db, asked, by=world.actor(world.an), now=NOW)

    with pytest.raises(Untimely):
        absences.grant(db, asked, by=world.actor(world.binh), now=NOW)
    assert _told(db, Kind.ABSENCE_WITHDRAWN) == {world.binh.id, world.giang.id}


def test_one_request_waits_at_most(db: Session, world: World) -> None:
    session = world.session(world.round())
    _ask(db, world, session, world.an)

    with pytest.raises(Conflict):
        _ask(db, world, session, world.an)


def test_who_has_leave_and_comes_all_the_same_checks_in(
    db: Session, world: World, presence: AskPresence, has_attended: Ask
) -> None:
    round_ = world.round()
    session = world.session(round_)
    absences.grant(db, _ask(db, world, session, world.an), by=world.actor(world.binh), now=NOW)

    an = world.actor(world.an)
    answer = check_in(db, session, code=code_at(session, NOW), on_site=True, by=an, now=NOW)

    assert answer is Answer.RECORDED
    assert presence(session, world.an) is Presence.ON_SITE
    assert has_attended(round_, world.an)
    assert differences(db, round_) == []


def test_leave_granted_late_does_not_take_away_what_was_made_up(
    db: Session, world: World, has_attended: Ask
) -> None:
    round_ = world.round()
    session = world.session(round_)
    asked = _ask(db, world, session, world.an, now=AFTER)
    an = world.actor(world.an)
    making_up.credit(db, session, world.an.id, basis=Basis.RECORDING, by=an, now=AFTER)

    absences.grant(db, asked, by=world.actor(world.binh), now=AFTER)

    row = db.get_one(Attendance, (session.id, world.an.id))
    assert (row.presence, row.was) == (Presence.MADE_UP, Presence.EXCUSED)
    assert has_attended(round_, world.an)


def test_nobody_is_excused_who_was_there(db: Session, world: World) -> None:
    session = world.session(world.round())
    asked = _ask(db, world, session, world.an)
    an = world.actor(world.an)
    check_in(db, session, code=code_at(session, NOW), on_site=False, by=an, now=NOW)

    with pytest.raises(Untimely, match="present"):
        absences.grant(db, asked, by=world.actor(world.binh), now=NOW)
    with pytest.raises(Untimely):
        _ask(db, world, session, world.an)


def test_one_asks_within_a_week_with_a_reason_while_the_round_is_open(
    db: Session, world: World
) -> None:
    round_ = world.round()
    session = world.session(round_)
    in_time = session.ends_at + absences.AFTERWARDS

    with pytest.raises(Unfit):
        _ask(db, world, session, world.an, reason="  ")
    with pytest.raises(Untimely, match="late"):
        _ask(db, world, session, world.an, now=in_time + timedelta(seconds=1))
    assert _ask(db, world, session, world.an, now=in_time).is_open
    rounds.close(db, round_, by=world.actor(world.dung), now=in_time)
    with pytest.raises(Untimely):
        _ask(db, world, session, world.lan)


def test_only_those_who_must_come_ask_for_leave(db: Session, world: World) -> None:
    round_ = world.round(summoned=[world.an, world.lan])
    session = world.session(round_)
    calling.exempt(
        db, on_the_list(db, round_, world.lan), reason="ốm", by=world.actor(world.dung), now=NOW
    )

    for person in (world.lan, world.hoa):
        with pytest.raises(Forbidden):
            _ask(db, world, session, person)
    assert on_the_list(db, round_, world.lan).call is Call.EXEMPT


def test_a_leader_does_not_decide_about_themselves(db: Session, world: World) -> None:
    session = world.session(world.round())
    mine = _ask(db, world, session, world.binh)
    alone = _ask(db, world, session, world.chi)

    may = {
        person.given_name
        for person in world.everyone
        if policy.decide_absence(world.actor(person), mine)
    }
    assert may == {"Giang", "Dũng"}
    told = {n.user_id for n in db.scalars(select(Notice)) if n.subject_id == alone.id}
    assert told == {world.dung.id}, "where nobody else answers for the cell, those above"
