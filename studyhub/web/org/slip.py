"""The slip with a first password: kept in the visit of whoever hands it over, shown once."""

from flask import session

from studyhub.accounts.models import User

_KEY = "slip"


def keep(user: User, password: str, back: str) -> None:
    """Have it ready for the next page; `back` is where that page leads."""
    session[_KEY] = {
        "name": user.full_name,
        "sign_in": user.card_number or user.email or "",
        "password": password,
        "back": back,
    }


def take() -> dict[str, str] | None:
    """The slip, for the first time and the last."""
    found: dict[str, str] | None = session.pop(_KEY, None)
    return found
