"""Who sits at a bridge point is marked there, and counts in their own cell.

A mark is a fact of its own: the record of attendance follows from it, and falls back
to what it was when the mark is taken away. What a check-in or a roll call says stands.
The same marks sent twice, late, or by two devices, come to the same.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.bridges.models import BridgeMark, BridgePoint
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing, Untimely
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.rounds.models import Call, Summons
from studyhub.rounds.service import require_open
from studyhub.study.attendance import held, settle, take_turns
from studyhub.study.models import Attendance, Basis, Presence
from studyhub.study.rules import PRESENT


@dataclass(frozen=True)
class Marked:
    """How many marks were changed, and who of the newly marked sits elsewhere, too."""

    changed: int
    elsewhere: Mapping[UserId, str] = field(default_factory=dict)
    """The hall of the other bridge point, by person."""


def mark(
    db: Session, point: BridgePoint, here: Mapping[UserId, bool], *, by: Actor, now: datetime
) -> Marked:
    """Say of these persons whether they sit here; of the others nothing is said."""
    require_taking(point, now)
    _require_on_the_list(db, point, here)
    take_turns(db, here)
    marks = _marks(db, point, here)
    coming = [user for user, is_here in here.items() if is_here and user not in marks]
    going = [user for user, is_here in here.items() if not is_here and user in marks]
    if not coming and not going:
        return Marked(0)
    others = _elsewhere(db, point, [*coming, *going])
    rows = held(db, point.session_id, [*coming, *going])
    for user in coming:
        _come(db, point, user, rows.get(user), by=by, now=now)
    for user in going:
        _go(db, marks[user], rows.get(user), others.get(user), by=by, now=now)
    record(
        db, Deed.BRIDGE_MARKED, point.id, by=by, now=now, session=str(point.session_id),
        marked=len(coming), unmarked=len(going),
    )  # fmt: skip
    settle(db, point.session.round, user_ids=[*coming, *going], now=now)
    twice = {user: others[user].hall for user in coming if user in others}
    _tell(db, point, twice, now=now)
    return Marked(len(coming) + len(going), twice)


def require_taking(point: BridgePoint, now: datetime) -> None:
    """Refuse where nothing is marked any more, or not yet."""
    require_open(point.session.round)
    if point.signed_off_at is not None:
        raise Untimely(N_("The list of this bridge point has been signed off."))
    if not point.is_open(now):
        raise Untimely(N_("Marks are taken around the day of the session only."))


def _come(
    db: Session, point: BridgePoint, user: UserId, row: Attendance | None,
    *, by: Actor, now: datetime,
) -> None:  # fmt: skip
    made = BridgeMark(
        point_id=point.id, user_id=user, session_id=point.session_id,
        before=row.presence if row else None, before_reason=row.reason if row else "",
        marked_by=UserId(by.user_id), marked_at=now,
    )  # fmt: skip
    db.add(made)
    if row and row.presence in PRESENT:
        return
    row = row or Attendance(session_id=point.session_id, user_id=user)
    row.record(
        Presence.ON_SITE, basis=Basis.BRIDGE, basis_id=point.id, by=UserId(by.user_id), now=now
    )
    db.add(row)


def _go(
    db: Session, mark: BridgeMark, row: Attendance | None, other: BridgePoint | None,
    *, by: Actor, now: datetime,
) -> None:  # fmt: skip
    """Without the mark; the record goes only if it rests on it, and nothing else carries it."""
    db.delete(mark)
    if row is None or (row.basis, row.basis_id) != (Basis.BRIDGE, mark.point_id):
        return
    if other is not None:
        row.basis_id = other.id
        kept = db.get_one(BridgeMark, (other.id, mark.user_id))
        kept.before, kept.before_reason = mark.before, mark.before_reason
    elif mark.before is None or mark.before in PRESENT:
        db.delete(row)
    else:
        row.record(mark.before, mark.before_reason, by=UserId(by.user_id), now=now)


def _require_on_the_list(db: Session, point: BridgePoint, users: Collection[UserId]) -> None:
    listed = db.scalars(
        select(Summons.user_id).where(
            Summons.round_id == point.session.round_id,
            Summons.user_id.in_(users),
            Summons.call != Call.RELEASED,
        )
    )
    if set(users) - set(listed):
        raise Missing(N_("Somebody here is not on the list of the round."))


def _marks(db: Session, point: BridgePoint, users: Collection[UserId]) -> dict[UserId, BridgeMark]:
    rows = db.scalars(
        select(BridgeMark)
        .where(BridgeMark.point_id == point.id, BridgeMark.user_id.in_(users))
        .execution_options(populate_existing=True)
    )
    return {row.user_id: row for row in rows}


def _elsewhere(
    db: Session, point: BridgePoint, users: Collection[UserId]
) -> dict[UserId, BridgePoint]:
    """Another bridge point of the session at which each of them is marked."""
    rows = db.execute(
        select(BridgeMark.user_id, BridgePoint)
        .join(BridgePoint, BridgePoint.id == BridgeMark.point_id)
        .where(
            BridgeMark.session_id == point.session_id,
            BridgeMark.point_id != point.id,
            BridgeMark.user_id.in_(users),
        )
        .order_by(BridgeMark.marked_at)
    )
    return dict(rows.all())


def _tell(db: Session, point: BridgePoint, twice: Mapping[UserId, str], *, now: datetime) -> None:
    if twice:
        notify(
            db, twice, Kind.BRIDGE_TWICE, subject_id=point.session_id, by=None, now=now,
            round=str(point.session.round_id),
        )  # fmt: skip
