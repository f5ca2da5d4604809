"""What was missed is made up: at a repetition, by the recording, on paper; and counted apart."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.completion.models import Tally
from studyhub.kernel.errors import Missing, Unfit, Untimely
from studyhub.reconciliation.service import differences
from studyhub.rounds import service as rounds
from studyhub.rounds.models import AttendanceRule, Requirement, StudyRound
from studyhub.study import making_up, rolls, sessions
from studyhub.study.check_in import check_in
from studyhub.study.codes import code_at
from studyhub.study.models import Attendance, Basis, Presence, StudySession
from studyhub.study.roll_call import Entry, call_roll
from studyhub.study.sessions import SessionPlan
from tests.study.conftest import Ask, AskPresence
from tests.world import NOW, World

AFTER = NOW + timedelta(hours=4)


def _say(db: Session, world: World, session: StudySession, said: dict[User, Any]) -> None:
    entries = {}
    for person, presence in said.items():
        row = db.get(Attendance, (session.id, person.id))
        reason = "công tác" if presence is Presence.EXCUSED else ""
        entries[person.id] = Entry(
            presence=presence, reason=reason, seen=row.presence if row else None
        )
    call_roll(db, session, world.cell, entries, by=world.actor(world.binh), now=AFTER)


def _figures(db: Session, round_: StudyRound) -> tuple[int, int]:
    """Attended in the first round, and with what was made up, in the district."""
    db.flush()
    db.expire_all()
    found = select(Tally).where(Tally.round_id == round_.id, Tally.path == "1/")
    tally = db.scalars(found).one()
    return tally.attended_at_first, tally.made_up


def _repeated(world: World, round_: StudyRound) -> tuple[StudySession, StudySession]:
    first = world.session(round_)
    again = world.session(
        round_, made_up_of=first, starts_at=AFTER, ends_at=AFTER + timedelta(hours=2),
        check_in_opens_at=AFTER, check_in_closes_at=AFTER + timedelta(hours=1),
    )  # fmt: skip
    return first, again


def _credit(db: Session, world: World, session: StudySession, person: User, **facts: Any) -> bool:
    told = {"basis": Basis.RECORDING, "now": AFTER, "by": world.actor(person), **facts}
    return making_up.credit(db, session, person.id, **told)


def test_who_follows_the_recording_has_attended_and_is_counted_apart(
    db: Session, world: World, has_attended: Ask
) -> None:
    round_ = world.round()
    session = world.session(round_)
    _say(db, world, session, {world.an: Presence.ON_SITE, world.lan: Presence.ABSENT})

    assert _credit(db, world, session, world.lan)

    row = db.get(Attendance, (session.id, world.lan.id))
    assert row
    assert (row.basis, row.was) == (Basis.RECORDING, Presence.ABSENT)
    assert has_attended(round_, world.lan)
    assert _figures(db, round_) == (1, 1)
    assert differences(db, round_) == []


def test_who_was_there_has_nothing_to_make_up(db: Session, world: World) -> None:
    session = world.session(world.round())
    _say(db, world, session, {world.an: Presence.ONLINE})

    assert not _credit(db, world, session, world.an)

    row = db.get(Attendance, (session.id, world.an.id))
    assert row
    assert (row.presence, row.basis) == (Presence.ONLINE, None)


def test_nothing_is_made_up_before_the_session_has_ended_or_by_who_is_not_on_the_list(
    db: Session, world: World
) -> None:
    session = world.session(world.round(summoned=[world.an]))

    with pytest.raises(Untimely):
        _credit(db, world, session, world.an, now=NOW)
    with pytest.raises(Missing):
        _credit(db, world, session, world.lan)


def test_what_was_credited_by_mistake_falls_back_to_the_first_round(
    db: Session, world: World, presence: AskPresence, has_attended: Ask
) -> None:
    round_ = world.round()
    session = world.session(round_)
    _say(db, world, session, {world.an: Presence.EXCUSED})
    binh = world.actor(world.binh)
    for person in (world.an, world.lan):
        assert _credit(db, world, session, person, basis=Basis.PAPER, by=binh)

        making_up.take_back(db, session, person.id, by=binh, now=AFTER)

        assert not has_attended(round_, person)
    assert presence(session, world.an) is Presence.EXCUSED
    assert presence(session, world.lan) is None
    assert _figures(db, round_) == (0, 0)
    with pytest.raises(Missing):
        making_up.take_back(db, session, world.an.id, by=binh, now=AFTER)


def test_being_at_the_repetition_makes_up_the_first_session(
    db: Session, world: World, presence: AskPresence, has_attended: Ask
) -> None:
    round_ = world.round(attendance_rule=AttendanceRule.EVERY)
    first, again = _repeated(world, round_)
    _say(db, world, first, {world.an: Presence.ON_SITE, world.lan: Presence.EXCUSED})

    code = code_at(again, AFTER)
    check_in(db, again, code=code, on_site=True, by=world.actor(world.lan), now=AFTER)

    assert has_attended(round_, world.an), "nobody owes a repetition"
    assert has_attended(round_, world.lan)
    assert presence(first, world.lan) is Presence.MADE_UP
    assert _figures(db, round_) == (1, 1)
    assert differences(db, round_) == []


def test_the_first_session_falls_back_when_the_presence_at_the_repetition_is_taken_back(
    db: Session, world: World, presence: AskPresence, has_attended: Ask
) -> None:
    round_ = world.round()
    first, again = _repeated(world, round_)
    _say(db, world, first, {world.an: Presence.EXCUSED})
    _say(db, world, again, {world.an: Presence.ON_SITE, world.lan: Presence.ON_SITE})
    assert has_attended(round_, world.an)

    with pytest.raises(Untimely, match="repetition"):
        making_up.take_back(db, first, world.an.id, by=world.actor(world.binh), now=AFTER)
    _say(db, world, again, {world.an: Presence.ABSENT, world.lan: Presence.ABSENT})

    assert presence(first, world.an) is Presence.EXCUSED
    assert presence(first, world.lan) is None
    assert _figures(db, round_) == (0, 0)
    assert differences(db, round_) == []


def test_a_wrong_word_about_the_first_session_does_not_undo_the_repetition(
    db: Session, world: World, presence: AskPresence
) -> None:
    first, again = _repeated(world, world.round())
    _say(db, world, again, {world.an: Presence.ON_SITE})

    _say(db, world, first, {world.an: Presence.ABSENT})

    assert presence(first, world.an) is Presence.MADE_UP


def test_a_repetition_asks_only_for_those_who_missed_the_first(db: Session, world: World) -> None:
    first, again = _repeated(world, world.round())
    _say(db, world, first, {world.an: Presence.ON_SITE, world.lan: Presence.EXCUSED})
    _credit(db, world, first, world.giang)

    expected = {line.summons.user_id for line in rolls.roll(db, again, world.cell).lines}
    assert expected == {world.lan.id, world.binh.id}

    call_roll(
        db, again, world.cell, {}, by=world.actor(world.binh), now=AFTER, all_others_on_site=True
    )

    figures = rolls.roll(db, again, world.cell).figures
    assert (figures.summoned, figures.present) == (2, 2), "also after they were there"
    assert rolls.roll(db, first, world.cell).figures.present == 4


def test_only_a_first_session_of_the_same_round_is_repeated(db: Session, world: World) -> None:
    round_ = world.round()
    first, again = _repeated(world, round_)
    plan = SessionPlan(
        title="Học bù", starts_at=AFTER, ends_at=AFTER + timedelta(hours=2),
        check_in_opens_at=AFTER, check_in_closes_at=AFTER + timedelta(hours=1),
    )  # fmt: skip
    by = world.actor(world.dung)

    for wrong in (again, world.session(world.round(title="Đợt khác"))):
        with pytest.raises(Unfit):
            sessions.add(db, round_, plan, made_up_of=wrong, by=by, now=NOW)
    assert sessions.add(db, round_, plan, made_up_of=first, by=by, now=NOW).made_up_of is first
    with pytest.raises(Untimely, match="repeats"):
        sessions.remove(db, first, by=by, now=NOW)


def test_a_closed_round_is_left_as_it_is(db: Session, world: World) -> None:
    round_ = world.round()
    session = world.session(round_)
    rounds.close(db, round_, by=world.actor(world.dung), now=AFTER)

    with pytest.raises(Untimely):
        _credit(db, world, session, world.an)


def test_requirements_are_met_by_what_was_made_up(db: Session, world: World) -> None:
    round_ = world.round(asks_to_read=False, asks_for_essay=False)
    assert round_.requirements == {Requirement.ATTEND}
    session = world.session(round_)

    _credit(db, world, session, world.an)

    db.expire_all()
    tally = db.scalars(select(Tally).where(Tally.round_id == round_.id, Tally.path == "1/1/")).one()
    assert (tally.done, tally.made_up, tally.attended) == (1, 1, 1)
