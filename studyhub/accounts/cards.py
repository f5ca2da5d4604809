"""Sign-in cards: a code on paper that lets a person in once, to choose a password.

Nothing of a code is kept but a stretched digest. All the codes of one sheet
follow from its seed, which whoever prints the sheet holds until it is shown. The
code of an invitation by mail follows from the letter and the secret of the installation.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from studyhub.accounts.models import SignInCode, User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Untimely
from studyhub.kernel.ids import UnitId, UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.mail import service as mail
from studyhub.mail.models import Kind

LASTS = timedelta(days=30)
LENGTH = 12
SIGNS = "23456789BCFGHJKLMNPQRSTVXZ"
"""None that is mistaken for another on paper (0 and O, 1 and I), and none that a Vietnamese
keyboard makes another letter of (vowels, D and W): 26 signs, twelve of them are 56 bits."""

_ROUNDS = 2_000
"""Of stretching: a millisecond for us; for whoever stole the table, 12 bits more to guess."""


def new_seed() -> str:
    """The secret of one sheet."""
    return secrets.token_hex(32)


def seed_of(letter_id: UUID, *, key: str) -> str:
    """The secret of one invitation: it need not be kept anywhere until the letter is sent."""
    return hmac.digest(key.encode(), b"invitation " + letter_id.bytes, "sha256").hex()


def make(
    db: Session, users: Sequence[User], *, seed: str, place: UnitId, by: Actor, now: datetime
) -> None:
    """A code for each. What they were handed before, card or first password, is void.

    A password they have chosen themselves goes on until the card is used.
    """
    void(db, users)
    for user in users:
        db.add(_card(user, seed, by=by, now=now))
        log.record(db, Deed.SIGN_IN_CARD_MADE, user.id, by=by, now=now)
    log.record(db, Deed.SIGN_IN_CARDS_MADE, place, by=by, now=now, cards=len(users))


def invite(
    db: Session, users: Sequence[User], *, key: str, place: UnitId, by: Actor, now: datetime
) -> None:
    """Send each of them a code by mail instead, by the same law: what was handed out is void."""
    if not mail.is_on(db):
        raise Untimely(N_("No mail is sent from here: no mail server is set up."))
    void(db, users)
    for user in users:
        letter_id, address = new_uuid(), user.email or ""
        card = _card(user, seed_of(letter_id, key=key), by=by, now=now)
        card.mailed_to = address
        db.add(card)
        mail.write(db, user.id, address, Kind.INVITATION, id_=letter_id, subject_id=place, now=now)
        log.record(db, Deed.INVITED, user.id, by=by, now=now)
    mail.hurry(db, now=now)
    log.record(db, Deed.INVITATIONS_SENT, place, by=by, now=now, letters=len(users))


def void(db: Session, users: Sequence[User]) -> None:
    """Whatever cards these people have are of no use any more."""
    db.execute(delete(SignInCode).where(SignInCode.user_id.in_([user.id for user in users])))


def cards_of(db: Session, user_ids: Sequence[UserId]) -> dict[UserId, SignInCode]:
    """The cards of these people, used or not."""
    rows = db.scalars(select(SignInCode).where(SignInCode.user_id.in_(user_ids)))
    return {row.user_id: row for row in rows}


def codes(
    cards: dict[UserId, SignInCode], users: Sequence[User], *, seed: str
) -> dict[UserId, str]:
    """The codes of the sheet with this seed, as far as they have not been used or voided."""
    told = {user.id: _code(seed, user) for user in users if user.id in cards}
    return {
        user_id: code
        for user_id, code in told.items()
        if cards[user_id].code_digest == _digest(code) and cards[user_id].used_at is None
    }


def code_for(card: SignInCode | None, user: User, *, seed: str, now: datetime) -> str | None:
    """The code of this seed, as long as it lets in."""
    code = _code(seed, user)
    good = card is not None and card.used_at is None and card.expires_at > now
    return code if good and card and card.code_digest == _digest(code) else None


def let_in(db: Session, code: str, *, now: datetime) -> User | None:
    """The person whose card this is, if it is good: it is used up, and a password is due.

    Their other visits end: nobody sitting in one may choose the password instead.
    """
    good = (SignInCode.used_at.is_(None), SignInCode.expires_at > now)
    card = db.scalars(
        select(SignInCode).where(SignInCode.code_digest == _digest(code), *good).with_for_update()
    ).one_or_none()
    user = db.get(User, card.user_id) if card else None
    if card is None or user is None or user.is_closed(now):
        return None
    if card.mailed_to is not None:
        if card.mailed_to != user.email:
            return None
        user.email_confirmed_at = user.email_confirmed_at or now
    card.used_at = now
    user.must_change_password = True
    user.generation += 1
    log.record(db, Deed.SIGN_IN_CARD_USED, user.id, by=None, now=now)
    return user


def normalised(typed: str) -> str:
    """A code as it is compared: “bcfg 2345-hjkl” and “BCFG2345HJKL” are one."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def in_fours(code: str) -> str:
    """As it is printed."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def counted_as(code: str) -> str:
    """Under which name wrong attempts are counted: by the first four signs.

    A whole cell sits behind one address, so counting by address would lock out everybody
    when one person mistypes; so counted, that locks nobody but themselves, and guessing
    all the rest of one code would still take five attempts a quarter of an hour.
    """
    return f"card {code[:4]}"


def _card(user: User, seed: str, *, by: Actor, now: datetime) -> SignInCode:
    _void_first_password(user)
    return SignInCode(
        user_id=user.id,
        code_digest=_digest(_code(seed, user)),
        made_at=now,
        made_by=by.user_id,
        expires_at=now + LASTS,
    )


def _code(seed: str, user: User) -> str:
    number = int.from_bytes(hmac.digest(bytes.fromhex(seed), user.id.bytes, "sha256"))
    signs = []
    for _ in range(LENGTH):
        number, sign = divmod(number, len(SIGNS))
        signs.append(SIGNS[sign])
    return "".join(signs)


def _digest(code: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", code.encode(), b"sign-in card", _ROUNDS).hex()


def _void_first_password(user: User) -> None:
    if user.must_change_password and user.password_hash:
        user.password_hash = None
        user.generation += 1
