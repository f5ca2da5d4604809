"""Guests at a roll call: members of other cells who are with this one for a time.

They stand on the list of their official cell, and what is recorded of them
counts there and nowhere else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from studyhub.accounts.models import User
from studyhub.kernel.ids import UserId
from studyhub.org.models import Unit
from studyhub.org.stays import Stay
from studyhub.org.tree import order
from studyhub.rounds.models import Call, Summons
from studyhub.study.models import Attendance, StudySession
from studyhub.study.repetitions import expects
from studyhub.study.rolls import Line


def guests_at(db: Session, session: StudySession, host: Unit, day: date) -> Sequence[Line]:
    """Those on the list of the round who are guests of this cell on the day of the session."""
    rows = db.execute(
        select(Summons, Attendance)
        .join(Summons.user)
        .join(Stay, Stay.user_id == Summons.user_id)
        .outerjoin(
            Attendance,
            and_(Attendance.session_id == session.id, Attendance.user_id == Summons.user_id),
        )
        .where(_is_guest(session, host, day))
        .options(contains_eager(Summons.user), joinedload(Summons.cell))
        .order_by(User.name_order, Summons.id)
    )
    return [Line(summons=summons, attendance=record) for summons, record in rows]


@dataclass(frozen=True)
class Host:
    """A cell that has guests at a session, and how many."""

    cell: Unit
    guests: int


def hosts_at(
    db: Session, session: StudySession, day: date, *, within: ColumnElement[bool]
) -> Sequence[Host]:
    """The cells within that have guests at the session, in the order of the tree."""
    rows = db.execute(
        select(Unit, func.count())
        .join(Stay, Stay.host_id == Unit.id)
        .join(Summons, Summons.user_id == Stay.user_id)
        .where(
            Summons.round_id == session.round_id,
            Summons.call != Call.RELEASED,
            Summons.cell_id != Unit.id,
            Stay.holds(day),
            within,
        )
        .group_by(Unit.id)
    )
    return sorted((Host(cell, count) for cell, count in rows), key=lambda one: order(one.cell.path))


def calls_of_guests(
    db: Session, session: StudySession, host: Unit, day: date
) -> Mapping[UserId, Call]:
    """How each guest is called in the round."""
    rows = db.execute(
        select(Summons.user_id, Summons.call)
        .join(Stay, Stay.user_id == Summons.user_id)
        .where(_is_guest(session, host, day))
    )
    return dict(rows.all())


def _is_guest(session: StudySession, host: Unit, day: date) -> ColumnElement[bool]:
    return and_(
        Summons.round_id == session.round_id,
        Summons.call != Call.RELEASED,
        Summons.cell_id != host.id,
        Stay.host_id == host.id,
        Stay.holds(day),
        expects(session),
    )
