"""One-time links in letters: to confirm an address, or to choose a new password.

Nothing of a link is kept but a digest; it follows from the letter and the secret of the
installation, so it need not be kept until the letter is sent, and is the same when it is
sent again. One for each purpose at most: a new one voids the former.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from studyhub.accounts.models import User
from studyhub.kernel.database import Base
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.mail import service as mail
from studyhub.mail.models import Kind


class Purpose(StrEnum):
    """What a link is for."""

    CONFIRM = "confirm"
    PASSWORD = "password"  # noqa: S105 - a purpose, not a password


KINDS = {Purpose.CONFIRM: Kind.CONFIRM_ADDRESS, Purpose.PASSWORD: Kind.PASSWORD_LINK}
LASTS = {Purpose.CONFIRM: timedelta(days=2), Purpose.PASSWORD: timedelta(hours=2)}


class MailLink(Base):
    """A link somebody was sent: to which address, until when, and whether it was used."""

    __tablename__ = "mail_link"

    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(200))
    code_digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    def is_good(self, now: datetime) -> bool:
        """Whether it still leads somewhere."""
        return self.used_at is None and self.expires_at > now


def code_of(letter_id: UUID, *, key: str) -> str:
    """The code in the link of a letter: 256 bits, nothing to be guessed."""
    made = hmac.digest(key.encode(), b"link " + letter_id.bytes, "sha256")
    return urlsafe_b64encode(made).decode().rstrip("=")


def send(
    db: Session, user: User, purpose: Purpose, *, address: str, key: str, now: datetime
) -> None:
    """Write a letter with such a link; it leaves at once, and the former is void."""
    void(db, user, purpose)
    letter_id = new_uuid()
    db.add(
        MailLink(
            user_id=user.id,
            purpose=purpose,
            address=address,
            code_digest=_digest(code_of(letter_id, key=key)),
            made_at=now,
            expires_at=now + LASTS[purpose],
        )
    )
    mail.write(db, user.id, address, KINDS[purpose], id_=letter_id, now=now)
    mail.hurry(db, now=now)


def void(db: Session, user: User, *purposes: Purpose) -> None:
    """What was sent for these purposes leads nowhere any more."""
    for purpose in purposes or Purpose:
        link = of(db, user.id, purpose)
        if link is not None:
            db.delete(link)
    db.flush()


def of(db: Session, user_id: UserId, purpose: Purpose) -> MailLink | None:
    """The link somebody was sent last for this purpose."""
    return db.get(MailLink, (user_id, purpose))


def good(db: Session, purpose: Purpose, code: str, *, now: datetime) -> MailLink | None:
    """The link with this code, if it still leads somewhere; it is not used up by looking."""
    link = db.scalars(_with(purpose, code)).one_or_none()
    return link if link and link.is_good(now) else None


def use(db: Session, purpose: Purpose, code: str, *, now: datetime) -> tuple[User, str] | None:
    """Use it up: whose it is, and the address it was sent to; None when it is no good."""
    held = _with(purpose, code).with_for_update()
    link = db.scalars(held.execution_options(populate_existing=True)).one_or_none()
    user = db.get(User, link.user_id) if link else None
    if link is None or user is None or not link.is_good(now) or user.is_closed(now):
        return None
    link.used_at = now
    return user, link.address


def fits(link: MailLink | None, code: str, *, now: datetime) -> bool:
    """Whether this is the code of that link, and it still leads somewhere."""
    return link is not None and link.is_good(now) and link.code_digest == _digest(code)


def _with(purpose: Purpose, code: str) -> Select[MailLink]:
    return select(MailLink).where(
        MailLink.code_digest == _digest(code), MailLink.purpose == purpose
    )


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
