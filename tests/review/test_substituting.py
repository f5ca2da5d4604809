"""An officer judges while the secretary of a cell is away: with a reason, and told to all."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access import policy, scope
from studyhub.access.actors import actor_of
from studyhub.accounts.models import User
from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Conflict, Forbidden, StudyHubError, Unfit, Untimely
from studyhub.notices.models import Kind, Notice
from studyhub.review import certificate, service, substituting
from studyhub.review.models import Decision, Outcome, Substitution
from studyhub.review.substitutions import of_cell, standing_in
from studyhub.rounds.grading import Grading
from tests.world import NOW, TODAY, World

WEEK = timedelta(days=7)


def stand_in(db: Session, world: World, **changes: object) -> Substitution:
    told: dict[str, object] = {
        "since": TODAY, "until": TODAY + WEEK, "reason": "Đi công tác.", **changes,
    }  # fmt: skip
    return substituting.substitute(
        db, world.cell, by=world.actor(world.dung), now=NOW, **told  # type: ignore[arg-type]
    )  # fmt: skip


def accept(db: Session, world: World, essay: Essay, person: User) -> Decision:
    return service.decide(
        db, essay, 1, outcome=Outcome.ACCEPT, grade=None, remark="", by=world.actor(person), now=NOW
    )


def told(db: Session, person: User) -> list[str]:
    found = select(Notice.kind).where(Notice.user_id == person.id).order_by(Notice.at, Notice.kind)
    return list(db.scalars(found))


def test_without_it_an_officer_decides_nothing_in_a_cell(world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)

    assert not policy.judge_essay(world.actor(world.dung), essay)
    assert policy.substitute_on(world.actor(world.dung), essay)


def test_for_a_time_the_officer_judges_all_that_waits_in_the_cell(
    db: Session, world: World
) -> None:
    round_ = world.round()
    here, there = (
        world.essay(one, round_=round_, state=State.SUBMITTED) for one in (world.an, world.hoa)
    )
    stand_in(db, world)

    dung = world.actor(world.dung)
    later = actor_of(db, world.dung.id, TODAY + WEEK + timedelta(days=1))

    assert policy.judge_essay(dung, here)
    assert not policy.judge_essay(dung, there)
    assert not policy.judge_essay(later, here)


@pytest.mark.parametrize("one_by_one", [True, False])
def test_the_list_says_the_same_as_the_law(
    db: Session,
    world: World,
    one_by_one: bool,  # noqa: FBT001 - a column of the table
) -> None:
    round_ = world.round()
    people = (world.an, world.lan, world.binh, world.chi, world.hoa)
    essays = [world.essay(one, round_=round_, state=State.SUBMITTED) for one in people]
    stand_in(db, world)
    by = world.actor(world.dung)
    substituting.substitute_on(db, essays[-1], reason="Bí thư ốm.", by=by, now=NOW)

    for person in world.everyone:
        actor = world.actor(person)
        rows = scope.judgeable_essays(actor, one_by_one=one_by_one)
        listed = set(db.scalars(select(Essay.id).where(rows)))
        assert listed == {one.id for one in essays if policy.judge_essay(actor, one)}


def test_the_decision_says_by_what_right_and_the_secretary_is_told(
    db: Session, world: World
) -> None:
    essay = world.essay(state=State.SUBMITTED)
    made = stand_in(db, world)

    decision = accept(db, world, essay, world.dung)

    assert decision.substitution_id == made.id
    assert made.absent_id == world.binh.id
    assert told(db, world.binh) == [Kind.DECIDED_IN_PLACE, Kind.SUBSTITUTED]
    assert told(db, world.giang) == [Kind.DECIDED_IN_PLACE, Kind.SUBSTITUTED]
    entry = db.scalars(select(AuditEntry).where(AuditEntry.deed == Deed.ESSAY_ACCEPTED)).one()
    assert entry.facts["substitution"] == str(made.id)
    assert "Đi công tác." not in str([one.facts for one in db.scalars(select(AuditEntry))])


def test_the_seal_of_the_decision_holds_it(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)
    stand_in(db, world)
    decision = accept(db, world, essay, world.dung)

    with_it = certificate.seal(essay.versions[0], decision, [])
    decision.substitution_id = None

    assert certificate.seal(essay.versions[0], decision, []) != with_it


def test_what_goes_up_anyway_is_decided_in_ones_own_right(db: Session, world: World) -> None:
    essay = world.essay(world.binh, state=State.SUBMITTED)
    stand_in(db, world)

    assert accept(db, world, essay, world.dung).substitution_id is None


def test_whoever_leads_the_cell_decides_as_ever_and_the_second_is_told(
    db: Session, world: World
) -> None:
    essay = world.essay(state=State.SUBMITTED)
    stand_in(db, world)

    assert accept(db, world, essay, world.binh).substitution_id is None
    with pytest.raises(Conflict):
        accept(db, world, essay, world.dung)


def test_of_one_essay_it_opens_no_other(db: Session, world: World) -> None:
    round_ = world.round()
    one, other = (
        world.essay(person, round_=round_, state=State.SUBMITTED)
        for person in (world.an, world.lan)
    )
    by = world.actor(world.dung)

    first = substituting.substitute_on(db, one, reason="Bí thư ốm.", by=by, now=NOW)
    again = substituting.substitute_on(
        db, one, reason="Bí thư ốm.", by=world.actor(world.dung), now=NOW
    )

    assert again is first
    assert policy.judge_essay(world.actor(world.dung), one)
    assert not policy.judge_essay(world.actor(world.dung), other)
    assert accept(db, world, one, world.dung).substitution_id == first.id


def test_a_recalled_decision_is_no_longer_news(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)
    stand_in(db, world)
    accept(db, world, essay, world.dung)

    service.recall(db, essay, 1, by=world.actor(world.dung), now=NOW + timedelta(minutes=1))

    assert told(db, world.binh) == [Kind.SUBSTITUTED]


def test_the_secretary_ends_it_on_coming_back(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)
    made = stand_in(db, world)
    before = world.actor(world.dung)

    assert policy.end_substitution(world.actor(world.binh), made)
    assert not policy.end_substitution(world.actor(world.an), made)
    substituting.end(db, made, by=world.actor(world.binh), now=NOW)
    substituting.end(db, made, by=world.actor(world.binh), now=NOW)

    assert not policy.judge_essay(world.actor(world.dung), essay)
    assert told(db, world.dung) == [Kind.SUBSTITUTION_ENDED]
    with pytest.raises(Forbidden, match="no longer"):
        service.decide(
            db, essay, 1, outcome=Outcome.ACCEPT, grade=None, remark="", by=before, now=NOW
        )


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 1001}, "reason"),
        ({"since": TODAY - timedelta(days=1)}, "since"),
        ({"until": TODAY - timedelta(days=1)}, "until"),
        ({"until": TODAY + timedelta(days=93)}, "until"),
    ],
)
def test_it_has_a_reason_and_days_that_can_be(
    db: Session, world: World, changes: dict[str, object], about: str
) -> None:
    with pytest.raises(Unfit) as refused:
        stand_in(db, world, **changes)

    assert refused.value.about == about


def test_twice_at_the_same_time_is_refused_and_afterwards_is_not(db: Session, world: World) -> None:
    stand_in(db, world)

    with pytest.raises(Conflict):
        stand_in(db, world, since=TODAY + WEEK, until=TODAY + 2 * WEEK)
    stand_in(db, world, since=TODAY + WEEK + timedelta(days=1), until=TODAY + 2 * WEEK)

    assert len(of_cell(db, world.cell)) == 2


def test_what_is_judged_blind_is_never_opened_by_itself(db: Session, world: World) -> None:
    essay = world.essay(round_=world.round(blind=True), state=State.SUBMITTED)

    with pytest.raises(Untimely, match="blind"):
        substituting.substitute_on(
            db, essay, reason="Bí thư ốm.", by=world.actor(world.dung), now=NOW
        )
    stand_in(db, world)
    assert policy.judge_blind(world.actor(world.dung), essay)


@pytest.mark.parametrize("state", [State.RETURNED, State.ACCEPTED])
def test_only_what_waits_is_opened(db: Session, world: World, state: State) -> None:
    essay = world.essay(state=state)

    with pytest.raises(StudyHubError):
        substituting.substitute_on(
            db, essay, reason="Bí thư ốm.", by=world.actor(world.dung), now=NOW
        )


def test_a_mark_towards_a_decision_says_it_in_the_log(db: Session, world: World) -> None:
    round_ = world.round(grading=Grading.POINTS, markers=2)
    essay = world.essay(round_=round_, state=State.SUBMITTED)
    made = stand_in(db, world)

    service.give_mark(db, essay, 1, points=[800], remark="", by=world.actor(world.dung), now=NOW)

    entry = db.scalars(select(AuditEntry).where(AuditEntry.deed == Deed.ESSAY_MARKED)).one()
    assert entry.facts["substitution"] == str(made.id)


def test_the_author_is_told_who_may_read_it(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)
    stand_in(db, world)

    assert [one.officer.full_name for one in standing_in(db, essay, TODAY)] == ["Hoàng Tiến Dũng"]
    assert not standing_in(db, essay, TODAY + 2 * WEEK)
