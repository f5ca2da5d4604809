"""The leaders of a cell call the roll."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit.models import AuditEntry
from studyhub.kernel.errors import Missing, Unfit, Untimely
from studyhub.rounds import service as rounds
from studyhub.rounds.models import Call
from studyhub.study import calling
from studyhub.study.check_in import check_in
from studyhub.study.codes import code_at
from studyhub.study.models import Presence, StudySession
from studyhub.study.roll_call import Entry, Outcome, call_roll
from tests.study.conftest import Ask, AskPresence
from tests.study.test_calling import on_the_list
from tests.world import NOW, World

AFTER = NOW + timedelta(hours=4)


def _call(
    db: Session, world: World, session: StudySession, said: dict[User, Entry], **facts: Any
) -> Outcome:
    entries = {person.id: entry for person, entry in said.items()}
    told = {"now": NOW, **facts}
    return call_roll(db, session, world.cell, entries, by=world.actor(world.binh), **told)


def _entry(presence: Presence, reason: str = "", seen: Presence | None = None) -> Entry:
    return Entry(presence=presence, reason=reason, seen=seen)


def test_each_person_is_recorded_as_called(
    db: Session, world: World, presence: AskPresence, has_attended: Ask
) -> None:
    round_ = world.round()
    session = world.session(round_)
    said = {
        world.an: _entry(Presence.ON_SITE),
        world.lan: _entry(Presence.EXCUSED, "công tác Đà Nẵng"),
        world.giang: _entry(Presence.ABSENT),
    }

    outcome = _call(db, world, session, said)

    assert outcome.changed == 3
    assert presence(session, world.lan) is Presence.EXCUSED
    assert presence(session, world.binh) is None
    attended = [has_attended(round_, p) for p in (world.an, world.lan, world.giang)]
    assert attended == [True, False, False]


def test_a_changed_call_takes_the_mark_back(
    db: Session, world: World, has_attended: Ask, counted: Callable[..., tuple[int, int, int]]
) -> None:
    round_ = world.round()
    session = world.session(round_)
    _call(db, world, session, {world.an: _entry(Presence.ON_SITE)})
    assert counted(round_, "1/") == (6, 0, 1)

    _call(db, world, session, {world.an: _entry(Presence.ABSENT, seen=Presence.ON_SITE)})

    assert not has_attended(round_, world.an)
    assert counted(round_, "1/") == (6, 0, 0)


def test_all_the_others_are_on_site_by_one_button(
    db: Session, world: World, presence: AskPresence, counted: Callable[..., tuple[int, int, int]]
) -> None:
    round_ = world.round()
    session = world.session(round_)

    said = {world.lan: _entry(Presence.EXCUSED, "ốm")}
    outcome = _call(db, world, session, said, all_others_on_site=True)

    assert outcome.changed == 4
    others = [presence(session, p) for p in (world.an, world.binh, world.giang)]
    assert others == [Presence.ON_SITE] * 3
    assert presence(session, world.lan) is Presence.EXCUSED
    assert presence(session, world.hoa) is None
    assert counted(round_, "1/1/") == (4, 0, 3)


def test_the_others_do_not_include_the_exempt(
    db: Session, world: World, presence: AskPresence
) -> None:
    round_ = world.round()
    session = world.session(round_)
    dung = world.actor(world.dung)
    calling.exempt(db, on_the_list(db, round_, world.an), reason="tuổi cao", by=dung, now=NOW)

    _call(db, world, session, {}, all_others_on_site=True)

    assert presence(session, world.an) is None


def test_an_excuse_needs_a_reason(db: Session, world: World, presence: AskPresence) -> None:
    session = world.session(world.round())

    with pytest.raises(Unfit, match="reason"):
        _call(db, world, session, {world.an: _entry(Presence.EXCUSED, "  ")})

    assert presence(session, world.an) is None


def test_making_up_waits_until_the_session_is_over(
    db: Session, world: World, has_attended: Ask
) -> None:
    round_ = world.round()
    session = world.session(round_)
    made_up = {world.an: _entry(Presence.MADE_UP)}

    with pytest.raises(Untimely):
        _call(db, world, session, made_up)
    _call(db, world, session, made_up, now=AFTER)

    assert has_attended(round_, world.an)


def test_somebody_of_another_cell_is_not_on_this_roll(db: Session, world: World) -> None:
    session = world.session(world.round())

    with pytest.raises(Missing):
        _call(db, world, session, {world.hoa: _entry(Presence.ON_SITE)})


def test_a_released_person_is_not_on_the_roll(db: Session, world: World) -> None:
    round_ = world.round()
    session = world.session(round_)
    dung = world.actor(world.dung)
    calling.release(db, on_the_list(db, round_, world.an), reason="chuyển đi", by=dung, now=NOW)

    with pytest.raises(Missing):
        _call(db, world, session, {world.an: _entry(Presence.ON_SITE)})


def test_a_stale_page_does_not_overwrite_a_check_in(
    db: Session, world: World, presence: AskPresence
) -> None:
    session = world.session(world.round())
    check_in(
        db, session, code=code_at(session, NOW), on_site=False, by=world.actor(world.an), now=NOW
    )

    said = {world.an: _entry(Presence.ABSENT), world.lan: _entry(Presence.ABSENT)}
    outcome = _call(db, world, session, said)

    assert (outcome.changed, list(outcome.overtaken)) == (1, [world.an.id])
    assert presence(session, world.an) is Presence.ONLINE


def test_saying_the_same_again_changes_nothing(db: Session, world: World) -> None:
    session = world.session(world.round())
    said = {world.an: _entry(Presence.EXCUSED, "ốm")}
    _call(db, world, session, said)

    again = {world.an: _entry(Presence.EXCUSED, "ốm", seen=Presence.EXCUSED)}

    assert _call(db, world, session, again).changed == 0


def test_the_log_says_how_many_of_each(db: Session, world: World) -> None:
    session = world.session(world.round())
    said = {
        world.an: _entry(Presence.ON_SITE),
        world.lan: _entry(Presence.EXCUSED, "ốm nặng"),
    }

    _call(db, world, session, said)
    db.flush()

    facts = db.scalars(select(AuditEntry).where(AuditEntry.deed == "study.roll_called")).one().facts
    assert (facts["on_site"], facts["excused"]) == (1, 1)
    assert "ốm" not in str(facts)


def test_a_closed_round_takes_no_roll(db: Session, world: World) -> None:
    round_ = world.round()
    session = world.session(round_)
    rounds.close(db, round_, by=world.actor(world.dung), now=NOW)

    with pytest.raises(Untimely):
        _call(db, world, session, {world.an: _entry(Presence.ON_SITE)})


def test_an_exempt_person_who_comes_is_recorded_and_counted_nowhere(
    db: Session, world: World, presence: AskPresence, counted: Callable[..., tuple[int, int, int]]
) -> None:
    round_ = world.round()
    session = world.session(round_)
    summons = on_the_list(db, round_, world.an)
    calling.exempt(db, summons, reason="tuổi cao", by=world.actor(world.dung), now=NOW)
    assert summons.call is Call.EXEMPT

    _call(db, world, session, {world.an: _entry(Presence.ON_SITE)})

    assert presence(session, world.an) is Presence.ON_SITE
    assert counted(round_, "1/") == (5, 1, 0)
