"""A post changes hands: the queue moves with it, fairly to those who wrote and those who read."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access import policy, scope
from studyhub.access.actors import actor_of
from studyhub.accounts.models import User
from studyhub.essays import drafting
from studyhub.essays.leading import note_leaders
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.org import service
from studyhub.org.models import Appointment
from studyhub.review import handover, listing, queries
from studyhub.review import service as review
from studyhub.review.models import Comment, Outcome
from studyhub.review.queue import Sieve
from tests.world import NOW, TODAY, World

ONE_DAY = timedelta(days=1)


def hand_over(db: Session, world: World, to: User, days: int = 0) -> Appointment:
    held = db.scalars(select(Appointment).where(Appointment.user_id == world.binh.id)).one()
    begun = service.hand_over(
        db, held, to, since=TODAY + days * ONE_DAY, basis="Số 7", by=None, now=NOW
    )
    note_leaders(db, TODAY, who=to)
    return begun


def queue(db: Session, person: User, days: int = 0) -> set[Essay]:
    actor = actor_of(db, person.id, TODAY + days * ONE_DAY)
    found = set(listing.listed(db, scope.judgeable_essays(actor), Sieve(), now=NOW).essays)
    assert all(policy.judge_essay(actor, essay) for essay in found)
    return found


def test_the_queue_moves_on_the_day_and_not_before(db: Session, world: World) -> None:
    essay = world.essay(world.an, state=State.SUBMITTED)

    hand_over(db, world, world.lan, days=3)

    assert queue(db, world.binh, 2) == {essay}
    assert queue(db, world.lan, 2) == set()
    assert queue(db, world.binh, 3) == set()
    assert queue(db, world.lan, 3) == {essay}


def test_the_essay_of_the_new_secretary_goes_to_deputy_or_committee(
    db: Session, world: World
) -> None:
    essay = world.essay(world.lan, state=State.SUBMITTED)
    assert not essay.author_leads

    hand_over(db, world, world.lan)

    assert essay not in queue(db, world.lan)
    assert essay in queue(db, world.giang)
    assert essay in queue(db, world.dung)


def test_an_essay_begun_before_the_day_of_the_post_is_a_leaders_too(
    db: Session, world: World
) -> None:
    round_ = world.round()
    hand_over(db, world, world.lan, days=3)

    essay = drafting.begin(db, round_, by=world.actor(world.lan), now=NOW)

    assert essay.author_leads


def test_the_essay_of_the_former_stays_open_to_the_committee_and_to_the_new_secretary(
    db: Session, world: World
) -> None:
    essay = world.essay(world.binh, state=State.SUBMITTED)
    review.begin_reading(db, essay.id, by=world.actor(world.dung), now=NOW)

    hand_over(db, world, world.lan)

    assert essay in queue(db, world.dung)  # who was reading may finish
    assert essay in queue(db, world.lan)
    assert essay in queue(db, world.giang)
    assert essay not in queue(db, world.binh)


def test_what_waits_is_told_round_by_round_with_what_is_half_done(
    db: Session, world: World
) -> None:
    round_ = world.round()
    first = world.essay(world.an, round_=round_, state=State.SUBMITTED)
    world.essay(world.giang, round_=round_, state=State.SUBMITTED)
    world.essay(world.binh, round_=round_, state=State.SUBMITTED)
    world.essay(world.lan, round_=round_, state=State.SUBMITTED)
    binh = world.actor(world.binh)
    review.begin_reading(db, first.id, by=binh, now=NOW)
    review.comment(db, first.versions[0], part=0, paragraph=0, text="Rõ.", by=binh, now=NOW)

    (pile,) = handover.piles(db, world.cell, world.binh.id, successor_id=world.lan.id)

    assert (pile.title, pile.waiting, pile.opened, pile.remarked) == (round_.title, 2, 1, 1)
    own = handover.under_way(db, world.cell, [world.binh.id, world.lan.id])
    assert {essay.author for essay in own} == {world.binh, world.lan}


def test_remarks_not_sent_stay_their_authors_and_no_other_sees_them(
    db: Session, world: World
) -> None:
    essay = world.essay(world.an, state=State.SUBMITTED)
    binh, version = world.actor(world.binh), essay.versions[0]
    mine = review.comment(db, version, part=0, paragraph=0, text="Rõ.", by=binh, now=NOW)
    assert list(handover.left_unsent(db, world.binh.id, scope.judgeable_essays(binh))) == []

    hand_over(db, world, world.lan)

    lan = world.actor(world.lan)
    former = world.actor(world.binh)
    left = handover.left_unsent(db, world.binh.id, scope.judgeable_essays(former))
    assert list(left) == [mine]
    shown = queries.comments_on(db, [version], reader_id=lan.user_id)
    assert mine not in [one for comments in shown.values() for one in comments]
    review.decide(db, essay, 1, outcome=Outcome.ACCEPT, grade=None, remark="", by=lan, now=NOW)
    assert db.get_one(Comment, mine.id).sent_at is None
