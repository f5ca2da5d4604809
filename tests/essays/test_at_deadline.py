"""The rule of a round: at the deadline the last saved draft is handed in for its author."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.essays import at_deadline, service
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.reconciliation.service import differences
from studyhub.rounds import extensions, planning
from studyhub.rounds.models import Call, LatePolicy, StudyRound, Summons
from tests.world import NOW, World

DEADLINE = NOW + timedelta(days=4)
THEN = DEADLINE + timedelta(seconds=20)


def by_rule(world: World, **settings: Any) -> StudyRound:
    return world.round(hands_in_drafts=True, late_policy=LatePolicy.REFUSE, **settings)


def apply(db: Session, now: datetime = THEN) -> list[bool]:
    db.flush()
    return [
        at_deadline.apply_rule(db, db.get_one(Essay, which), now=now)
        for which in at_deadline.waiting(db, now=now)
    ]


def listed(db: Session, essay: Essay) -> Summons:
    return db.scalars(
        select(Summons).where(
            Summons.round_id == essay.round_id, Summons.user_id == essay.author_id
        )
    ).one()


def test_the_draft_is_handed_in_marked_and_not_late(db: Session, world: World) -> None:
    essay = world.essay(round_=by_rule(world))

    done = apply(db)

    version = essay.versions[-1]
    assert (done, essay.state, version.submitted_at) == ([True], State.SUBMITTED, THEN)
    assert (version.by_rule, version.own_work, version.is_late) == (True, False, False)
    entry = db.scalars(select(AuditEntry).where(AuditEntry.subject_id == essay.id)).one()
    assert (entry.deed, entry.actor_id) == (Deed.ESSAY_HANDED_IN_BY_RULE, None)
    assert differences(db, essay.round) == []


def test_it_happens_once(db: Session, world: World) -> None:
    essay = world.essay(round_=by_rule(world))

    assert (apply(db), apply(db), len(essay.versions)) == ([True], [], 1)


def test_not_before_the_deadline_and_not_without_the_rule(db: Session, world: World) -> None:
    world.essay(round_=by_rule(world))
    world.essay(world.lan, round_=world.round(late_policy=LatePolicy.REFUSE))

    assert apply(db, DEADLINE - timedelta(seconds=1)) == []
    assert len(apply(db)) == 1


def test_a_draft_that_is_too_short_stays_one_and_is_looked_at_once(
    db: Session, world: World
) -> None:
    essay = world.essay(round_=by_rule(world, min_syllables=500))

    assert (apply(db), apply(db)) == ([False], [])
    assert essay.state is State.DRAFT
    assert differences(db, essay.round) == []


def test_what_was_written_after_the_deadline_is_not_handed_in(db: Session, world: World) -> None:
    essay = world.essay(round_=by_rule(world))
    essay.draft_saved_at = DEADLINE + timedelta(minutes=6)

    assert apply(db, DEADLINE + timedelta(hours=1)) == [False]


@pytest.mark.parametrize("call", [Call.EXEMPT, Call.RELEASED])
def test_nothing_is_handed_in_for_whom_it_is_no_duty(db: Session, world: World, call: Call) -> None:
    summons = listed(db, world.essay(round_=by_rule(world)))
    summons.call, summons.reason = call, "Ốm"

    assert apply(db) == []


def test_whoever_has_more_time_keeps_it(db: Session, world: World) -> None:
    essay = world.essay(round_=by_rule(world))
    dung = world.actor(world.dung)
    until = DEADLINE + timedelta(days=1)
    extensions.extend_person(db, listed(db, essay), until, reason="Ốm", by=dung, now=NOW)

    assert apply(db) == []
    assert apply(db, until) == [True]


def test_more_time_given_afterwards_counts_anew(db: Session, world: World) -> None:
    essay = world.essay(round_=by_rule(world, min_syllables=20))
    assert apply(db) == [False]
    until = THEN + timedelta(days=1)
    dung = world.actor(world.dung)
    extensions.extend_person(db, listed(db, essay), until, reason="Ốm", by=dung, now=THEN)
    text = {str(essay.round.questions[0].id): "một hai ba bốn năm sáu bảy tám chín mười " * 3}

    service.keep_draft(db, essay, text, revision=1, now=THEN + timedelta(hours=1))

    assert apply(db, until) == [True]


def test_what_was_taken_back_is_handed_in_again(db: Session, world: World) -> None:
    essay, an = world.essay(round_=by_rule(world)), world.actor(world.an)
    service.submit(db, essay, revision=1, own_work=True, by=an, now=NOW)
    service.withdraw(db, essay, by=an, now=NOW)

    assert (apply(db), [v.by_rule for v in essay.versions]) == ([True], [False, True])


def test_two_at_once_hand_in_once(db: Session, world: World) -> None:
    essay = world.essay(round_=by_rule(world))
    found = at_deadline.waiting(db, now=THEN)
    an: User = world.an
    service.submit(db, essay, revision=1, own_work=True, by=world.actor(an), now=DEADLINE)

    done = [at_deadline.apply_rule(db, db.get_one(Essay, one), now=THEN) for one in found]

    assert (done, len(essay.versions)) == ([False], 1)


def test_the_rule_is_planned_with_the_round(db: Session, world: World) -> None:
    wanted = planning.Plan(
        title="Đợt", closes_at=DEADLINE, roster_on=NOW.date(), year=2026, hands_in_drafts=True
    )

    round_ = planning.plan(db, world.district, wanted, by=world.actor(world.dung), now=NOW)

    assert round_.hands_in_drafts
