"""To take back what was handed in, as long as nobody reads it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.completion.models import Progress
from studyhub.completion.rules import EssayMark
from studyhub.essays import service
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.kernel.errors import Conflict, Untimely
from studyhub.rounds.models import Summons
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


def test_an_essay_can_be_taken_back_and_handed_in_again(db: Session, world: World) -> None:
    essay = world.essay()
    first = submit(db, world, essay)

    service.withdraw(db, essay, by=world.actor(world.an), now=NOW)

    assert (essay.state, essay.submitted_at) == (State.DRAFT, None)
    assert not essay.has_been_handed_in
    assert progress(db, essay).essay is EssayMark.DRAFT

    second = submit(db, world, essay)

    assert (second.number, second.receipt_code != first.receipt_code) == (2, True)
    assert essay.open_versions == [second]


def test_a_late_repeat_of_the_hand_in_does_not_undo_the_taking_back(
    db: Session, world: World
) -> None:
    essay = world.essay()
    submit(db, world, essay)
    service.withdraw(db, essay, by=world.actor(world.an), now=NOW)

    with pytest.raises(Conflict):
        service.submit(db, essay, revision=1, own_work=True, by=world.actor(world.an), now=NOW)


def test_what_is_being_read_can_not_be_taken_back(db: Session, world: World) -> None:
    essay = world.essay()
    version = submit(db, world, essay)
    version.reading_began_at = NOW
    db.flush()

    with pytest.raises(Untimely, match="being read"):
        service.withdraw(db, essay, by=world.actor(world.an), now=NOW)

    assert essay.state is State.SUBMITTED


def test_nobody_takes_back_what_could_not_be_handed_in_again(db: Session, world: World) -> None:
    essay = world.essay()
    submit(db, world, essay)

    with pytest.raises(Untimely, match="could not be handed in again"):
        service.withdraw(db, essay, by=world.actor(world.an), now=AFTER)

    assert essay.state is State.SUBMITTED


def test_another_persons_reading_is_on_record_and_ones_own_is_not(
    db: Session, world: World
) -> None:
    essay = world.essay(state=State.SUBMITTED)
    service.note_reading(db, essay, 1, by=world.actor(world.an), now=NOW)
    service.note_reading(db, essay, 1, by=world.actor(world.phuc), now=NOW)

    entry = db.scalars(select(AuditEntry).where(AuditEntry.subject_id == essay.id)).one()

    assert (entry.actor_id, entry.deed, entry.facts) == (
        world.phuc.id,
        Deed.ESSAY_READ,
        {"version": 1},
    )
