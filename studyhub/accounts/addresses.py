"""The deeds on one's own e-mail address: to give one, confirm it, remove it, and its letters."""

import re
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts import links, queries, service
from studyhub.accounts.links import Purpose
from studyhub.accounts.models import User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.mail import service as mail
from studyhub.mail.models import Kind

ADDRESS = re.compile(r"^[^@\s,;:<>\"()\[\]\\]+@[^@\s,;:<>\"()\[\]\\]+\.[^@\s,;:<>\"()\[\]\\.]+$")
AGAIN_AFTER = timedelta(minutes=10)
"""Whoever asks for a way to a new password again before that gets no second letter."""


def ask(db: Session, user: User, typed: str, *, key: str, by: Actor, now: datetime) -> str:
    """Write to this address; it is the person's as soon as they come by the link in the letter.

    Whether somebody else has it is said only to whoever reads its letters.
    """
    address = typed.strip().lower()
    if not ADDRESS.match(address) or len(address) > 200:
        raise Unfit(N_("This is no e-mail address."), about="email")
    if address == user.email and user.email_confirmed_at:
        raise Unfit(N_("This is your address already, and it is confirmed."), about="email")
    if not mail.is_on(db):
        raise Untimely(N_("No mail is sent from here: no mail server is set up."))
    links.send(db, user, Purpose.CONFIRM, address=address, key=key, now=now)
    log.record(db, Deed.ADDRESS_ASKED, user.id, by=by, now=now)
    return address


def asked(db: Session, user: User, *, now: datetime) -> str:
    """The address that waits to be confirmed; "" when none does."""
    link = links.of(db, user.id, Purpose.CONFIRM)
    return link.address if link and link.is_good(now) else ""


def confirm(db: Session, code: str, *, now: datetime) -> User:
    """Whoever has the letter has the address: from now on it is the person's."""
    used = links.use(db, Purpose.CONFIRM, code, now=now)
    if used is None:
        raise Unfit(N_("This link leads nowhere any more: used, expired, or replaced by another."))
    user, address = used
    former = user.email
    if address != former:
        service.take_email(db, user, address)
        _tell_former(db, user, former, now=now)
    user.email_confirmed_at = now
    log.record(db, Deed.ADDRESS_CONFIRMED, user.id, by=None, now=now)
    return user


def remove(db: Session, user: User, *, by: Actor, now: datetime) -> None:
    """No letter comes any more, and nobody signs in with it."""
    if not user.card_number:
        raise Unfit(
            N_("You sign in with this address. Without a card number it cannot be removed.")
        )
    former = user.email
    links.void(db, user)
    user.email = None
    _tell_former(db, user, former, now=now)
    log.record(db, Deed.ADDRESS_REMOVED, user.id, by=by, now=now)


def offer_password(db: Session, name: str, *, key: str, now: datetime) -> bool:
    """Write to whoever bears this sign-in name, if their address is confirmed; whether it was."""
    user = queries.by_sign_in_name(db, name, now=now)
    if user is None or not user.gets_letters or not mail.is_on(db):
        return False
    before = links.of(db, user.id, Purpose.PASSWORD)
    if before and before.used_at is None and before.made_at > now - AGAIN_AFTER:
        return False
    links.send(db, user, Purpose.PASSWORD, address=user.email or "", key=key, now=now)
    log.record(db, Deed.PASSWORD_LINK_SENT, user.id, by=None, now=now)
    return True


def let_in(db: Session, code: str, *, now: datetime) -> User:
    """The person whose link to a new password this is; it is used up."""
    used = links.use(db, Purpose.PASSWORD, code, now=now)
    if used is None or used[0].email != used[1]:
        raise Unfit(N_("This link leads nowhere any more: used, expired, or replaced by another."))
    return used[0]


def write_to(
    db: Session,
    user_id: UserId,
    kind: Kind,
    *,
    now: datetime,
    subject_id: UUID | None = None,
    due_at: datetime | None = None,
    **facts: str | int,
) -> None:
    """A letter about one's own essays, to whoever has a confirmed address and wants them."""
    if not mail.is_on(db):
        return
    wanted = (User.email_confirmed_at.is_not(None), User.receipts_by_mail)
    is_open = User.closed_at.is_(None) | (User.closed_at > now)
    found = select(User.id, User.email).where(User.id == user_id, *wanted, is_open)
    row = db.execute(found).one_or_none()
    if row is not None and row.email:
        mail.write(
            db,
            row.id,
            row.email,
            kind,
            now=now,
            subject_id=subject_id,
            due_at=due_at,
            facts=facts,
        )


def _tell_former(db: Session, user: User, former: str | None, *, now: datetime) -> None:
    """Whoever reads the old address is told: it may not have been the person who changed it."""
    if former:
        mail.write(db, user.id, former, Kind.ADDRESS_CHANGED, now=now)
