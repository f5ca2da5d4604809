"""To begin to read, and to decide."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.completion.models import Progress
from studyhub.completion.rules import EssayMark
from studyhub.essays import service as essays
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Conflict, Forbidden, Unfit, Untimely
from studyhub.review import service
from studyhub.review.models import Comment, Decision, Outcome
from studyhub.rounds.grading import Grade, Grading
from studyhub.rounds.models import Summons
from tests.world import NOW, World

SECRET = "điều chỉ người chấm biết"


def waiting(world: World, **settings: object) -> Essay:
    return world.essay(
        round_=world.round(**settings),  # type: ignore[arg-type]
        state=State.SUBMITTED,
        text="Đoạn một.\n\nĐoạn hai.",
    )


def remark_on(db: Session, world: World, essay: Essay, text: str = "Nêu việc cụ thể.") -> Comment:
    return service.comment(
        db,
        essay.versions[-1],
        part=1,
        paragraph=1,
        text=text,
        by=world.actor(world.binh),
        now=NOW,
    )


def decide(
    db: Session,
    world: World,
    essay: Essay,
    outcome: Outcome,
    *,
    grade: Grade | None = None,
    by: str = "binh",
    number: int = 1,
) -> Decision:
    return service.decide(
        db,
        essay,
        number,
        outcome=outcome,
        grade=grade,
        remark=SECRET,
        by=world.actor(getattr(world, by)),
        now=NOW,
    )


def mark(db: Session, essay: Essay) -> EssayMark:
    return db.scalars(
        select(Progress.essay)
        .join(Progress.summons)
        .where(Summons.round_id == essay.round_id, Summons.user_id == essay.author_id)
    ).one()


def test_reading_begins_once_and_is_recorded_each_time(db: Session, world: World) -> None:
    version = waiting(world).versions[0]
    later = NOW + timedelta(hours=1)

    assert service.begin_reading(db, version.essay_id, by=world.actor(world.binh), now=NOW)
    assert service.begin_reading(db, version.essay_id, by=world.actor(world.giang), now=later)

    db.flush()
    deeds = db.scalars(select(AuditEntry.deed).where(AuditEntry.subject_id == version.essay_id))
    assert (version.reading_began_at, version.reading_began_by) == (NOW, world.binh.id)
    assert list(deeds) == [Deed.ESSAY_READ, Deed.ESSAY_READ]


def test_what_is_being_read_stays(db: Session, world: World) -> None:
    essay = waiting(world)
    service.begin_reading(db, essay.id, by=world.actor(world.binh), now=NOW)

    with pytest.raises(Untimely):
        essays.withdraw(db, essay, by=world.actor(world.an), now=NOW)


def test_what_was_taken_back_is_not_read(db: Session, world: World) -> None:
    essay = waiting(world)
    essays.withdraw(db, essay, by=world.actor(world.an), now=NOW)

    assert not service.begin_reading(db, essay.id, by=world.actor(world.binh), now=NOW)
    assert essay.versions[0].reading_began_at is None


def test_an_accepted_essay_counts(db: Session, world: World) -> None:
    essay = waiting(world)

    decision = decide(db, world, essay, Outcome.ACCEPT, grade=Grade.GOOD)

    assert (essay.state, decision.grade, decision.remark) == (State.ACCEPTED, None, SECRET)
    assert essay.versions[0].reading_began_by == world.binh.id
    assert mark(db, essay) is EssayMark.ACCEPTED


def test_a_round_with_bands_asks_for_a_grade(db: Session, world: World) -> None:
    essay = waiting(world, grading=Grading.BANDS)

    with pytest.raises(Unfit, match="grade"):
        decide(db, world, essay, Outcome.ACCEPT)

    assert decide(db, world, essay, Outcome.ACCEPT, grade=Grade.GOOD).grade is Grade.GOOD


def test_to_return_needs_a_comment_of_ones_own(db: Session, world: World) -> None:
    essay = waiting(world)

    with pytest.raises(Unfit, match="at least one paragraph"):
        decide(db, world, essay, Outcome.RETURN)
    remark_on(db, world, essay)
    with pytest.raises(Unfit, match="at least one paragraph"):
        decide(db, world, essay, Outcome.RETURN, by="giang")
    decide(db, world, essay, Outcome.RETURN)

    assert (essay.state, mark(db, essay)) == (State.RETURNED, EssayMark.RETURNED)


def test_a_second_reviewer_is_told_who_was_first(db: Session, world: World) -> None:
    essay = waiting(world)
    first = decide(db, world, essay, Outcome.ACCEPT)

    with pytest.raises(
        Conflict, match="Lê Quang Bình was first: this essay has been accepted"
    ) as refusal:
        decide(db, world, essay, Outcome.ACCEPT, by="giang")

    assert refusal.value.values["when"] == NOW
    assert db.scalars(select(Decision)).all() == [first]


def test_an_older_version_is_not_decided(db: Session, world: World) -> None:
    essay = waiting(world)
    actor = world.actor(world.an)
    essays.withdraw(db, essay, by=actor, now=NOW)
    essays.submit(db, essay, revision=essay.draft_revision, own_work=True, by=actor, now=NOW)

    with pytest.raises(Untimely, match="newer version"):
        decide(db, world, essay, Outcome.ACCEPT, number=1)


def test_what_was_taken_back_is_not_decided(db: Session, world: World) -> None:
    essay = waiting(world)
    essays.withdraw(db, essay, by=world.actor(world.an), now=NOW)

    with pytest.raises(Untimely, match="taken this essay back"):
        decide(db, world, essay, Outcome.ACCEPT)


def test_nobody_judges_their_own(db: Session, world: World) -> None:
    essay = world.essay(world.binh, state=State.SUBMITTED)
    actor = world.actor(world.binh)

    with pytest.raises(Forbidden):
        decide(db, world, essay, Outcome.ACCEPT)
    with pytest.raises(Forbidden):
        remark_on(db, world, essay)
    with pytest.raises(Forbidden):
        service.begin_reading(db, essay.id, by=actor, now=NOW)


def test_the_record_holds_no_words(db: Session, world: World) -> None:
    essay = waiting(world, grading=Grading.BANDS)
    service.begin_reading(db, essay.id, by=world.actor(world.binh), now=NOW)
    remark_on(db, world, essay)
    decide(db, world, essay, Outcome.ACCEPT, grade=Grade.FAIR)

    entries = db.scalars(select(AuditEntry).where(AuditEntry.subject_id == essay.id)).all()

    assert [entry.deed for entry in entries] == [Deed.ESSAY_READ, Deed.ESSAY_ACCEPTED]
    assert [entry.facts for entry in entries] == [
        {"version": 1},
        {"version": 1, "grade": "fair"},
    ]


def test_the_member_answers_and_the_essay_is_accepted(db: Session, world: World) -> None:
    essay = waiting(world)
    remark_on(db, world, essay)
    decide(db, world, essay, Outcome.RETURN)
    key = str(essay.round.questions[0].id)
    typed = {key: "Bổ sung số liệu."}
    essays.hand_in(db, essay, typed, revision=1, own_work=True, by=world.actor(world.an), now=NOW)

    decide(db, world, essay, Outcome.ACCEPT, number=2)

    assert (essay.state, mark(db, essay)) == (State.ACCEPTED, EssayMark.ACCEPTED)
