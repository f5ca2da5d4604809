"""Who is to go to another branch stays in the care of the old one until that day."""

from datetime import timedelta

from sqlalchemy.orm import Session

from studyhub.access import policy
from studyhub.access.actors import actor_of
from studyhub.org import service
from tests.org.people import membership_of
from tests.web.province import Province
from tests.world import NOW, TODAY

TOMORROW = TODAY + timedelta(days=1)


def test_a_transfer_to_come_hands_nobody_over_before_its_day(db: Session) -> None:
    province = Province(db)
    old = membership_of(db, province.an)
    service.transfer(db, old, province.cell_beside, on=TOMORROW, by=None, now=NOW)
    new = membership_of(db, province.an)
    db.expire_all()

    for day, theirs, row in ((TODAY, province.dung, old), (TOMORROW, province.nam, new)):
        others = province.nam if theirs is province.dung else province.dung
        assert policy.change_member(actor_of(db, theirs.id, day), row)
        assert not policy.change_member(actor_of(db, others.id, day), old)
        assert not policy.change_member(actor_of(db, others.id, day), new)


def test_whoever_has_not_begun_anywhere_is_kept_where_they_will_begin(db: Session) -> None:
    province = Province(db)
    row = membership_of(db, province.an)
    row.since = TOMORROW
    db.flush()

    assert row.path_on(TODAY) == province.cell.path
    assert policy.change_member(province.actor(province.dung), row)
