"""Whether a text and a version belong together: for anybody, and nothing else is told.

Compared are the words, line by line: blank lines and the space around words are
lost on the way through a printout or a mail, and are nobody's forgery.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from studyhub.essays.models import Version
from studyhub.essays.paragraphs import paragraphs
from studyhub.essays.text import as_kept, normal_form
from studyhub.jobs.work import Tools
from studyhub.kernel.database import Base

WINDOW = timedelta(hours=1)
BY_ADDRESS, BY_CODE = 60, 10
"""How many questions in an hour: from one address, and wrong ones about one code."""


class CheckCount(Base):
    """How often was asked from one address, or wrongly about one code; as a digest only."""

    __tablename__ = "check_count"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime] = mapped_column(index=True)
    asked: Mapped[int]


def is_text_of(version: Version | None, text: str) -> bool:
    """Whether exactly these words were handed in. Without a version it costs the same."""
    given = _lines(text)
    handed_in = _lines(normal_form(version.parts) if version else text)
    return version is not None and given == handed_in


def normalised(code: str) -> str:
    """The code as it stands on the receipt: large letters, and groups of four."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum()).removeprefix("BTH")[:20]
    return f"BTH-{plain[:4]}-{plain[4:]}"


def may_answer(
    db: Session, *, address: str, code: str, is_right: bool, key: str, now: datetime
) -> bool:
    """Count the question; whether it may be answered, right or wrong."""
    from_here = _count(db, _digest(key, "address", address), BY_ADDRESS, now, adds=True)
    digest = _digest(key, "code", normalised(code))
    about_it = _count(db, digest, BY_CODE, now, adds=not is_right)
    return from_here and about_it


def forget(tools: Tools) -> None:
    """Chore: counts that have run out."""
    with tools.writing() as db:
        db.execute(delete(CheckCount).where(CheckCount.since < tools.now() - WINDOW))


def _count(db: Session, digest: str, most: int, now: datetime, *, adds: bool) -> bool:
    row = db.get(CheckCount, digest, with_for_update=True)
    if row is None:
        row = CheckCount(digest=digest, since=now, asked=0)
        db.add(row)
    if now - row.since > WINDOW:
        row.since, row.asked = now, 0
    is_free = row.asked < most
    row.asked += adds
    return is_free


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in paragraphs(as_kept(text))]


def _digest(*told: str) -> str:
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
