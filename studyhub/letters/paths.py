"""The addresses that letters lead to: those of the web wing, said without it. A test compares."""

from urllib.parse import quote
from uuid import UUID


def invitation(code: str) -> str:
    """Where an invitation is accepted."""
    return f"/sign-in/invitation?code={quote(code)}"


def password_link(code: str) -> str:
    """Where a new password is chosen."""
    return f"/sign-in/new-password?code={quote(code)}"


def confirm_address(code: str) -> str:
    """Where an address is confirmed."""
    return f"/account/address/confirm?code={quote(code)}"


def forgotten() -> str:
    """Where a way to a new password is asked for."""
    return "/sign-in/forgotten"


def receipt(essay_id: UUID, number: int) -> str:
    """The receipt of a version."""
    return f"/essays/{essay_id}/receipt/{number}"


def essay(essay_id: UUID) -> str:
    """The essay, with the decision about it."""
    return f"/essays/{essay_id}"


def check(code: str) -> str:
    """Where anybody checks a receipt."""
    return f"/check?code={quote(code)}"


def round_(round_id: UUID) -> str:
    """The round, with what is still to be done in it."""
    return f"/rounds/{round_id}"
