"""Nothing is published without its author's consent, nor after they took it back."""

import itertools
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access import policy, scope
from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.booklet import answering, making, proposing, shelf
from studyhub.booklet.lifecycle import LIFE, Progress, Step, after
from studyhub.booklet.making import Volume
from studyhub.booklet.models import GoodEssay, Naming, is_published
from studyhub.essays.lifecycle import State
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.notices.models import Kind, Notice
from studyhub.review import appeals, recalling, service
from studyhub.review.models import Outcome
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from tests.booklet.shelved import accepted, asked, proposed, published
from tests.world import NOW, World

ALL = list(itertools.product(Progress, Step))


def told(db: Session, kind: Kind) -> set[object]:
    return set(db.scalars(select(Notice.user_id).where(Notice.kind == kind.value)))


def on_shelf(db: Session, good: GoodEssay) -> bool:
    """As the list has it; the row says the same."""
    db.flush()
    db.expire_all()
    found = making.contents(db, Volume(good.essay.round_id))
    listed = good in found
    assert good.is_published is listed
    assert (good.id in set(db.scalars(select(GoodEssay.id).where(is_published())))) is listed
    return listed


@pytest.mark.parametrize(("state", "step"), [pair for pair in ALL if pair not in LIFE])
def test_every_other_step_is_refused(state: Progress, step: Step) -> None:
    with pytest.raises(Untimely):
        after(state, step)


def test_only_the_authors_consent_publishes() -> None:
    assert {pair for pair, state in LIFE.items() if state is Progress.AGREED} == {
        (Progress.ASKED, Step.AGREE),
        (Progress.REFUSED, Step.AGREE),
        (Progress.AGREED, Step.AGREE),
    }


def test_from_the_cell_over_the_committee_to_its_author(db: Session, world: World) -> None:
    good = proposed(world)
    assert told(db, Kind.GOOD_ESSAY_PROPOSED) == {world.dung.id}
    assert not told(db, Kind.GOOD_ESSAY_ASKED), "the author hears nothing before"
    assert not policy.answer_for_good_essay(world.actor(world.an), good)

    answering.approve(db, good, word="", by=world.actor(world.dung), now=NOW)
    assert told(db, Kind.GOOD_ESSAY_ASKED) == {world.an.id}
    assert told(db, Kind.GOOD_ESSAY_APPROVED) == {world.binh.id}
    assert not on_shelf(db, good)

    answering.agree(db, good, naming=Naming.NAME, by=world.actor(world.an), now=NOW)
    assert on_shelf(db, good)
    assert told(db, Kind.GOOD_ESSAY_ANSWERED) == {world.binh.id, world.dung.id}
    deeds = db.scalars(select(AuditEntry.deed).where(AuditEntry.subject_id == good.essay_id))
    assert {*deeds} >= {
        Deed.GOOD_ESSAY_PROPOSED, Deed.GOOD_ESSAY_APPROVED, Deed.GOOD_ESSAY_AGREED,
    }  # fmt: skip


def test_what_is_declined_its_author_never_hears_of(db: Session, world: World) -> None:
    good = proposed(world)

    with pytest.raises(Unfit, match="Say why"):
        answering.decline(db, good, word=" ", by=world.actor(world.dung), now=NOW)
    answering.decline(db, good, word="Còn chung chung.", by=world.actor(world.dung), now=NOW)

    assert told(db, Kind.GOOD_ESSAY_DECLINED) == {world.binh.id}
    assert world.an.id not in set(db.scalars(select(Notice.user_id)))
    answering.approve(db, good, word="", by=world.actor(world.dung), now=NOW)
    assert good.progress is Progress.ASKED, "a second thought is possible"


def test_consent_is_refused_without_a_reason_and_given_later(db: Session, world: World) -> None:
    good = asked(world)
    an = world.actor(world.an)

    answering.refuse(db, good, by=an, now=NOW)
    assert not on_shelf(db, good)
    answering.agree(db, good, naming=Naming.NOBODY, by=an, now=NOW)
    assert on_shelf(db, good)


