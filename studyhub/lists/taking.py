"""A list is brought, matched, corrected by hand, taken over in one go, and undone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit.log import Deed, record
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing, Unfit, Untimely
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.vietnamese import fold
from studyhub.kernel.words import N_
from studyhub.lists.matching import Matcher, Person
from studyhub.lists.models import AttendanceList, ListLine, ListState
from studyhub.lists.reading import Said
from studyhub.org.models import Unit
from studyhub.rounds.models import Call, Summons
from studyhub.rounds.service import require_open
from studyhub.study.attendance import held, settle, take_turns
from studyhub.study.models import Attendance, Basis, Presence, StudySession
from studyhub.study.rules import PRESENT


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A file, as it was read."""

    name: str
    said: list[Said]
    taken_as: Presence
    least_minutes: int


def bring(
    db: Session,
    session: StudySession,
    brought: Brought,
    *,
    within: ColumnElement[bool],
    by: Actor,
    now: datetime,
) -> AttendanceList:
    """Keep what the list says and whom it seems to mean, of the cells `within`."""
    require_open(session.round)
    if now < session.starts_at:
        raise Untimely(N_("A list of attendance is taken over once the session has begun."))
    matcher = Matcher(_people(db, session, within))
    made = AttendanceList(
        id=new_uuid(), session=session, file_name=brought.name[:200], taken_as=brought.taken_as,
        least_minutes=brought.least_minutes, state=ListState.WAITING,
        brought_by=UserId(by.user_id), brought_at=now,
    )  # fmt: skip
    made.lines = [_line(said, matcher) for said in brought.said]
    db.add(made)
    db.flush()
    return made


def choose(
    db: Session,
    brought: AttendanceList,
    chosen: Mapping[int, UserId | None],
    *,
    within: ColumnElement[bool],
) -> None:
    """Say of doubtful lines whom they mean, or that they mean nobody."""
    _require_waiting(brought)
    wanted = {user_id for user_id in chosen.values() if user_id}
    if wanted - {one.user_id for one in _people(db, brought.session, within)}:
        raise Missing(N_("Somebody here is not on the list of the round."))
    for line in brought.lines:
        if line.number in chosen:
            line.user_id = chosen[line.number]
    db.flush()


def take_over(db: Session, brought: AttendanceList, *, by: Actor, now: datetime) -> int:
    """Record everybody the list means, who is not recorded as present; all or nothing."""
    _require_waiting(brought)
    require_open(brought.session.round)
    lines = {
        line.user_id: line
        for line in reversed(brought.lines)
        if line.user_id and counts(brought, line)
    }
    if not lines:
        raise Unfit(N_("The list means nobody who can be recorded."))
    recorded = _recorded(db, brought.session, lines.keys())
    changed = [u for u in lines if u not in recorded or recorded[u].presence not in PRESENT]
    for user_id in changed:
        _record(db, brought, lines[user_id], recorded.get(user_id), by=by, now=now)
    _settle(db, brought, ListState.TAKEN, Deed.LIST_TAKEN_OVER, changed, by=by, now=now)
    return len(changed)


def undo(db: Session, brought: AttendanceList, *, by: Actor, now: datetime) -> int:
    """Back to what was recorded before; who was recorded otherwise since keeps that."""
    if brought.state is not ListState.TAKEN:
        raise Untimely(N_("This list has not been taken over, or was undone already."))
    require_open(brought.session.round)
    lines = {line.user_id: line for line in brought.lines if line.changed and line.user_id}
    recorded = _recorded(db, brought.session, lines.keys())
    mine = [u for u, row in recorded.items() if (row.basis, row.basis_id) == _basis(brought)]
    for user_id in mine:
        _restore(db, lines[user_id], recorded[user_id], by=by, now=now)
    _settle(db, brought, ListState.UNDONE, Deed.LIST_TAKEN_BACK, mine, by=by, now=now)
    return len(mine)


def is_short(brought: AttendanceList, line: ListLine) -> bool:
    """Whether the person was not there for long enough."""
    return line.minutes is not None and line.minutes < brought.least_minutes


def counts(brought: AttendanceList, line: ListLine) -> bool:
    """Whether the line records somebody."""
    return line.user_id is not None and not is_short(brought, line)


def _line(said: Said, matcher: Matcher) -> ListLine:
    found = matcher.match(said)
    return ListLine(
        number=said.number, name=said.name, beside=said.beside, minutes=said.minutes,
        user_id=found.user_id if found.is_sure else None, is_sure=found.is_sure,
        candidates=[str(one) for one in found.candidates], changed=False, before={},
    )  # fmt: skip


def _people(db: Session, session: StudySession, within: ColumnElement[bool]) -> list[Person]:
    rows = db.execute(
        select(User.id, User.name_folded, User.card_number, User.email, Unit.name)
        .join(Summons, Summons.user_id == User.id)
        .join(Unit, Unit.id == Summons.cell_id)
        .where(Summons.round_id == session.round_id, Summons.call != Call.RELEASED, within)
        .order_by(User.name_order, User.id)
    )
    return [
        Person(
            user_id=user_id, name=name, card=card or "", email=(email or "").lower(),
            cell=fold(cell),
        )
        for user_id, name, card, email, cell in rows
    ]  # fmt: skip


def _recorded(
    db: Session, session: StudySession, ids: Collection[UserId]
) -> dict[UserId, Attendance]:
    take_turns(db, ids)
    return held(db, session.id, ids)


def _record(
    db: Session, brought: AttendanceList, line: ListLine, row: Attendance | None,
    *, by: Actor, now: datetime,
) -> None:  # fmt: skip
    line.changed = True
    line.before = {"presence": row.presence.value, "reason": row.reason} if row else {}
    row = row or Attendance(session_id=brought.session_id, user_id=line.user_id)
    basis, basis_id = _basis(brought)
    row.record(brought.taken_as, basis=basis, basis_id=basis_id, by=UserId(by.user_id), now=now)
    db.add(row)


def _restore(db: Session, line: ListLine, row: Attendance, *, by: Actor, now: datetime) -> None:
    line.changed = False
    if not line.before:
        db.delete(row)
        return
    presence = Presence(line.before["presence"])
    row.record(presence, line.before["reason"], by=UserId(by.user_id), now=now)


def _basis(brought: AttendanceList) -> tuple[Basis, UUID]:
    return Basis.LIST, brought.id


def _settle(
    db: Session, brought: AttendanceList, state: ListState, deed: Deed, users: list[UserId],
    *, by: Actor, now: datetime,
) -> None:  # fmt: skip
    brought.state, brought.settled_at = state, now
    record(
        db, deed, brought.id, by=by, now=now, session=str(brought.session_id), persons=len(users)
    )
    settle(db, brought.session.round, user_ids=users, now=now)


def _require_waiting(brought: AttendanceList) -> None:
    if brought.state is not ListState.WAITING:
        raise Untimely(N_("This list has been taken over already."))
