"""Who has gone to another branch is in the care of that branch, whatever stands in the old one."""

import pytest
from sqlalchemy.orm import Session

from studyhub.access import policy
from studyhub.org.models import Membership
from tests.web.province import Province


@pytest.mark.parametrize(
    ("person", "membership", "may"),
    [
        ("Dung", "Mai's former", False),
        ("Em", "Mai's former", False),
        ("Nam", "Mai's", True),
        ("Dung", "Mai's", False),
        ("Dung", "Quy's, ended", True),
        ("Em", "An's", True),
    ],
)
def test_the_register_is_kept_where_the_person_is_now(
    db: Session,
    person: str,
    membership: str,
    may: bool,  # noqa: FBT001 - a column of the table
) -> None:
    province = Province(db)
    row = db.get_one(Membership, province.things["membership_id"][membership])

    actor = province.actor(province.known_as(person))

    assert policy.change_member(actor, row) is may


def test_the_old_cell_still_knows_that_the_person_was_there(db: Session) -> None:
    province = Province(db)
    row = db.get_one(Membership, province.things["membership_id"]["Mai's former"])

    assert policy.see_member(province.actor(province.binh), row)
    assert policy.see_member(province.actor(province.dung), row)
