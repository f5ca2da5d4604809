"""Receipt codes: random, unique, and hard to misread; and the receipt that goes out by mail."""

import secrets
from datetime import datetime

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from studyhub.accounts.addresses import write_to
from studyhub.essays.models import Essay, Version
from studyhub.mail.models import Kind

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those taken for one another: 0 and O; 1, I and L; U (V stays)."""


_TAKEN = select(exists().where(Version.receipt_code == bindparam("code")))


def new_code(db: Session) -> str:
    """A code no version bears yet, like “BTH-7K3M-9QXD”."""
    while True:
        code = f"BTH-{_four()}-{_four()}"
        with db.no_autoflush:  # what is being written goes with what follows
            taken = db.scalar(_TAKEN, {"code": code})
        if not taken:
            return code


def send_receipt(db: Session, essay: Essay, version: Version, *, now: datetime) -> None:
    """By mail, to an author who wants it; what stands in it is looked up when it is sent."""
    kind, number = Kind.RECEIPT, version.number
    write_to(db, essay.author_id, kind, subject_id=essay.id, now=now, number=number)


def in_fours(content_hash: str) -> str:
    """A hash in groups of four, to be compared by eye."""
    return " ".join(content_hash[at : at + 4] for at in range(0, len(content_hash), 4)).upper()


def _four() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(4))
