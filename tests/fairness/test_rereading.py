"""Saying what one thinks of a decision: it decides nothing, and reaches those whom it concerns."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access import policy
from studyhub.accounts.models import User
from studyhub.audit.models import AuditEntry
from studyhub.essays.lifecycle import State
from studyhub.fairness import queries
from studyhub.fairness.models import Reread
from studyhub.fairness.rereading import say
from studyhub.fairness.sampling import conclude
from studyhub.fairness.summary import by_cell, count
from studyhub.kernel.errors import Conflict, Forbidden, Unfit, Untimely
from studyhub.notices.models import Kind, Notice
from studyhub.review.models import Decision
from tests.fairness.decided import decided, reread_of, sample_of
from tests.world import NOW, World

OTHERWISE = "Liên hệ còn chung chung, nên trả lại."


@pytest.fixture
def reread(db: Session, world: World) -> Reread:
    """Of An's essay, which Binh accepted."""
    essays = decided(db, world)
    return reread_of(sample_of(db, world, essays[0].round), essays[0])


def differs(db: Session, world: World, reread: Reread, who: str = "dung", **more: object) -> None:
    told = {"agrees": False, "remark": OTHERWISE, "now": NOW, **more}
    by = world.actor(getattr(world, who))
    say(db, reread, by=by, **told)  # type: ignore[arg-type]


def told_of_it(db: Session) -> set[User]:
    kinds = select(Notice.user_id).where(Notice.kind == Kind.REREAD_DIFFERS)
    return set(db.scalars(select(User).where(User.id.in_(kinds))))


def test_another_opinion_changes_no_decision(db: Session, world: World, reread: Reread) -> None:
    differs(db, world, reread)

    essay = reread.essay
    assert essay.state is State.ACCEPTED
    assert db.get_one(Decision, reread.version_id).remark == "Tốt."
    assert told_of_it(db) == {world.binh}
    assert OTHERWISE not in str([entry.facts for entry in db.scalars(select(AuditEntry))])


def test_agreeing_is_told_to_nobody(db: Session, world: World, reread: Reread) -> None:
    differs(db, world, reread, agrees=True, remark="")

    assert told_of_it(db) == set()
    assert reread.agrees is True


def test_a_corrected_opinion_takes_its_notice_along(
    db: Session, world: World, reread: Reread
) -> None:
    differs(db, world, reread)
    differs(db, world, reread, agrees=True, remark="", now=NOW + timedelta(hours=1))

    assert told_of_it(db) == set()
    assert not queries.differing_of(db, reread.essay)


def test_the_same_sent_twice_is_one(db: Session, world: World, reread: Reread) -> None:
    differs(db, world, reread)
    differs(db, world, reread, now=NOW + timedelta(seconds=1))

    assert reread.read_at == NOW
    assert len(db.scalars(select(Notice).where(Notice.kind == Kind.REREAD_DIFFERS)).all()) == 1


def test_whoever_is_second_is_told_who_was_first(db: Session, world: World, reread: Reread) -> None:
    differs(db, world, reread)

    with pytest.raises(Conflict) as refused:
        differs(db, world, reread, who="phuc", agrees=True, remark="")

    assert refused.value.values["name"] == "Hoàng Tiến Dũng"
    assert reread.agrees is False


def test_nobody_reads_again_what_they_judged_or_wrote(
    db: Session, world: World, reread: Reread
) -> None:
    reread.judges = str(world.dung.id)
    db.flush()

    assert not policy.read_again(world.actor(world.dung), reread)
    assert policy.read_again(world.actor(world.phuc), reread)
    with pytest.raises(Forbidden):
        differs(db, world, reread)
    with pytest.raises(Forbidden):
        differs(db, world, reread, who="an")


def test_a_difference_must_be_told(db: Session, world: World, reread: Reread) -> None:
    with pytest.raises(Unfit) as refused:
        differs(db, world, reread, remark="  ")

    assert refused.value.about == "remark"


def test_a_closed_sample_stays_as_it_is(db: Session, world: World, reread: Reread) -> None:
    conclude(db, reread.sample, words="", by=world.actor(world.dung), now=NOW)

    with pytest.raises(Untimely):
        differs(db, world, reread)


def test_the_next_is_one_that_nobody_has_read_and_one_may(
    db: Session, world: World, reread: Reread
) -> None:
    sample = reread.sample
    for one in sample.rereads[1:]:
        one.judges = str(world.dung.id)
    differs(db, world, sample.rereads[0])

    assert queries.next_unread(db, sample, reader_id=world.dung.id) is None
    assert queries.next_unread(db, sample, reader_id=world.phuc.id) == sample.rereads[1].id


def test_cell_by_cell_in_fractions_and_in_the_order_of_the_tree(
    db: Session, world: World, reread: Reread
) -> None:
    differs(db, world, reread)
    sample = queries.whole(db, reread.sample)

    lines = by_cell(sample.rereads)

    assert [(one.cell, one.read, one.drawn, one.differing) for one in lines] == [
        ("Chi bộ Văn phòng", 1, 2, 1),
        ("Chi bộ Thanh tra", 0, 1, 0),
    ]
    whole = count(sample.rereads)
    assert (whole.read, whole.drawn, whole.agreeing, whole.is_whole) == (1, 3, 0, False)
