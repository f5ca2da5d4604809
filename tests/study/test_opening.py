"""A round is opened for real."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.completion.models import Progress, Tally
from studyhub.kernel.errors import Untimely
from studyhub.kernel.ids import new_uuid
from studyhub.org.models import Exemption, Membership, Standing
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, LatePolicy, StudyRound, Summons
from studyhub.rounds.readiness import NotReady
from studyhub.study.models import StudySession
from studyhub.study.opening import discard, open_round
from studyhub.study.reading import finish_reading
from tests.statements import counted
from tests.world import LONG_AGO, NOW, World


def _draft(world: World) -> StudyRound:
    round_ = world.round(is_open=False, late_policy=LatePolicy.REFUSE)
    world.session(round_)
    return round_


def test_the_list_is_frozen_with_cell_standing_and_exemption(db: Session, world: World) -> None:
    db.add(Exemption(user=world.an, reason="tuổi cao", since=LONG_AGO))
    round_ = _draft(world)

    count = open_round(db, round_, by=world.actor(world.dung), now=NOW)

    rows = {s.user_id: s for s in db.scalars(select(Summons).where(Summons.round_id == round_.id))}
    assert (round_.state, round_.opened_at, count) == (RoundState.OPEN, NOW, 5)
    assert (rows[world.an.id].call, rows[world.an.id].reason) == (Call.EXEMPT, "tuổi cao")
    assert (rows[world.chi.id].call, rows[world.chi.id].cell_path) == (Call.REQUIRED, "1/2/")


def test_the_figures_begin_with_the_list(db: Session, world: World) -> None:
    db.add(Exemption(user=world.an, reason="tuổi cao", since=LONG_AGO))
    round_ = _draft(world)

    open_round(db, round_, by=world.actor(world.dung), now=NOW)

    db.expire_all()
    tallies = db.scalars(select(Tally).where(Tally.round_id == round_.id)).all()
    assert {t.path: (t.required, t.exempt) for t in tallies} == {
        "1/": (5, 1),
        "1/1/": (3, 1),
        "1/2/": (2, 0),
    }


def test_who_moves_later_stays_on_the_list(db: Session, world: World) -> None:
    round_ = _draft(world)
    open_round(db, round_, by=world.actor(world.dung), now=NOW)
    membership = db.scalars(select(Membership).where(Membership.user_id == world.an.id)).one()
    membership.cell = world.other_cell
    db.flush()

    summons = db.scalars(select(Summons).where(Summons.user_id == world.an.id)).one()

    assert summons.cell_id == world.cell.id


def test_what_was_read_before_counts(db: Session, world: World) -> None:
    round_ = _draft(world)
    document = round_.documents[0].document
    finish_reading(db, document, by=world.actor(world.an), now=NOW)

    open_round(db, round_, by=world.actor(world.dung), now=NOW)

    read = db.scalars(
        select(Summons.user_id)
        .join(Progress, Progress.summons_id == Summons.id)
        .where(Progress.read)
    )
    assert list(read) == [world.an.id]


def test_everything_missing_is_said_in_one_refusal(db: Session, world: World) -> None:
    round_ = world.round(is_open=False, closes_in=timedelta(hours=-1))
    round_.documents = []

    with pytest.raises(NotReady) as refusal:
        open_round(db, round_, by=world.actor(world.dung), now=NOW)

    fields = {gap.field for gap in refusal.value.gaps}
    assert fields == {"documents", "sessions", "closes_on", "late_until_on"}
    assert round_.state is RoundState.DRAFT


def test_a_round_opens_once(db: Session, world: World) -> None:
    round_ = _draft(world)
    open_round(db, round_, by=world.actor(world.dung), now=NOW)

    with pytest.raises(Untimely):
        open_round(db, round_, by=world.actor(world.dung), now=NOW)


def test_a_large_list_takes_no_statement_per_member(db: Session, world: World) -> None:
    round_ = _draft(world)
    people = [User(id=new_uuid(), full_name=f"Nguyễn Văn {n}") for n in range(120)]
    db.add_all(people)
    db.add_all(
        Membership(user=p, cell=world.cell, standing=Standing.OFFICIAL, since=LONG_AGO)
        for p in people
    )
    dung = world.actor(world.dung)

    with counted(db) as statements:
        open_round(db, round_, by=dung, now=NOW)

    assert len(statements) < 30


def test_a_discarded_draft_goes_with_its_sessions(db: Session, world: World) -> None:
    round_ = _draft(world)
    db.flush()

    discard(db, round_, by=world.actor(world.dung), now=NOW)
    db.flush()

    assert db.scalars(select(StudyRound)).all() == []
    assert db.scalars(select(StudySession)).all() == []


def test_what_has_been_opened_is_not_discarded(db: Session, world: World) -> None:
    round_ = world.round()

    with pytest.raises(Untimely):
        discard(db, round_, by=world.actor(world.dung), now=NOW)
