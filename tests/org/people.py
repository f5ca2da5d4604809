"""Finding the cast in the register."""

from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.org import queries
from studyhub.org.models import Membership


def membership_of(db: Session, person: User) -> Membership:
    """The membership the person has now, or had last."""
    found = queries.latest_membership(db, person.id)
    assert found is not None, person.full_name
    return found
