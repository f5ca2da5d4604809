"""Extending and closing a round."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.models import AuditEntry
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.rounds import service
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import LatePolicy
from tests.world import NOW, World

LATER = NOW + timedelta(days=9)


def test_a_later_deadline_is_kept_with_its_reason(db: Session, world: World) -> None:
    round_ = world.round()

    service.extend(db, round_, LATER, reason="bão số 3", by=world.actor(world.dung), now=NOW)
    db.flush()

    entry = db.scalars(select(AuditEntry).where(AuditEntry.deed == "round.extended")).one()
    assert (round_.closes_at, entry.facts["reason"]) == (LATER, "bão số 3")


def test_an_extension_needs_a_reason_and_a_later_moment(db: Session, world: World) -> None:
    round_ = world.round()
    dung = world.actor(world.dung)

    with pytest.raises(Unfit, match="reason"):
        service.extend(db, round_, LATER, reason=" ", by=dung, now=NOW)
    with pytest.raises(Unfit, match="later"):
        service.extend(db, round_, round_.closes_at, reason="bão", by=dung, now=NOW)


def test_late_essays_are_taken_at_least_until_the_new_deadline(db: Session, world: World) -> None:
    round_ = world.round(late_policy=LatePolicy.MARK, late_until=NOW + timedelta(days=5))

    service.extend(db, round_, LATER, reason="bão", by=world.actor(world.dung), now=NOW)

    assert round_.late_until == LATER


def test_a_closed_round_opens_again_when_it_is_extended(db: Session, world: World) -> None:
    round_ = world.round()
    dung = world.actor(world.dung)
    service.close(db, round_, by=dung, now=NOW)
    assert (round_.state, round_.takes_essays(NOW)) == (RoundState.CLOSED, False)

    service.extend(db, round_, LATER, reason="bão", by=dung, now=NOW)
    db.flush()

    assert (round_.state, round_.closed_at) == (RoundState.OPEN, None)


def test_a_draft_is_neither_extended_nor_closed(db: Session, world: World) -> None:
    round_ = world.round(is_open=False)
    dung = world.actor(world.dung)

    with pytest.raises(Untimely):
        service.close(db, round_, by=dung, now=NOW)
    with pytest.raises(Untimely):
        service.extend(db, round_, LATER, reason="bão", by=dung, now=NOW)
