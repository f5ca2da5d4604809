"""Somebody on the list is named to moderate the questions of a session, besides its officers."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.rounds.models import Call, Summons
from studyhub.study.models import StudySession


def name_moderator(
    db: Session, session: StudySession, card_number: str, *, by: Actor, now: datetime
) -> None:
    """Name who moderates, by their card number; with "", nobody besides the officers."""
    person = _on_the_list(db, session, card_number) if card_number else None
    if card_number and person is None:
        raise Unfit(N_("Nobody on the list of this round has this card number."), about="card")
    session.moderator = person
    told = str(person.id) if person else None
    log.record(db, Deed.MODERATOR_NAMED, session.id, by=by, now=now, person=told)


def _on_the_list(db: Session, session: StudySession, card_number: str) -> User | None:
    return db.scalars(
        select(User)
        .join(Summons, Summons.user_id == User.id)
        .where(
            Summons.round_id == session.round_id,
            Summons.call != Call.RELEASED,
            User.card_number == card_number,
        )
    ).one_or_none()
