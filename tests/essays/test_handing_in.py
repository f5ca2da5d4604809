"""To hand in, once and in time; to take back, before it is read."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.completion.models import Progress, Tally
from studyhub.completion.rules import EssayMark
from studyhub.essays import service
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Seal, Version
from studyhub.essays.text import content_hash
from studyhub.kernel.errors import Conflict, Forbidden, Unfit, Untimely
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import LatePolicy, Summons
from tests.world import NOW, World

TEXT = "Tôi đã đọc kỹ nghị quyết."
AFTER = NOW + timedelta(days=5)


def submit(db: Session, world: World, essay: Essay, *, later: timedelta = timedelta()) -> Version:
    actor = world.actor(essay.author)
    return service.submit(
        db, essay, revision=essay.draft_revision, own_work=True, by=actor, now=NOW + later
    )


def progress(db: Session, essay: Essay) -> Progress:
    return db.scalars(
        select(Progress)
        .join(Progress.summons)
        .where(Summons.round_id == essay.round_id, Summons.user_id == essay.author_id)
        .execution_options(populate_existing=True)
    ).one()


def returned(db: Session, world: World, essay: Essay) -> None:
    """As the review desk leaves it."""
    essay.state = State.RETURNED
    essay.versions[-1].reading_began_at = NOW
    essay.versions[-1].reading_began_by = world.binh.id
    db.flush()


def test_what_is_handed_in_is_a_numbered_version_with_a_receipt(db: Session, world: World) -> None:
    essay = world.essay(text=TEXT)

    version = submit(db, world, essay)

    assert (essay.state, essay.submitted_at) == (State.SUBMITTED, NOW)
    assert (version.number, version.syllables, version.is_late) == (1, 12, False)
    assert version.parts == [
        {"title": "Nhận thức", "text": TEXT},
        {"title": "Liên hệ thực tiễn", "text": TEXT},
    ]
    assert version.content_hash == content_hash(version.parts)
    assert version.receipt_code.startswith("BTH-")


def test_the_figures_move_with_it(db: Session, world: World) -> None:
    essay = world.essay()

    submit(db, world, essay)

    tally = db.scalars(
        select(Tally)
        .where(Tally.round_id == essay.round_id, Tally.path == "1/1/")
        .execution_options(populate_existing=True)
    ).one()
    assert (progress(db, essay).essay, progress(db, essay).late) == (EssayMark.SUBMITTED, False)
    assert (tally.writing, tally.waiting) == (0, 1)


def test_the_record_holds_figures_and_no_text(db: Session, world: World) -> None:
    essay = world.essay(text=TEXT)
    submit(db, world, essay)
    service.withdraw(db, essay, by=world.actor(world.an), now=NOW)

    entries = db.scalars(select(AuditEntry).where(AuditEntry.subject_id == essay.id)).all()

    assert [entry.deed for entry in entries] == [Deed.ESSAY_SUBMITTED, Deed.ESSAY_WITHDRAWN]
    link = db.scalars(select(Seal.link)).one()
    told = {"version": 1, "syllables": 12}
    assert [entry.facts for entry in entries] == [{**told, "own_work": 1, "link": link}, told]


def test_without_the_statement_nothing_is_handed_in(db: Session, world: World) -> None:
    essay = world.essay()
    actor = world.actor(world.an)

    with pytest.raises(Unfit, match="own work") as refused:
        service.submit(db, essay, revision=1, own_work=False, by=actor, now=NOW)

    assert (refused.value.about, essay.state) == ("own_work", State.DRAFT)
    assert service.submit(db, essay, revision=1, own_work=True, by=actor, now=NOW).own_work


def test_a_double_click_hands_in_once(db: Session, world: World) -> None:
    essay = world.essay()
    actor = world.actor(world.an)

    first = service.submit(db, essay, revision=1, own_work=True, by=actor, now=NOW)
    second = service.submit(
        db, essay, revision=1, own_work=True, by=actor, now=NOW + timedelta(seconds=1)
    )

    assert first is second
    assert db.scalars(select(Version.number)).all() == [1]


def test_the_whole_form_sent_twice_hands_in_once(db: Session, world: World) -> None:
    essay = world.essay(text="old")
    typed = {str(question.id): "new words" for question in essay.round.questions}
    actor = world.actor(world.an)

    first = service.hand_in(db, essay, typed, revision=1, own_work=True, by=actor, now=NOW)
    second = service.hand_in(db, essay, typed, revision=1, own_work=True, by=actor, now=NOW)

    assert first is second
    assert [part["text"] for part in first.parts] == ["new words", "new words"]


def test_other_words_after_the_hand_in_are_refused(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)
    typed = {str(question.id): "late thoughts" for question in essay.round.questions}

    with pytest.raises(Untimely, match="already been handed in"):
        service.hand_in(
            db, essay, typed, revision=1, own_work=True, by=world.actor(world.an), now=NOW
        )


def test_a_stale_window_hands_nothing_in(db: Session, world: World) -> None:
    essay = world.essay()
    essay.draft_revision = 5
    db.flush()

    with pytest.raises(Conflict):
        service.submit(db, essay, revision=4, own_work=True, by=world.actor(world.an), now=NOW)

    assert essay.state is State.DRAFT


def test_nobody_hands_in_for_another(db: Session, world: World) -> None:
    essay = world.essay()

    with pytest.raises(Forbidden):
        service.submit(db, essay, revision=1, own_work=True, by=world.actor(world.binh), now=NOW)


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_an_empty_essay_is_refused(db: Session, world: World, text: str) -> None:
    essay = world.essay(text=text)

    with pytest.raises(Unfit, match="empty"):
        submit(db, world, essay)


def test_a_short_essay_is_told_how_much_is_missing(db: Session, world: World) -> None:
    essay = world.essay(round_=world.round(min_syllables=20), text=TEXT)

    with pytest.raises(Unfit, match=r"12 words: 8 more are needed .* 20"):
        submit(db, world, essay)


def test_a_long_essay_is_told_how_much_is_too_much(db: Session, world: World) -> None:
    essay = world.essay(round_=world.round(max_syllables=10), text=TEXT)

    with pytest.raises(Unfit, match="12 words: 2 more than the maximum of 10"):
        submit(db, world, essay)


def test_a_late_essay_is_marked(db: Session, world: World) -> None:
    essay = world.essay(round_=world.round(late_until=NOW + timedelta(days=9)))

    version = submit(db, world, essay, later=timedelta(days=5))

    assert version.is_late
    assert progress(db, essay).late


@pytest.mark.parametrize("policy", LatePolicy)
def test_after_the_last_moment_nothing_is_taken(
    db: Session, world: World, policy: LatePolicy
) -> None:
    round_ = world.round(late_policy=policy, late_until=NOW + timedelta(days=4, hours=1))
    essay = world.essay(round_=round_)

    with pytest.raises(Untimely, match="deadline"):
        submit(db, world, essay, later=timedelta(days=5))


def test_a_closed_round_takes_nothing(db: Session, world: World) -> None:
    essay = world.essay()
    essay.round.state = RoundState.CLOSED

    with pytest.raises(Untimely, match="closed"):
        submit(db, world, essay)


def test_a_returned_essay_may_come_back_after_the_deadline_and_is_not_late(
    db: Session, world: World
) -> None:
    essay = world.essay(text="old")
    submit(db, world, essay)
    returned(db, world, essay)
    key = str(essay.round.questions[0].id)
    service.keep_draft(db, essay, {key: "new"}, revision=1, now=AFTER)

    version = submit(db, world, essay, later=timedelta(days=5))

    assert (version.number, version.is_late, essay.state) == (2, False, State.SUBMITTED)
    assert [v.number for v in essay.open_versions] == [1, 2]


def test_a_returned_essay_must_have_changed(db: Session, world: World) -> None:
    essay = world.essay()
    submit(db, world, essay)
    returned(db, world, essay)

    with pytest.raises(Unfit, match="Nothing has changed"):
        submit(db, world, essay)
