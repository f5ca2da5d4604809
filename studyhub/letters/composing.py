"""From a letter in the outbox to the message that goes over the wire; and the work of sending."""

from datetime import datetime, tzinfo
from email.message import EmailMessage

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.jobs.work import Handler, Task, Tools
from studyhub.letters.desk import Desk
from studyhub.letters.kinds import COMPOSERS
from studyhub.mail import service
from studyhub.mail.message import message, message_id
from studyhub.mail.models import Kind, Letter
from studyhub.mail.sending import send_due
from studyhub.org.models import Unit
from studyhub.settings import Settings


def composed(
    db: Session, letter: Letter, *, settings: Settings, zone: tzinfo, now: datetime
) -> EmailMessage | None:
    """The letter as a message; None when there is nothing to say any more."""
    reader = db.get_one(User, letter.user_id)
    house = db.scalar(select(Unit.name).where(Unit.parent_id.is_(None)).order_by(Unit.path)) or ""
    desk = Desk(
        db=db, letter=letter, reader=reader, settings=settings, zone=zone, house=house, now=now
    )
    words = COMPOSERS[Kind(letter.kind)](desk)
    if words is None:
        return None
    return message(
        words,
        to=letter.address,
        name=reader.full_name,
        sender=settings.mail_from,
        sender_name="StudyHub",
        id_=message_id(letter, settings.mail_from),
        at=letter.made_at.astimezone(zone),
    )


def send(tools: Tools) -> None:
    """Chore: send what is due."""

    def compose(db: Session, letter: Letter) -> EmailMessage | None:
        return composed(db, letter, settings=tools.settings, zone=tools.zone, now=tools.now())

    send_due(tools, compose)


def _send_now(task: Task) -> None:
    send(task.tools)


HANDLER = Handler(kind=service.SEND, run=_send_now)
