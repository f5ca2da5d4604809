"""The list of an open round changes only by a named and reasoned act."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit.models import AuditEntry
from studyhub.completion.models import Progress
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.rounds import service as rounds
from studyhub.rounds.models import Call, StudyRound, Summons
from studyhub.study import calling
from studyhub.study.reading import finish_reading
from tests.world import NOW, World

Counted = Callable[..., tuple[int, int, int]]


def on_the_list(db: Session, round_: StudyRound, person: User) -> Summons:
    """Where the person stands on the list."""
    wanted = select(Summons).where(Summons.round_id == round_.id, Summons.user_id == person.id)
    return db.scalars(wanted).one()


def test_a_late_addition_is_named_reasoned_and_counted(
    db: Session, world: World, counted: Counted
) -> None:
    round_ = world.round(summoned=[world.an, world.hoa])
    dung = world.actor(world.dung)

    summons = calling.summon_late(db, round_, world.lan, reason="mới về", by=dung, now=NOW)

    assert (summons.added_late, summons.reason, summons.changed_by) == (
        True,
        "mới về",
        dung.user_id,
    )
    assert counted(round_, "1/1/") == (2, 0, 0)
    entry = db.scalars(select(AuditEntry).where(AuditEntry.deed == "round.summoned")).one()
    assert entry.facts["person"] == str(world.lan.id)


def test_what_a_latecomer_has_read_before_counts(db: Session, world: World) -> None:
    round_ = world.round(summoned=[world.an])
    finish_reading(db, round_.documents[0].document, by=world.actor(world.lan), now=NOW)

    dung = world.actor(world.dung)
    summons = calling.summon_late(db, round_, world.lan, reason="mới về", by=dung, now=NOW)
    db.expire_all()

    progress = db.get(Progress, summons.id)
    assert progress
    assert progress.read


def test_nobody_is_summoned_twice_or_from_outside(db: Session, world: World) -> None:
    round_, dung = world.round(), world.actor(world.dung)

    with pytest.raises(Conflict):
        calling.summon_late(db, round_, world.an, reason="?", by=dung, now=NOW)
    with pytest.raises(Unfit, match="does not belong"):
        calling.summon_late(db, round_, world.em, reason="?", by=dung, now=NOW)


def test_a_release_takes_the_person_out_of_every_figure(
    db: Session, world: World, counted: Counted
) -> None:
    round_ = world.round()
    summons = on_the_list(db, round_, world.an)

    calling.release(db, summons, reason="chuyển đi", by=world.actor(world.dung), now=NOW)

    assert counted(round_, "1/") == (5, 0, 0)
    assert (summons.call, summons.reason) == (Call.RELEASED, "chuyển đi")


def test_who_was_released_can_be_asked_again(db: Session, world: World, counted: Counted) -> None:
    round_, dung = world.round(), world.actor(world.dung)
    summons = on_the_list(db, round_, world.an)
    calling.release(db, summons, reason="chuyển đi", by=dung, now=NOW)

    calling.require(db, summons, reason="ở lại", by=dung, now=NOW)

    assert counted(round_, "1/") == (6, 0, 0)


@pytest.mark.parametrize("act", [calling.release, calling.exempt])
def test_no_act_without_a_reason(db: Session, world: World, act: Callable[..., None]) -> None:
    summons = on_the_list(db, world.round(), world.an)

    with pytest.raises(Unfit, match="reason"):
        act(db, summons, reason=" ", by=world.actor(world.dung), now=NOW)


def test_the_list_of_a_closed_round_stands(db: Session, world: World) -> None:
    round_, dung = world.round(summoned=[world.an]), world.actor(world.dung)
    rounds.close(db, round_, by=dung, now=NOW)

    with pytest.raises(Untimely):
        calling.release(db, on_the_list(db, round_, world.an), reason="?", by=dung, now=NOW)
    with pytest.raises(Untimely):
        calling.summon_late(db, round_, world.lan, reason="?", by=dung, now=NOW)
