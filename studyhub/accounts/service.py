"""The deeds about accounts: adding people, passwords, ending visits."""

import secrets
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from studyhub.accounts import cards, passwords
from studyhub.accounts.models import User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.vietnamese import fold, tidy
from studyhub.kernel.words import N_
from studyhub.mail import service as mail
from studyhub.mail.models import Kind

SHORTEST = 8
LONGEST = 200
GUESSED_FIRST = frozenset(
    "12345678 123456789 1234567890 password matkhau1 matkhau123 abcd1234 qwertyui 11111111 "
    "00000000 iloveyou vietnam1 dangvien chibo123 studyhub".split()
)
LEGIBLE = "abcdefghkmnpqrstuvwxyz23456789"
"""Letters and digits nobody mistakes for one another on paper."""


def add_person(
    db: Session,
    *,
    full_name: str,
    born_on: date | None = None,
    card_number: str | None = None,
    email: str | None = None,
    phone: str = "",
    by: Actor | None,
    now: datetime,
) -> User:
    """Add somebody who has no password yet; refuses a card number or e-mail already taken."""
    user = User(id=new_uuid(), full_name=tidy(full_name), born_on=born_on, phone=phone.strip())
    _take_sign_in_names(db, user, card_number, email)
    log.record(db, Deed.PERSON_ADDED, user.id, by=by, now=now)
    return user


def drawn_up(
    *,
    full_name: str,
    born_on: date | None,
    card_number: str | None,
    email: str | None,
    phone: str,
) -> User:
    """A person as `add_person` would keep them, for whoever writes many at once; in no session."""
    return User(
        id=new_uuid(),
        full_name=tidy(full_name),
        born_on=born_on,
        card_number=_card(card_number),
        email=_email(email),
        phone=phone.strip(),
    )


def change_person(
    db: Session,
    user: User,
    *,
    full_name: str,
    born_on: date | None,
    card_number: str | None,
    email: str | None,
    phone: str,
    no_email: bool | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Correct what is known about a person; without a word on it, what is said of mail stays.

    An address that was confirmed is told that it has been replaced.
    """
    former = user.email if user.email_confirmed_at else None
    user.full_name, user.born_on, user.phone = tidy(full_name), born_on, phone.strip()
    _take_sign_in_names(db, user, card_number, email)
    if no_email is not None:
        user.has_no_email = no_email and not user.email
    if former and former != user.email:
        mail.write(db, user.id, former, Kind.ADDRESS_CHANGED, now=now)
    log.record(db, Deed.PERSON_CHANGED, user.id, by=by, now=now)


def choose_password(db: Session, user: User, password: str, *, by: Actor, now: datetime) -> None:
    """Set the password a person has chosen; ends every other visit, and voids a sign-in card."""
    _require_strong(user, password)
    cards.void(db, [user])
    user.password_hash = passwords.hashed(password)
    user.must_change_password = False
    user.generation += 1
    log.record(db, Deed.PASSWORD_CHANGED, user.id, by=by, now=now)


def give_first_password(db: Session, user: User, *, by: Actor | None, now: datetime) -> str:
    """A password to be told once and changed at the first sign-in; voids the one before."""
    password = "-".join("".join(secrets.choice(LEGIBLE) for _ in range(4)) for _ in range(3))
    set_first_password(db, user, password, by=by, now=now)
    return password


def set_first_password(
    db: Session, user: User, password: str, *, by: Actor | None, now: datetime
) -> None:
    """The same with a given password; a sign-in card handed out before is void."""
    cards.void(db, [user])
    user.password_hash = passwords.hashed(password)
    user.must_change_password = True
    user.generation += 1
    log.record(db, Deed.PASSWORD_RESET, user.id, by=by, now=now)


def sign_out_everywhere(db: Session, user: User, *, by: Actor, now: datetime) -> None:
    """End every visit of this person, on every machine."""
    user.generation += 1
    log.record(db, Deed.SIGNED_OUT_EVERYWHERE, user.id, by=by, now=now)


def close(db: Session, user: User, *, at: datetime, by: Actor | None, now: datetime) -> None:
    """From that moment on, which may be to come, the person does not sign in any more."""
    user.closed_at = at
    log.record(db, Deed.ACCOUNT_CLOSED, user.id, by=by, now=now, at=at.isoformat())


def reopen(db: Session, user: User, *, by: Actor | None, now: datetime) -> None:
    """The person signs in as before; nothing happens where the account was not closed."""
    if user.closed_at is None:
        return
    user.closed_at = None
    log.record(db, Deed.ACCOUNT_REOPENED, user.id, by=by, now=now)


def note_sign_in(db: Session, user: User, *, by: Actor, now: datetime) -> None:
    """Remember that the person has come in."""
    user.signed_in_at = now
    log.record(db, Deed.SIGNED_IN, user.id, by=by, now=now)


def _take_sign_in_names(
    db: Session, user: User, card_number: str | None, email: str | None
) -> None:
    """Written at once: of two who take the same name in one moment, the later is refused."""
    card_number, email = _card(card_number), _email(email)
    _require_free(db, user, card_number, email)
    try:
        with db.begin_nested():
            user.card_number, user.email = card_number, email
            db.add(user)
    except IntegrityError:
        _require_free(db, user, card_number, email)
        raise


def take_email(db: Session, user: User, email: str) -> None:
    """The person signs in with this address from now on; refused where somebody else has it."""
    _take_sign_in_names(db, user, user.card_number, email)


def _card(typed: str | None) -> str | None:
    return "".join((typed or "").split()) or None


def _email(typed: str | None) -> str | None:
    return (typed or "").strip().lower() or None


def _require_free(db: Session, user: User, card_number: str | None, email: str | None) -> None:
    if card_number and _taken(db, user, User.card_number == card_number):
        raise Unfit(N_("Another person already has this card number."), about="card_number")
    if email and _taken(db, user, User.email == email):
        raise Unfit(N_("Another person already has this e-mail address."), about="email")


def _taken(db: Session, user: User, condition: ColumnElement[bool]) -> bool:
    with db.no_autoflush:
        other = db.scalar(select(User.id).where(condition, User.id != user.id))
    return other is not None


def _require_strong(user: User, password: str) -> None:
    """Length, and nothing that stands first in a guesser's list (NIST SP 800-63B, 3.1.1.2)."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Unfit(N_("The password needs at least %(least)d characters."), least=SHORTEST)
    plain = fold(password)
    names = {user.card_number or "", (user.email or "").partition("@")[0], fold(user.full_name)}
    if plain in GUESSED_FIRST or plain in names or plain.replace(" ", "") in names:
        raise Unfit(N_("That password is guessed first. Choose a short sentence of your own."))
