"""A quiz counts as its round says, and a recount finds no difference."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.completion import service as completion
from studyhub.completion.models import Tally
from studyhub.quiz import planning, queries, taking
from studyhub.quiz.models import Attempt
from studyhub.reconciliation.service import differences
from studyhub.rounds import service as rounds
from studyhub.rounds.models import Call, StudyRound, Summons
from tests.quiz.questions import begin, progress_of, right, wanted
from tests.world import NOW, World

MINUTE = timedelta(minutes=1)


def test_a_second_quiz_is_still_lacking(db: Session, world: World, round_: StudyRound) -> None:
    attempt = begin(world, round_)
    taking.hand_in(db, attempt, right(attempt), by=world.actor(world.an), now=NOW)

    second = planning.plan(db, round_, wanted(title="Thứ hai"), by=world.actor(world.dung), now=NOW)

    assert not progress_of(db, round_, world.an.id).done
    assert differences(db, round_) == []
    planning.remove(db, second, by=world.actor(world.dung), now=NOW)
    assert progress_of(db, round_, world.an.id).done
    assert differences(db, round_) == []


def test_an_exempt_person_may_take_it_and_is_not_counted(
    db: Session, world: World, round_: StudyRound
) -> None:
    attempt = begin(world, round_)
    summons = db.scalars(select(Summons).where(Summons.user_id == world.an.id)).one()
    completion.recall(db, summons, Call.EXEMPT, reason="Tuổi cao", now=NOW)
    taking.hand_in(db, attempt, right(attempt), by=world.actor(world.an), now=NOW)

    assert progress_of(db, round_, world.an.id).quizzed
    assert db.get_one(Tally, (round_.id, world.district.id)).quizzed == 0
    assert differences(db, round_) == []


def test_nobody_hands_in_after_the_round_is_closed_but_what_was_saved_counts(
    db: Session, world: World, round_: StudyRound
) -> None:
    attempt = begin(world, round_)
    taking.keep(db, attempt, right(attempt), at=NOW, now=NOW)

    rounds.close(db, round_, by=world.actor(world.dung), now=NOW + MINUTE)

    assert queries.overdue(db, before=NOW, limit=9) == [attempt.id]
    assert db.scalar(select(func.count()).select_from(Attempt)) == 1
