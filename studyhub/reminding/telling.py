"""How the person hears of it: a notice in StudyHub, and a letter to whoever gets letters."""

from datetime import datetime

from sqlalchemy.orm import Session

from studyhub.accounts.addresses import write_to
from studyhub.kernel.actor import Actor
from studyhub.mail.models import Kind as Letters
from studyhub.notices.models import Kind as Notices
from studyhub.notices.service import notify
from studyhub.reminding.models import Reminder


def tell(db: Session, reminder: Reminder, *, by: Actor | None, now: datetime) -> None:
    """Tell the person, in the transaction that keeps the reminder."""
    notify(
        db, [reminder.user_id], Notices.REMINDED, subject_id=reminder.round_id, by=by, now=now,
        round=str(reminder.round_id), lacks=reminder.lacks,
    )  # fmt: skip
    write_to(
        db, reminder.user_id, Letters.REMINDER, now=now, subject_id=reminder.round_id,
        lacks=reminder.lacks,
    )  # fmt: skip
