"""The deeds of the outbox: to put a letter in, to take it out, to say how it ended."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.jobs import service as jobs
from studyhub.jobs.work import Tools
from studyhub.kernel.actor import Actor
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.mail.models import NOT_NEEDED, Kind, Letter
from studyhub.mail.rules import HELD, pause_after

MAIL = "studyhub_mail"
"""The execution option that says: from this installation letters are sent."""

SEND = "mail.send"
"""The kind of job that sends what is due, at once."""

KEPT = timedelta(days=90)
"""How long a letter that was sent, or was not needed, is on record."""


def is_on(db: Session) -> bool:
    """Whether letters are sent at all. Without a mail server none is written either."""
    return bool(db.get_bind().get_execution_options().get(MAIL))


def write(
    db: Session,
    user_id: UserId,
    address: str,
    kind: Kind,
    *,
    now: datetime,
    id_: UUID | None = None,
    subject_id: UUID | None = None,
    due_at: datetime | None = None,
    facts: Mapping[str, str | int] | None = None,
) -> Letter | None:
    """Put a letter into the outbox, in the transaction of the deed: both are kept, or neither.

    None where no mail is sent. It leaves within a minute; `hurry` makes that two seconds.
    """
    if not is_on(db):
        return None
    letter = Letter(
        id=id_ or new_uuid(),
        user_id=user_id,
        address=address,
        kind=kind.value,
        subject_id=subject_id,
        facts=dict(facts or {}),
        made_at=now,
        due_at=due_at or now,
        attempts=0,
        error="",
    )
    db.add(letter)
    return letter


def hurry(db: Session, *, now: datetime) -> None:
    """Somebody waits in front of the screen: send at once what is due."""
    jobs.ask(db, SEND, now=now)


def take(db: Session, *, now: datetime) -> Letter | None:
    """The letter that has been due longest, held for a while; None when there is none."""
    letter = db.scalars(
        select(Letter)
        .where(Letter.sent_at.is_(None), Letter.gave_up_at.is_(None), Letter.due_at <= now)
        .order_by(Letter.due_at, Letter.made_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if letter is not None:
        letter.attempts, letter.due_at = letter.attempts + 1, now + HELD
    return letter


def sent(db: Session, letter: Letter, *, now: datetime) -> bool:
    """The server has it."""
    return _settle(db, letter, sent_at=now, error="")


def not_needed(db: Session, letter: Letter, *, now: datetime) -> bool:
    """There was nothing to say any more: a code replaced, a decision recalled."""
    return _settle(db, letter, gave_up_at=now, error=NOT_NEEDED)


def failed(
    db: Session, letter: Letter, error: str, *, for_good: bool = False, now: datetime
) -> bool:
    """It did not leave: to be tried again after a pause, or given up."""
    pause = None if for_good else pause_after(letter.attempts)
    if pause is None:
        return _settle(db, letter, gave_up_at=now, error=error)
    return _settle(db, letter, due_at=now + pause, error=error)


def send_again(db: Session, letter: Letter, *, by: Actor, now: datetime) -> None:
    """Put a letter that was given up back, with all its attempts before it."""
    if letter.gave_up_at is None:
        return
    letter.gave_up_at, letter.attempts, letter.due_at = None, 0, now
    hurry(db, now=now)
    record(db, Deed.LETTER_SENT_AGAIN, letter.id, by=by, now=now)


def give_up_all(db: Session, error: str, *, now: datetime) -> None:
    """Nothing that waits will leave."""
    db.execute(
        update(Letter)
        .where(Letter.sent_at.is_(None), Letter.gave_up_at.is_(None))
        .values(gave_up_at=now, error=error)
    )


def _settle(db: Session, letter: Letter, **values: Any) -> bool:
    """Change it, if it is still this attempt's and has not been settled."""
    result = db.execute(
        update(Letter)
        .where(
            Letter.id == letter.id,
            Letter.attempts == letter.attempts,
            Letter.sent_at.is_(None),
            Letter.gave_up_at.is_(None),
        )
        .values(values)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]  # an UPDATE always has one


def forget(tools: Tools) -> None:
    """Chore: letters that left long ago are no longer on record; those that failed stay."""
    before = tools.now() - KEPT
    with tools.writing() as db:
        db.execute(delete(Letter).where(Letter.sent_at < before))
        db.execute(delete(Letter).where(Letter.gave_up_at < before, Letter.error == NOT_NEEDED))
