"""A cell asks; the committee above answers; to approve is to do it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.kernel.actor import Post
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.notices.models import Kind, Notice
from studyhub.org import petitioning, queries, service
from studyhub.org.models import Appointment, Leaving
from studyhub.org.petitions import Petition, PetitionState, Wish
from studyhub.org.telling import committee_above
from tests.org.people import membership_of
from tests.world import LONG_AGO, NOW, TODAY, World

ONE_DAY = timedelta(days=1)


def ask(
    db: Session, world: World, wish: Wish = Wish.TRANSFER, person: User | None = None
) -> Petition:
    where = "Chi bộ Thanh tra" if wish is Wish.TRANSFER else ""
    return petitioning.ask(
        db, membership_of(db, person or world.an), wish=wish, since=TODAY, reason="Đổi công tác",
        by=world.actor(world.binh), now=NOW, destination=where,
    )  # fmt: skip


def approve(db: Session, world: World, petition: Petition, on: date = TODAY) -> None:
    petitioning.approve_transfer(
        db, petition, world.other_cell, on=on, decision="Số 5-QĐ/ĐU",
        by=world.actor(world.dung), now=NOW,
    )  # fmt: skip


def told_of(db: Session, petition: Petition, kind: Kind) -> set[object]:
    notices = select(Notice).where(Notice.subject_id == petition.id, Notice.kind == kind)
    return {notice.user_id for notice in db.scalars(notices)}


def test_asking_changes_nothing_but_the_officer_is_told(db: Session, world: World) -> None:
    petition = ask(db, world)

    assert petition.state is PetitionState.ASKED
    assert membership_of(db, world.an).until is None
    assert told_of(db, petition, Kind.PETITION_ASKED) == {world.dung.id}


def test_the_nearest_officer_is_told_and_without_one_the_administrator(
    db: Session, world: World
) -> None:
    near = world.person("Cù Văn Gần", None)
    db.add(Appointment(user=near, unit=world.cell, post=Post.OFFICER, since=LONG_AGO))
    db.flush()
    assert committee_above(db, world.cell, TODAY) == [near.id]
    assert committee_above(db, world.other_cell, TODAY) == [world.dung.id]

    for held in db.scalars(select(Appointment).where(Appointment.post == Post.OFFICER)):
        held.until = TODAY - ONE_DAY
    db.flush()

    assert committee_above(db, world.cell, TODAY) == [world.em.id]


def test_to_approve_is_to_transfer(db: Session, world: World) -> None:
    petition = ask(db, world)

    approve(db, world, petition)

    latest = membership_of(db, world.an)
    assert (latest.cell, latest.since, latest.basis) == (world.other_cell, TODAY, "Số 5-QĐ/ĐU")
    assert (petition.state, petition.decision) == (PetitionState.APPROVED, "Số 5-QĐ/ĐU")
    assert told_of(db, petition, Kind.PETITION_APPROVED) == {world.binh.id, world.giang.id}


def test_what_cannot_be_done_is_not_approved(db: Session, world: World) -> None:
    petition = ask(db, world)

    with pytest.raises(Unfit, match="first day in the cell"):
        approve(db, world, petition, on=LONG_AGO)

    assert petition.is_open


def test_moving_away_is_not_leaving_the_party(db: Session, world: World) -> None:
    petition = ask(db, world)

    membership = petitioning.approve_moving_away(
        db, petition, until=TODAY, closes_at=NOW + ONE_DAY, decision="Số 5",
        by=world.actor(world.dung), now=NOW,
    )  # fmt: skip

    assert (membership.until, membership.leaving) == (TODAY, Leaving.MOVED_AWAY)
    assert world.an.closed_at == NOW + ONE_DAY


def test_an_exemption_is_approved_and_then_its_end(db: Session, world: World) -> None:
    dung = world.actor(world.dung)
    petitioning.approve_exemption(
        db, ask(db, world, Wish.EXEMPTION), since=TODAY, until=None, decision="Số 6", by=dung,
        now=NOW,
    )  # fmt: skip
    exemption = queries.history_of(db, world.an.id).exemptions[0]
    assert (exemption.reason, exemption.basis, exemption.until) == ("Đổi công tác", "Số 6", None)

    petitioning.approve_end_of_exemption(
        db, ask(db, world, Wish.END_OF_EXEMPTION), until=TODAY + ONE_DAY, decision="Số 7",
        by=dung, now=NOW,
    )  # fmt: skip

    assert (exemption.until, exemption.until_basis) == (TODAY + ONE_DAY, "Số 7")


def test_an_end_is_asked_only_of_what_there_is(db: Session, world: World) -> None:
    with pytest.raises(Untimely, match="not exempt any more"):
        ask(db, world, Wish.END_OF_EXEMPTION)

    service.exempt(
        db, world.an, since=LONG_AGO, until=TODAY - ONE_DAY, reason="Ốm", by=None, now=NOW
    )
    with pytest.raises(Untimely, match="not exempt any more"):
        ask(db, world, Wish.END_OF_EXEMPTION)


def test_declining_needs_a_reason_and_tells_the_cell(db: Session, world: World) -> None:
    petition = ask(db, world)
    with pytest.raises(Unfit, match="Say why"):
        petitioning.decline(db, petition, answer=" ", by=world.actor(world.dung), now=NOW)

    petitioning.decline(db, petition, answer="Chưa đủ", by=world.actor(world.dung), now=NOW)

    assert (petition.state, petition.answer) == (PetitionState.DECLINED, "Chưa đủ")
    assert told_of(db, petition, Kind.PETITION_DECLINED) == {world.binh.id, world.giang.id}
    assert membership_of(db, world.an).cell is world.cell


def test_withdrawn_or_answered_it_is_not_answered_again(db: Session, world: World) -> None:
    petition = ask(db, world)
    petitioning.withdraw(db, petition, by=world.actor(world.giang), now=NOW)

    assert told_of(db, petition, Kind.PETITION_WITHDRAWN) == {world.dung.id}
    with pytest.raises(Untimely, match="answered already"):
        approve(db, world, petition)
    with pytest.raises(Untimely, match="answered already"):
        petitioning.withdraw(db, petition, by=world.actor(world.binh), now=NOW)
    assert ask(db, world).is_open  # the cell may ask again


def test_the_same_is_not_asked_twice_at_once(db: Session, world: World) -> None:
    ask(db, world)

    with pytest.raises(Conflict, match="asked already"):
        ask(db, world)
    ask(db, world, Wish.EXEMPTION)


@pytest.mark.parametrize(
    ("reason", "where", "about"), [(" ", "Đâu đó", "reason"), ("Vì", " ", "destination")]
)
def test_reason_and_destination_are_said(
    db: Session, world: World, reason: str, where: str, about: str
) -> None:
    with pytest.raises(Unfit) as refused:
        petitioning.ask(
            db, membership_of(db, world.an), wish=Wish.TRANSFER, since=TODAY, reason=reason,
            destination=where, by=world.actor(world.binh), now=NOW,
        )  # fmt: skip

    assert refused.value.about == about


def test_who_has_gone_meanwhile_is_not_transferred_by_it(db: Session, world: World) -> None:
    petition = ask(db, world)
    service.transfer(db, membership_of(db, world.an), world.other_cell, on=TODAY, by=None, now=NOW)

    with pytest.raises(Untimely, match="no longer"):
        approve(db, world, petition)
