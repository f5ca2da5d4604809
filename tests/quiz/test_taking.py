"""A quiz is begun once, kept answer by answer, and handed in by the person or by the clock."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from studyhub.completion.models import Tally
from studyhub.kernel.errors import Forbidden, Untimely
from studyhub.quiz import bank, planning, queries, taking
from studyhub.quiz.asking import drawn_for
from studyhub.quiz.models import BankQuestion
from studyhub.reconciliation.service import differences
from studyhub.rounds.models import StudyRound
from tests.quiz.questions import begin, progress_of, quiz_of, right, wanted
from tests.world import NOW, World

MINUTE = timedelta(minutes=1)


def test_beginning_twice_is_the_same_attempt(db: Session, world: World, round_: StudyRound) -> None:
    attempt = begin(world, round_)

    again = taking.begin(db, attempt.quiz, by=world.actor(world.an), now=NOW + MINUTE)

    assert again is attempt
    assert len(attempt.drawn) == 4
    assert attempt.ends_at == NOW + 10 * MINUTE


def test_the_sheet_can_be_drawn_again_from_its_seed(
    db: Session, world: World, round_: StudyRound
) -> None:
    attempt = begin(world, round_)

    again = drawn_for(db, attempt.quiz, attempt.seed)

    assert [(one.edition.id, one.shown) for one in again] == [
        (one.edition.id, one.shown) for one in attempt.drawn
    ]


def test_the_time_ends_with_the_window(world: World, round_: StudyRound) -> None:
    attempt = begin(world, round_, closes_at=NOW + 3 * MINUTE)

    assert attempt.ends_at == NOW + 3 * MINUTE


def test_all_right_is_passed_and_counts(db: Session, world: World, round_: StudyRound) -> None:
    attempt = begin(world, round_)

    taking.hand_in(db, attempt, right(attempt), by=world.actor(world.an), now=NOW + MINUTE)

    assert (attempt.score, attempt.passed, attempt.by_time) == (4, True, False)
    mine = progress_of(db, round_, world.an.id)
    assert (mine.quizzed, mine.done) == (True, True)
    tally = db.get_one(Tally, (round_.id, world.district.id))
    assert (tally.quizzed, tally.done) == (1, 1)
    assert queries.has_passed(db, round_.id, world.an.id)
    assert not queries.has_passed(db, round_.id, world.lan.id)
    assert differences(db, round_) == []


def test_too_few_right_answers_do_not_count(db: Session, world: World, round_: StudyRound) -> None:
    attempt = begin(world, round_)

    taking.hand_in(db, attempt, right(attempt, only=2), by=world.actor(world.an), now=NOW)

    assert (attempt.score, attempt.passed) == (2, False)
    assert not progress_of(db, round_, world.an.id).done


def test_handing_in_twice_counts_once(db: Session, world: World, round_: StudyRound) -> None:
    attempt = begin(world, round_)
    an = world.actor(world.an)
    taking.hand_in(db, attempt, right(attempt), by=an, now=NOW)

    taking.hand_in(db, attempt, {}, by=an, now=NOW + MINUTE)

    assert (attempt.score, attempt.handed_in_at) == (4, NOW)


def test_an_older_answer_never_replaces_a_newer(
    db: Session, world: World, round_: StudyRound
) -> None:
    attempt = begin(world, round_)
    answers = right(attempt)
    taking.keep(db, attempt, answers, at=NOW + 2 * MINUTE, now=NOW + 2 * MINUTE)

    wrong: dict[int, list[int]] = {position: [] for position in answers}
    taking.keep(db, attempt, wrong, at=NOW + MINUTE, now=NOW + 3 * MINUTE)

    assert attempt.answered == 4


def test_a_clock_that_runs_ahead_wins_nothing(
    db: Session, world: World, round_: StudyRound
) -> None:
    attempt = begin(world, round_)

    taking.keep(db, attempt, right(attempt), at=NOW + timedelta(days=1), now=NOW + MINUTE)

    assert {drawn.answered_at for drawn in attempt.drawn} == {NOW + MINUTE}


def test_a_slow_line_has_some_seconds_more(db: Session, world: World, round_: StudyRound) -> None:
    attempt = begin(world, round_)
    late = attempt.ends_at + taking.GRACE

    taking.keep(db, attempt, right(attempt), at=late, now=late)

    assert attempt.answered == 4
    with pytest.raises(Untimely):
        taking.keep(db, attempt, {}, at=late, now=late + timedelta(seconds=1))


def test_what_was_saved_until_the_time_was_up_counts_and_nothing_else(
    db: Session, world: World, round_: StudyRound
) -> None:
    attempt = begin(world, round_)
    taking.keep(db, attempt, right(attempt, only=3), at=NOW, now=NOW + MINUTE)

    taking.hand_in(db, attempt, right(attempt), by=world.actor(world.an), now=NOW + 11 * MINUTE)

    assert (attempt.score, attempt.passed, attempt.by_time) == (3, True, True)
    assert attempt.handed_in_at == attempt.ends_at
    assert progress_of(db, round_, world.an.id).quizzed


def test_the_chore_finds_what_nobody_handed_in(
    db: Session, world: World, round_: StudyRound
) -> None:
    attempt = begin(world, round_)

    before, after = attempt.ends_at, attempt.ends_at + MINUTE

    assert queries.overdue(db, before=before, limit=9) == []
    assert queries.overdue(db, before=after, limit=9) == [attempt.id]
    taking.close(db, attempt, now=after)
    assert queries.overdue(db, before=after, limit=9) == []


def test_only_so_many_attempts(db: Session, world: World, round_: StudyRound) -> None:
    attempt = begin(world, round_)
    an = world.actor(world.an)
    taking.hand_in(db, attempt, {}, by=an, now=NOW)
    second = taking.begin(db, attempt.quiz, by=an, now=NOW + MINUTE)
    taking.hand_in(db, second, {}, by=an, now=NOW + MINUTE)

    with pytest.raises(Untimely):
        taking.begin(db, attempt.quiz, by=an, now=NOW + 2 * MINUTE)

    assert (attempt.number, second.number) == (1, 2)
    assert attempt.seed != second.seed


def test_only_while_the_window_is_open_and_only_those_on_the_list(
    db: Session, world: World, round_: StudyRound
) -> None:
    quiz = quiz_of(world, round_)
    an = world.actor(world.an)

    with pytest.raises(Untimely):
        taking.begin(db, quiz, by=an, now=quiz.opens_at - MINUTE)
    with pytest.raises(Untimely):
        taking.begin(db, quiz, by=an, now=quiz.closes_at)
    with pytest.raises(Forbidden):
        taking.begin(db, quiz, by=world.actor(world.em), now=NOW)


def test_what_is_changed_later_does_not_touch_who_has_begun(
    db: Session, world: World, round_: StudyRound
) -> None:
    attempt = begin(world, round_)
    dung = world.actor(world.dung)
    texts = [drawn.edition.text for drawn in attempt.drawn]
    for drawn in attempt.drawn:
        question = db.get_one(BankQuestion, drawn.edition.question_id)
        changed = drawn.edition.content
        changed = type(changed)(**{**vars(changed), "text": "Hỏi khác?", "options": ("x", "y"),
                                   "key": (0,)})  # fmt: skip
        bank.change(db, question, changed, by=dung, now=NOW)
    harder = wanted(pass_mark=4, minutes=1)
    planning.change(db, attempt.quiz, harder, by=dung, now=NOW)

    taking.hand_in(
        db, attempt, right(attempt, only=3), by=world.actor(world.an), now=NOW + 9 * MINUTE
    )

    assert [drawn.edition.text for drawn in attempt.drawn] == texts
    assert (attempt.score, attempt.passed) == (3, True)
    assert (attempt.quiz.rules.number, attempt.rules.number) == (2, 1)
