"""Belonging: to one cell at a time, from a day, perhaps until one."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts import passwords
from studyhub.accounts import service as accounts
from studyhub.accounts.models import User
from studyhub.audit.models import AuditEntry
from studyhub.kernel.actor import Post
from studyhub.kernel.errors import Conflict, StudyHubError, Unfit, Untimely
from studyhub.org import queries, service
from studyhub.org.models import Membership, Standing, UnitKind
from studyhub.org.service import Particulars
from tests.org.people import membership_of
from tests.world import LONG_AGO, NOW, TODAY, World

MAY = date(2026, 5, 19)


def end(db: Session, membership: Membership, until: date) -> None:
    service.end_membership(db, membership, until=until, basis="Số 9-QĐ/ĐU", by=None, now=NOW)


def admit(db: Session, world: World, person: User, since: date) -> Membership:
    return service.admit(
        db, person, world.other_cell, standing=Standing.OFFICIAL, since=since, by=None, now=NOW
    )


def test_nobody_belongs_to_two_cells(db: Session, world: World) -> None:
    with pytest.raises(Conflict, match="Chi bộ Văn phòng"):
        admit(db, world, world.an, TODAY)


def test_whoever_has_left_may_come_again_from_the_next_day(db: Session, world: World) -> None:
    end(db, membership_of(db, world.an), MAY)

    with pytest.raises(Conflict):
        admit(db, world, world.an, MAY)
    again = admit(db, world, world.an, date(2026, 5, 20))

    assert membership_of(db, world.an) is again


def test_members_belong_to_a_cell_and_to_a_group_of_it(db: Session, world: World) -> None:
    group = service.found_unit(
        db, world.cell, kind=UnitKind.GROUP, name="Tổ 1", since=TODAY, by=None, now=NOW
    )
    new = world.person("Mai Văn Mới", None)

    for cell, its_group in ((world.district, None), (world.other_cell, group)):
        with pytest.raises(Unfit):
            service.admit(
                db,
                new,
                cell,
                standing=Standing.OFFICIAL,
                since=TODAY,
                group=its_group,
                by=None,
                now=NOW,
            )


def test_recognition_closes_the_probation_the_day_before(db: Session, world: World) -> None:
    new = world.person("Mai Văn Mới", world.cell, standing=Standing.PROBATIONARY)
    db.flush()
    probation = membership_of(db, new)

    official = service.recognise_official(
        db, probation, on=MAY, basis="Số 12-QĐ/ĐU", by=None, now=NOW
    )

    assert (probation.until, official.since) == (date(2026, 5, 18), MAY)
    assert (official.standing, official.basis) == (Standing.OFFICIAL, "Số 12-QĐ/ĐU")
    with pytest.raises(Untimely):
        service.recognise_official(db, official, on=TODAY, by=None, now=NOW)


def test_recognition_comes_after_probation_has_begun(db: Session, world: World) -> None:
    new = world.person("Mai Văn Mới", world.cell, standing=Standing.PROBATIONARY)
    db.flush()

    with pytest.raises(Unfit):
        service.recognise_official(db, membership_of(db, new), on=LONG_AGO, by=None, now=NOW)


def test_posts_in_the_cell_end_with_the_membership(db: Session, world: World) -> None:
    service.appoint(db, world.binh, world.district, Post.OVERSEER, since=MAY, by=None, now=NOW)

    end(db, membership_of(db, world.binh), TODAY)

    held = {row.post: row.until for row in queries.history_of(db, world.binh.id).appointments}
    assert held == {Post.SECRETARY: TODAY, Post.OVERSEER: None}


def test_an_end_can_be_taken_back_but_not_over_a_later_membership(
    db: Session, world: World
) -> None:
    first = membership_of(db, world.an)
    end(db, first, MAY)
    service.take_back_end(db, first, by=None, now=NOW)
    assert (first.until, first.until_basis) == (None, "")

    end(db, first, MAY)
    admit(db, world, world.an, TODAY)

    with pytest.raises(Conflict):
        service.take_back_end(db, first, by=None, now=NOW)


@pytest.mark.parametrize("until", [date(2019, 12, 31)])
def test_a_membership_does_not_end_before_it_begins(db: Session, world: World, until: date) -> None:
    with pytest.raises(Unfit, match="01/01/2020"):
        end(db, membership_of(db, world.an), until)


def test_a_membership_ends_once(db: Session, world: World) -> None:
    end(db, membership_of(db, world.an), MAY)

    with pytest.raises(Untimely):
        end(db, membership_of(db, world.an), TODAY)


def test_two_exemptions_of_a_person_never_overlap(db: Session, world: World) -> None:
    first = service.exempt(
        db, world.an, since=MAY, reason="Tuổi cao", basis="Số 3-QĐ/ĐU", by=None, now=NOW
    )
    with pytest.raises(Conflict):
        service.exempt(db, world.an, since=TODAY, reason="Sức khỏe", by=None, now=NOW)

    service.end_exemption(db, first, until=date(2026, 6, 1), by=None, now=NOW)
    service.exempt(db, world.an, since=TODAY, reason="Sức khỏe", by=None, now=NOW)

    assert len(queries.history_of(db, world.an.id).exemptions) == 2


def test_an_exemption_needs_a_reason_and_is_only_shortened(db: Session, world: World) -> None:
    with pytest.raises(Unfit):
        service.exempt(db, world.an, since=TODAY, reason="  ", by=None, now=NOW)
    exemption = service.exempt(db, world.an, since=MAY, until=TODAY, reason="Ốm", by=None, now=NOW)

    with pytest.raises(Untimely):
        service.end_exemption(db, exemption, until=TODAY, by=None, now=NOW)


def test_a_newcomer_gets_a_cell_and_a_password_to_be_told_once(db: Session, world: World) -> None:
    who = Particulars(full_name="  Mai  Văn Mới ", card_number="0012 3456 7890")

    added = service.add_member(
        db,
        world.cell,
        who,
        standing=Standing.PROBATIONARY,
        since=TODAY,
        by=world.actor(world.dung),
        now=NOW,
    )

    user = added.membership.user
    assert (user.full_name, user.card_number) == ("Mai Văn Mới", "001234567890")
    assert user.must_change_password
    assert passwords.matches(user.password_hash, added.first_password or "")


def test_a_card_number_that_is_taken_adds_nobody(db: Session, world: World) -> None:
    who = Particulars(full_name="Mai Văn Mới", card_number=world.an.card_number)

    with pytest.raises(StudyHubError):
        service.add_member(
            db, world.cell, who, standing=Standing.OFFICIAL, since=TODAY, by=None, now=NOW
        )

    db.rollback()
    assert db.scalars(select(User).where(User.full_name == "Mai Văn Mới")).first() is None


@pytest.mark.parametrize("taken", ["card_number", "email"])
def test_of_two_who_take_a_sign_in_name_in_one_moment_the_later_is_refused(
    db: Session, world: World, monkeypatch: pytest.MonkeyPatch, taken: str
) -> None:
    look = accounts._taken
    first = [False]
    monkeypatch.setattr(accounts, "_taken", lambda *what: first.pop() if first else look(*what))
    names = {taken: getattr(world.an, taken)}

    with pytest.raises(Unfit, match="Another person already has this") as refused:
        accounts.add_person(db, full_name="Mai Văn Mới", **names, by=None, now=NOW)

    assert refused.value.about == taken
    assert db.scalars(select(User).where(User.full_name == "Mai Văn Mới")).first() is None


def test_the_log_tells_ids_and_days_but_no_names(db: Session, world: World) -> None:
    membership = membership_of(db, world.an)

    end(db, membership, TODAY)

    entry = db.scalars(select(AuditEntry).where(AuditEntry.subject_id == membership.id)).one()
    assert (entry.deed, entry.facts["day"]) == ("membership.ended", "2026-11-25")
    assert "An" not in str(entry.facts.values())
