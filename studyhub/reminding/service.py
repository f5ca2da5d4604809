"""The deeds of the room: to remind those who owe something, and to note who was told in person."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Missing, Unfit
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.reminding.calling import Callee, to_call
from studyhub.reminding.models import Reminder, Way
from studyhub.reminding.queries import Candidate, candidates
from studyhub.reminding.telling import tell
from studyhub.rounds.models import StudyRound
from studyhub.rounds.service import require_open


def remind(
    db: Session,
    round_: StudyRound,
    cell: Unit,
    user_ids: Collection[UserId],
    *,
    by: Actor,
    now: datetime,
) -> list[Reminder]:
    """Tell these persons of the cell, by a notice, what they still owe the round.

    Whoever was reminded today already, of whatever round, is left out; whoever has
    done everything meanwhile, too. Refused where nobody is left.
    """
    require_open(round_)
    wanted = set(user_ids)
    if not wanted:
        raise Unfit(N_("Choose at least one comrade to be reminded."))
    found = candidates(db, round_, cell.id, by=by, now=now)
    left = [one for one in found if one.user.id in wanted and not one.reminded_today]
    if not left:
        raise Unfit(N_("They have all been reminded today, or have done everything meanwhile."))
    made = [_made(round_, cell, one, Way.NOTICE, by=by, now=now) for one in left]
    _keep(db, made)
    for one in made:
        tell(db, one, by=by, now=now)
    record(db, Deed.REMINDED, round_.id, by=by, now=now, cell=str(cell.id), persons=len(made))
    return made


def note_told(
    db: Session, round_: StudyRound, cell: Unit, user_id: UserId, *, by: Actor, now: datetime
) -> Reminder:
    """Put on record that somebody was told in person, by telephone or face to face."""
    require_open(round_)
    found = candidates(db, round_, cell.id, by=by, now=now)
    return _noted(db, round_, cell, found, user_id, by=by, now=now)


def note_called(
    db: Session, round_: StudyRound, cell: Unit, user_id: UserId, *, by: Actor, now: datetime
) -> Reminder:
    """The same from the list to call: also of somebody who is only expected at the next session."""
    require_open(round_)
    found = to_call(db, round_, cell.id, by=by, now=now)
    return _noted(db, round_, cell, found, user_id, by=by, now=now)


def take_back_told(
    db: Session, round_: StudyRound, cell: Unit, user_id: UserId, *, by: Actor, now: datetime
) -> None:
    """Ticked by mistake: on the same day, whoever noted it may take it back."""
    made = db.scalars(
        select(Reminder)
        .where(
            Reminder.round_id == round_.id,
            Reminder.cell_id == cell.id,
            Reminder.user_id == user_id,
            Reminder.way == Way.IN_PERSON,
            Reminder.made_by == by.user_id,
            Reminder.day == by.today,
        )
        .order_by(Reminder.made_at.desc())
        .limit(1)
    ).first()
    if made is None:
        raise Missing(N_("There is nothing of today to take back."))
    db.delete(made)
    record(db, Deed.TOLD_TAKEN_BACK, round_.id, by=by, now=now, person=str(user_id))


def _keep(db: Session, made: list[Reminder]) -> None:
    try:
        with db.begin_nested():
            db.add_all(made)
    except IntegrityError:
        raise Conflict(N_("Somebody has just reminded one of them. Look again.")) from None


def _noted(
    db: Session,
    round_: StudyRound,
    cell: Unit,
    found: Sequence[Candidate | Callee],
    user_id: UserId,
    *,
    by: Actor,
    now: datetime,
) -> Reminder:
    one = next((one for one in found if one.user.id == user_id), None)
    if one is None:
        raise Missing(N_("This comrade owes nothing any more, or is not of this cell."))
    made = _made(round_, cell, one, Way.IN_PERSON, by=by, now=now)
    db.add(made)
    record(db, Deed.TOLD_IN_PERSON, round_.id, by=by, now=now, person=str(user_id))
    return made


def _made(
    round_: StudyRound, cell: Unit, one: Candidate | Callee, way: Way, *, by: Actor, now: datetime
) -> Reminder:
    return Reminder(
        round_id=round_.id,
        user_id=one.user.id,
        cell_id=cell.id,
        way=way,
        lacks=",".join(one.lacks),
        day=by.today,
        made_by=UserId(by.user_id),
        made_at=now,
    )
