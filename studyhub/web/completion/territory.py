"""What a person follows, and which round matters to them now."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, select
from sqlalchemy.orm import Session

from studyhub.access.reach import FOLLOWERS
from studyhub.accounts.models import User
from studyhub.completion import queries
from studyhub.completion.models import Tally
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.ids import UnitId
from studyhub.org.models import Appointment, Unit
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound


def widest(db: Session, actor: Actor) -> Unit | None:
    """The unit nearest to the root among those the person follows."""
    paths = sorted(actor.seats(*FOLLOWERS), key=len)
    return db.scalars(select(Unit).where(Unit.path == paths[0])).one() if paths else None


def latest_round(
    db: Session, unit: Unit | None, *, now: datetime, visible: ColumnElement[bool]
) -> StudyRound | None:
    """The open round of the unit with the nearest deadline ahead, else the one that ended last."""
    if unit is None:
        return None
    ahead = and_(StudyRound.state == RoundState.OPEN, StudyRound.closes_at > now)
    open_first = case((ahead, 0), (StudyRound.state == RoundState.OPEN, 1), else_=2)
    return db.scalars(
        select(StudyRound)
        .join(Tally, Tally.round_id == StudyRound.id)
        .where(visible, queries.of_unit(unit.id))
        .order_by(open_first, case((ahead, StudyRound.closes_at)), StudyRound.closes_at.desc())
        .limit(1)
    ).first()


def led(
    db: Session, unit_ids: Sequence[UnitId], on: date
) -> dict[UnitId, tuple[Unit, User | None]]:
    """Each of these units as it is today, and who leads it on that day."""
    in_office = and_(
        Appointment.unit_id == Unit.id,
        Appointment.post == Post.SECRETARY,
        Appointment.covers(on),
    )
    rows = db.execute(
        select(Unit, User)
        .outerjoin(Appointment, in_office)
        .outerjoin(User, User.id == Appointment.user_id)
        .where(Unit.id.in_(unit_ids))
    )
    return {unit.id: (unit, leader) for unit, leader in rows}
