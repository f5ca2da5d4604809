"""Typed by the cell for a member who has no device, and handed in."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.models import AuditEntry
from studyhub.completion.rules import EssayMark
from studyhub.essays import on_behalf, sealing, service, transcribing
from studyhub.essays.lifecycle import State
from studyhub.jobs.models import Job
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.notices.models import Kind
from studyhub.reconciliation import service as reconciliation
from tests.essays.paper import TEXT, hand_in, mark, paper, told, typed
from tests.world import NOW, TODAY, World


def test_what_the_cell_typed_is_a_version_that_says_so(db: Session, world: World) -> None:
    transcript = typed(db, world, world.round())

    version = hand_in(db, world, transcript)

    essay = transcript.essay
    assert (version.on_behalf_by, version.received_on) == (world.binh.id, TODAY)
    assert version.kept_where == "Tủ hồ sơ chi bộ"
    assert (version.own_work, version.by_rule, version.is_late) == (False, False, False)
    assert essay.state is State.SUBMITTED
    assert mark(db, essay) == (EssayMark.SUBMITTED, False)
    assert told(db, world.an) == [Kind.ESSAY_ON_BEHALF]
    assert "essay.handed_in_on_behalf" in db.scalars(select(AuditEntry.deed)).all()
    assert "similarity.compare" in db.scalars(select(Job.kind)).all()


def test_the_figures_are_what_a_recount_finds_and_the_seals_agree(
    db: Session, world: World
) -> None:
    round_ = world.round()
    hand_in(db, world, typed(db, world, round_))
    db.flush()

    assert not list(reconciliation.differences(db, round_))
    assert not list(sealing.faults(db))


def test_another_day_of_receipt_breaks_the_seal(db: Session, world: World) -> None:
    version = hand_in(db, world, typed(db, world, world.round()))

    version.received_on = TODAY - timedelta(days=3)
    db.flush()

    assert list(sealing.faults(db))


def test_the_members_own_draft_is_neither_read_nor_changed(db: Session, world: World) -> None:
    round_ = world.round()
    essay = world.essay(round_=round_, text="Bản của riêng tôi.")
    before = dict(essay.draft)

    version = hand_in(db, world, typed(db, world, round_))

    assert essay.draft == before
    assert [part["text"] for part in version.parts] == [TEXT, TEXT]
    service.withdraw(db, essay, by=world.actor(world.an), now=NOW)
    assert (essay.state, essay.draft) == (State.DRAFT, before)


def test_the_members_own_hand_in_at_the_same_time_is_not_taken_for_the_cells(
    db: Session, world: World
) -> None:
    round_ = world.round()
    essay = world.essay(round_=round_)
    hand_in(db, world, typed(db, world, round_))

    with pytest.raises(Untimely, match="already been handed in"):
        service.hand_in(
            db, essay, dict(essay.draft), revision=essay.draft_revision, own_work=True,
            by=world.actor(world.an), now=NOW,
        )  # fmt: skip


def test_where_the_member_has_handed_in_nothing_is_handed_in_for_them(
    db: Session, world: World
) -> None:
    round_ = world.round()
    transcript = typed(db, world, round_)
    transcript.essay.state, transcript.essay.submitted_at = State.SUBMITTED, NOW
    db.flush()

    with pytest.raises(Untimely):
        hand_in(db, world, transcript)

    assert transcript.draft_revision == transcribing.keep(
        db, transcript, {}, revision=transcript.draft_revision, now=NOW
    )


def test_a_repeated_hand_in_is_the_same_version(db: Session, world: World) -> None:
    transcript = typed(db, world, world.round())

    assert hand_in(db, world, transcript) is hand_in(db, world, transcript)


def test_a_text_that_changed_meanwhile_is_not_handed_in(db: Session, world: World) -> None:
    transcript = typed(db, world, world.round())

    with pytest.raises(Conflict):
        on_behalf.hand_in(db, transcript, paper(), revision=0, by=world.actor(world.giang), now=NOW)


def test_the_minimum_holds_for_what_is_typed_and_not_for_scans(db: Session, world: World) -> None:
    round_ = world.round(min_syllables=100, takes_handwriting=True)
    transcript = typed(db, world, round_)

    with pytest.raises(Unfit, match="words"):
        hand_in(db, world, transcript)

    page = {"key": "a" * 64, "width": "10", "height": "14"}
    transcribing.set_pages(db, transcript, [page, page], by=world.actor(world.binh), now=NOW)
    assert hand_in(db, world, transcript).pages == [page]


def test_what_was_returned_can_be_typed_again(db: Session, world: World) -> None:
    transcript = typed(db, world, world.round())
    first = hand_in(db, world, transcript)
    transcript.essay.state = State.RETURNED
    first.reading_began_at, first.reading_began_by = NOW, world.binh.id
    db.flush()
    texts = dict.fromkeys(transcript.draft, "Bản bổ sung.")
    transcribing.keep(db, transcript, texts, revision=transcript.draft_revision, now=NOW)

    second = hand_in(db, world, transcript)

    assert (second.number, second.is_late) == (2, False)
