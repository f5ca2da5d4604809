"""Reminding: only who owes something, once a day, and each of what they lack."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.completion import service as completion
from studyhub.completion.rules import EssayMark, Marks
from studyhub.kernel.errors import Missing, Unfit, Untimely
from studyhub.notices.models import Kind, Notice
from studyhub.reminding import queries, service
from studyhub.reminding.lacking import Lack, lacks
from studyhub.reminding.models import Reminder, Way
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, Requirement, StudyRound
from tests.world import NOW, TODAY, World

EVERYTHING = frozenset(Requirement)


@pytest.mark.parametrize(
    ("marks", "over", "expected"),
    [
        (Marks(call=Call.REQUIRED), True, [Lack.ATTEND, Lack.READ, Lack.ESSAY]),
        (Marks(call=Call.REQUIRED), False, [Lack.READ, Lack.ESSAY]),
        (Marks(call=Call.REQUIRED, read=True, essay=EssayMark.DRAFT), False, [Lack.ESSAY]),
        (Marks(call=Call.REQUIRED, read=True, essay=EssayMark.RETURNED), False, [Lack.REVISION]),
        (Marks(call=Call.REQUIRED, read=True, essay=EssayMark.SUBMITTED), False, []),
        (Marks(call=Call.EXEMPT), True, []),
        (Marks(call=Call.RELEASED), True, []),
    ],
)
def test_one_is_reminded_of_what_one_can_do_oneself(
    marks: Marks, *, over: bool, expected: list[Lack]
) -> None:
    assert lacks(marks, EVERYTHING, session_over=over) == expected


def test_nobody_is_reminded_of_what_the_round_does_not_ask() -> None:
    assert lacks(Marks(call=Call.REQUIRED), {Requirement.READ}, session_over=True) == [Lack.READ]


def remind(world: World, round_: StudyRound, *people: User, by: User) -> list[Reminder]:
    return service.remind(
        world.db, round_, world.cell, [one.id for one in people], by=world.actor(by), now=NOW
    )


def test_each_is_told_once_a_day_and_of_their_own_lack(db: Session, world: World) -> None:
    round_, other = world.round(), world.round(title="Kết luận số 01-KL/TW")
    completion.mark(db, round_.id, world.an.id, now=NOW, read=True)

    made = remind(world, round_, world.an, world.lan, by=world.binh)

    told = {notice.user_id: notice for notice in db.scalars(select(Notice))}
    assert {one.user_id for one in made} == {world.an.id, world.lan.id} == set(told)
    assert told[world.an.id].kind == Kind.REMINDED.value
    assert told[world.an.id].facts == {"round": str(round_.id), "lacks": "essay"}
    assert told[world.lan.id].facts["lacks"] == "read,essay"
    for again in (round_, other):
        with pytest.raises(Unfit, match="reminded today"):
            remind(world, again, world.an, by=world.dung)


def test_the_next_day_they_may_be_reminded_again(db: Session, world: World) -> None:
    round_ = world.round()
    remind(world, round_, world.an, by=world.binh)
    db.flush()
    by = replace(world.actor(world.binh), today=TODAY + timedelta(days=1))
    found = queries.candidates(db, round_, world.cell.id, by=by, now=NOW + timedelta(days=1))
    [an] = [one for one in found if one.user == world.an]
    assert not an.reminded_today
    assert an.last
    assert an.last.maker == world.binh


def test_of_those_chosen_only_those_who_owe_something_are_told(db: Session, world: World) -> None:
    round_ = world.round()
    completion.mark(db, round_.id, world.an.id, now=NOW, read=True, essay=EssayMark.SUBMITTED)
    made = remind(world, round_, world.an, world.lan, world.chi, by=world.binh)
    assert [one.user_id for one in made] == [world.lan.id]


def test_nobody_reminds_themselves(db: Session, world: World) -> None:
    by = world.actor(world.binh)
    found = queries.candidates(db, world.round(), world.cell.id, by=by, now=NOW)
    assert {one.user for one in found} == {world.an, world.lan, world.giang}


def test_a_closed_round_reminds_nobody(db: Session, world: World) -> None:
    round_ = world.round()
    round_.state = RoundState.CLOSED
    with pytest.raises(Untimely):
        remind(world, round_, world.an, by=world.binh)
    assert not db.scalars(select(Reminder)).all()


def test_nobody_chosen_is_said(world: World) -> None:
    with pytest.raises(Unfit, match="at least one"):
        remind(world, world.round(), by=world.binh)


def test_telling_in_person_is_noted_and_sends_nothing(db: Session, world: World) -> None:
    round_, by = world.round(), world.actor(world.binh)
    for _ in range(2):
        made = service.note_told(db, round_, world.cell, world.an.id, by=by, now=NOW)
        db.flush()
    assert (made.way, made.lacks) == (Way.IN_PERSON, "read,essay")
    assert not db.scalars(select(Notice)).all()
    assert remind(world, round_, world.an, by=world.binh)
    with pytest.raises(Missing):
        service.note_told(db, round_, world.cell, world.hoa.id, by=by, now=NOW)
