"""Who is who among those who sign in."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User


def normalised(typed: str) -> str:
    """A sign-in name as it is compared: “ 0000 5237 4942 ” and “000052374942” are one."""
    plain = typed.strip().lower()
    return plain if "@" in plain else "".join(plain.split())


def by_sign_in_name(db: Session, typed: str, *, now: datetime | None = None) -> User | None:
    """The person with this card number or e-mail, if any may sign in so.

    Without `now`, an account that will be closed counts as closed already.
    """
    never = User.closed_at.is_(None)
    is_open = never if now is None else never | (User.closed_at > now)
    name = normalised(typed)
    return db.scalars(
        select(User).where(or_(User.card_number == name, User.email == name), is_open)
    ).one_or_none()