def test_consent_taken_back_takes_it_off_at_once(db: Session, world: World) -> None:
    good = published(world)
    assert on_shelf(db, good)
    assert shelf.shelves(db, scope.read_shelves(world.actor(world.hoa)))[0].count == 1

    answering.refuse(db, good, by=world.actor(world.an), now=NOW)

    assert not on_shelf(db, good)
    assert shelf.shelves(db, scope.read_shelves(world.actor(world.hoa))) == []
    assert good.naming is None


def test_the_committee_takes_one_off_and_its_author_is_told(db: Session, world: World) -> None:
    good = published(world)

    answering.decline(db, good, word="Có số liệu nội bộ.", by=world.actor(world.dung), now=NOW)

    assert not on_shelf(db, good)
    assert told(db, Kind.GOOD_ESSAY_TAKEN_OFF) == {world.an.id}
    answering.approve(db, good, word="", by=world.actor(world.dung), now=NOW)
    assert not on_shelf(db, good), "consent is asked for anew"


def test_a_recalled_decision_takes_it_off(db: Session, world: World) -> None:
    good = published(world)

    soon = NOW + timedelta(minutes=1)
    recalling.recall(db, good.essay, 1, by=world.actor(world.binh), now=soon)

    assert not on_shelf(db, good)
    with pytest.raises(Untimely, match="no longer stands"):
        answering.agree(db, good, naming=Naming.NAME, by=world.actor(world.an), now=soon)


def test_another_reading_takes_it_off_even_if_it_ends_well(db: Session, world: World) -> None:
    essay = accepted(world, round_=world.round(appeal_days=2))
    good = published(world, essay)

    appeals.appeal(db, essay, reason="Xin đọc lại.", by=world.actor(world.an), now=NOW)
    assert not on_shelf(db, good)
    service.decide(
        db, essay, 1, outcome=Outcome.ACCEPT, grade=None, remark="Tốt.",
        by=world.actor(world.giang), now=NOW + timedelta(hours=1),
    )  # fmt: skip
    assert essay.state is State.ACCEPTED
    assert not on_shelf(db, good)

    again = proposed(world, essay)
    assert again.id != good.id


def test_it_is_proposed_once_and_only_when_accepted(db: Session, world: World) -> None:
    good = proposed(world)
    with pytest.raises(Conflict, match="already"):
        proposed(world, good.essay)
    waiting = world.essay(world.lan, round_=good.essay.round, state=State.SUBMITTED)
    with pytest.raises(Untimely, match="accepted"):
        proposed(world, waiting)
    with pytest.raises(Unfit, match="Say why"):
        proposed(world, accepted(world, world.hoa, good.essay.round), reason=" \n")


def test_a_proposal_is_withdrawn_until_the_committee_has_approved(
    db: Session, world: World
) -> None:
    good = proposed(world)
    binh = world.actor(world.binh)

    proposing.withdraw(db, good, by=binh, now=NOW)
    assert shelf.of_essay(db, good.essay_id) is None

    again = asked(world, good.essay)
    with pytest.raises(Untimely, match="approved"):
        proposing.withdraw(db, again, by=binh, now=NOW)


def test_judged_blind_it_is_proposed_when_the_round_is_closed(db: Session, world: World) -> None:
    round_: StudyRound = world.round(blind=True)
    essay = accepted(world, round_=round_)

    with pytest.raises(Untimely, match="blind"):
        proposed(world, essay)
    round_.state = RoundState.CLOSED
    assert proposed(world, essay).progress is Progress.PROPOSED


def test_photographed_pages_alone_are_not_published(db: Session, world: World) -> None:
    with pytest.raises(Untimely, match="photographed"):
        proposed(world, accepted(world, text=" "))
