"""To recall a decision: within ten minutes, before its author has seen it or built upon it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.completion.models import Progress
from studyhub.completion.rules import EssayMark
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Conflict, Forbidden, Missing, Untimely
from studyhub.reconciliation.service import differences
from studyhub.review import recalling, service
from studyhub.review.marks import Mark
from studyhub.review.models import Comment, Decision, Outcome
from studyhub.rounds.grading import Grade, Grading
from studyhub.rounds.models import Summons
from tests.world import NOW, World

SOON = NOW + timedelta(minutes=9)


def decided(db: Session, world: World, outcome: Outcome = Outcome.RETURN) -> Essay:
    """An's essay, returned by Binh with a comment a moment ago."""
    essay = world.essay(state=State.SUBMITTED, text="Đoạn một.\nĐoạn hai.")
    binh = world.actor(world.binh)
    service.comment(db, essay.versions[0], part=0, paragraph=0, text="Thêm.", by=binh, now=NOW)
    service.decide(db, essay, 1, outcome=outcome, grade=None, remark="", by=binh, now=NOW)
    return essay


def mark(db: Session, essay: Essay) -> EssayMark:
    return db.scalars(
        select(Progress.essay)
        .join(Progress.summons)
        .where(Summons.round_id == essay.round_id, Summons.user_id == essay.author_id)
    ).one()


@pytest.mark.parametrize("outcome", list(Outcome))
def test_it_waits_again_and_the_comments_are_private_again(
    db: Session, world: World, outcome: Outcome
) -> None:
    essay = decided(db, world, outcome)

    service.recall(db, essay, 1, by=world.actor(world.binh), now=SOON)

    assert (essay.state, mark(db, essay)) == (State.SUBMITTED, EssayMark.SUBMITTED)
    assert db.scalars(select(Decision)).all() == []
    assert db.scalars(select(Comment.sent_at)).all() == [None]
    assert Deed.DECISION_RECALLED in db.scalars(select(AuditEntry.deed)).all()


def test_it_can_be_decided_anew(db: Session, world: World) -> None:
    essay = decided(db, world)
    binh = world.actor(world.binh)
    service.recall(db, essay, 1, by=binh, now=SOON)

    service.decide(db, essay, 1, outcome=Outcome.ACCEPT, grade=None, remark="", by=binh, now=SOON)

    assert (essay.state, mark(db, essay)) == (State.ACCEPTED, EssayMark.ACCEPTED)


def test_not_by_another_nor_too_late_nor_twice(db: Session, world: World) -> None:
    essay = decided(db, world)
    binh = world.actor(world.binh)

    with pytest.raises(Forbidden):
        service.recall(db, essay, 1, by=world.actor(world.giang), now=SOON)
    with pytest.raises(Untimely, match="ten minutes"):
        service.recall(db, essay, 1, by=binh, now=NOW + timedelta(minutes=11))
    service.recall(db, essay, 1, by=binh, now=SOON)
    with pytest.raises(Missing):
        service.recall(db, essay, 1, by=binh, now=SOON)


def test_not_once_the_author_has_looked(db: Session, world: World) -> None:
    essay = decided(db, world)
    recalling.note_seen(db, essay.id, by=world.actor(world.giang), now=NOW)  # not the author
    assert recalling.any_unseen(db, essay.id, by=world.actor(world.an))
    recalling.note_seen(db, essay.id, by=world.actor(world.an), now=NOW)

    with pytest.raises(Untimely, match="already opened"):
        service.recall(db, essay, 1, by=world.actor(world.binh), now=SOON)


def test_an_answer_is_given_once_and_stands_against_a_recall(db: Session, world: World) -> None:
    essay = decided(db, world)
    comment = db.scalars(select(Comment)).one()
    an, binh = world.actor(world.an), world.actor(world.binh)

    reply = service.answer(db, essay, comment.id, text="Tôi sẽ thêm.", by=an, now=NOW)
    again = service.answer(db, essay, comment.id, text=" Tôi sẽ thêm. ", by=an, now=NOW)

    assert reply is again
    with pytest.raises(Conflict):
        service.answer(db, essay, comment.id, text="Khác.", by=an, now=NOW)
    with pytest.raises(Forbidden):
        service.answer(db, essay, comment.id, text="Khác.", by=binh, now=NOW)
    with pytest.raises(Untimely, match="stands on this"):
        service.recall(db, essay, 1, by=binh, now=SOON)


def test_a_comment_that_was_not_sent_cannot_be_answered(db: Session, world: World) -> None:
    essay = decided(db, world)
    comment = db.scalars(select(Comment)).one()
    service.recall(db, essay, 1, by=world.actor(world.binh), now=SOON)

    with pytest.raises(Missing):
        service.answer(db, essay, comment.id, text="Vâng.", by=world.actor(world.an), now=SOON)


def test_the_figures_add_up_after_it(db: Session, world: World) -> None:
    essay = world.essay(round_=world.round(grading=Grading.BANDS), state=State.SUBMITTED)
    binh = world.actor(world.binh)
    accept = {"outcome": Outcome.ACCEPT, "grade": Grade.GOOD, "remark": ""}
    service.decide(db, essay, 1, by=binh, now=NOW, **accept)  # type: ignore[arg-type]

    service.recall(db, essay, 1, by=world.actor(world.binh), now=SOON)

    assert list(differences(db, essay.round)) == []


def test_the_mark_of_whoever_recalls_goes_with_the_decision(db: Session, world: World) -> None:
    round_ = world.round(grading=Grading.POINTS)
    essay = world.essay(round_=round_, state=State.SUBMITTED, text="Đoạn một.")
    binh = world.actor(world.binh)
    service.give_mark(db, essay, 1, points=[800], remark="", by=binh, now=NOW)
    assert essay.state.value == "accepted"

    service.recall(db, essay, 1, by=binh, now=SOON)

    assert essay.state.value == "submitted"
    assert db.scalars(select(Mark)).all() == []
    service.give_mark(db, essay, 1, points=[850], remark="", by=binh, now=SOON)
    assert db.scalars(select(Decision.points)).all() == [850]
