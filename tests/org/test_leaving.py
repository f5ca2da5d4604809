"""Leaving the Party: everything ends, the account closes when the day has come, and undo."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.accounts.queries import by_sign_in_name
from studyhub.kernel.actor import Post
from studyhub.kernel.errors import Untimely
from studyhub.org import queries, service
from studyhub.org.models import Leaving, Standing
from tests.org.people import membership_of
from tests.world import NOW, TODAY, World

MAY = date(2026, 5, 19)
MIDNIGHT = datetime(2026, 11, 25, 17, tzinfo=UTC)
"""The end of today in Hà Nội."""


def leave(db: Session, person: User, until: date = TODAY) -> None:
    service.leave(
        db,
        membership_of(db, person),
        reason=Leaving.EXPELLED,
        until=until,
        closes_at=MIDNIGHT,
        basis="Số 9-QĐ/UBKT",
        by=None,
        now=NOW,
    )


def test_every_post_ends_wherever_it_is(db: Session, world: World) -> None:
    service.appoint(db, world.binh, world.district, Post.OVERSEER, since=MAY, by=None, now=NOW)

    leave(db, world.binh)

    history = queries.history_of(db, world.binh.id)
    assert {row.until for row in history.appointments} == {TODAY}
    assert (history.memberships[0].leaving, history.memberships[0].until_basis) == (
        Leaving.EXPELLED,
        "Số 9-QĐ/UBKT",
    )


def test_the_account_closes_when_the_day_has_passed(db: Session, world: World) -> None:
    leave(db, world.an)
    db.flush()

    card = world.an.card_number or ""
    assert by_sign_in_name(db, card, now=MIDNIGHT - timedelta(seconds=1)) is world.an
    assert by_sign_in_name(db, card, now=MIDNIGHT) is None
    assert (world.an.is_closed(NOW), world.an.is_closed(MIDNIGHT)) == (False, True)


def test_taking_the_end_back_opens_the_account_again(db: Session, world: World) -> None:
    leave(db, world.an, MAY)

    service.take_back_end(db, membership_of(db, world.an), by=None, now=NOW)

    membership = membership_of(db, world.an)
    assert (membership.until, membership.leaving, world.an.closed_at) == (None, None, None)


def test_whoever_is_admitted_again_signs_in_again(db: Session, world: World) -> None:
    leave(db, world.an, MAY)

    service.admit(
        db, world.an, world.cell, standing=Standing.PROBATIONARY, since=TODAY, by=None, now=NOW
    )

    assert world.an.closed_at is None
    assert queries.history_of(db, world.an.id).memberships[1].leaving is Leaving.EXPELLED


def test_the_last_administrator_does_not_leave(db: Session, world: World) -> None:
    service.admit(db, world.em, world.cell, standing=Standing.OFFICIAL, since=MAY, by=None, now=NOW)

    with pytest.raises(Untimely, match="last administrator"):
        leave(db, world.em)
