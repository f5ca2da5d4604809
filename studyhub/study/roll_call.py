"""The leaders of a cell call the roll of a session."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing, Unfit, Untimely
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.rounds.models import Call, Summons
from studyhub.rounds.service import require_open
from studyhub.study.attendance import settle
from studyhub.study.guests import calls_of_guests
from studyhub.study.models import Attendance, Presence, StudySession
from studyhub.study.repetitions import expects
from studyhub.study.rules import PRESENT


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What the caller says of one person, and what the page showed when they said it."""

    presence: Presence
    reason: str = ""
    seen: Presence | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How many records were changed, and whose record had changed since the page was shown."""

    changed: int
    overtaken: Sequence[UserId] = ()


def call_roll(
    db: Session,
    session: StudySession,
    cell: Unit,
    entries: Mapping[UserId, Entry],
    *,
    by: Actor,
    now: datetime,
    all_others_on_site: bool = False,
    guests_on: date | None = None,
) -> Outcome:
    """Record these persons of the cell; those who are not named stay as they are.

    Who checked in since the page was shown keeps what was recorded then and
    is named in the outcome: a stale page overwrites nobody.
    `all_others_on_site` records every person of the cell who is required and has no
    record yet. Guests of the cell on the day `guests_on` may be named, too.
    """
    require_open(session.round)
    called = _called(db, session, cell)
    guests = calls_of_guests(db, session, cell, guests_on) if guests_on else {}
    nameable = {**guests, **called}
    _require_fit(session, nameable, entries, now)
    recorded = _recorded(db, session, nameable)
    overtaken = [u for u, entry in entries.items() if _is_overtaken(recorded.get(u), entry)]
    wanted = {u: entry for u, entry in entries.items() if u not in overtaken}
    if all_others_on_site:
        wanted |= _the_others(called, recorded, entries)
    changed = _write(db, session, recorded, wanted, by=by, now=now)
    if changed:
        _log(db, session, cell, changed, by=by, now=now)
        settle(db, session.round, user_ids=list(changed), now=now)
    return Outcome(changed=len(changed), overtaken=overtaken)


def _called(db: Session, session: StudySession, cell: Unit) -> Mapping[UserId, Call]:
    """Those of the cell who are on the list, in the cell they were in when it was frozen."""
    rows = db.execute(
        select(Summons.user_id, Summons.call).where(
            Summons.round_id == session.round_id,
            Summons.cell_id == cell.id,
            Summons.call != Call.RELEASED,
            expects(session),
        )
    )
    return dict(rows.all())


def _require_fit(
    session: StudySession,
    called: Mapping[UserId, Call],
    entries: Mapping[UserId, Entry],
    now: datetime,
) -> None:
    if not entries.keys() <= called.keys():
        raise Missing(N_("Somebody here is not on the list of this cell."))
    for entry in entries.values():
        if entry.presence is Presence.EXCUSED and not entry.reason.strip():
            raise Unfit(N_("Give the reason of every excused absence."))
        if entry.presence is Presence.MADE_UP and entry.seen is not Presence.MADE_UP:
            _require_over(session, now)


def _require_over(session: StudySession, now: datetime) -> None:
    if now < session.ends_at:
        raise Untimely(N_("A session can be made up only after it has ended."))


def _recorded(
    db: Session, session: StudySession, called: Mapping[UserId, Call]
) -> dict[UserId, Attendance]:
    rows = db.scalars(
        select(Attendance)
        .where(Attendance.session_id == session.id, Attendance.user_id.in_(called))
        .order_by(Attendance.user_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.user_id: row for row in rows}


def _is_overtaken(row: Attendance | None, entry: Entry) -> bool:
    """Whether somebody recorded something else since the page was shown."""
    recorded = row.presence if row else None
    return recorded not in (entry.seen, entry.presence)


def _the_others(
    called: Mapping[UserId, Call],
    recorded: Mapping[UserId, Attendance],
    entries: Mapping[UserId, Entry],
) -> dict[UserId, Entry]:
    return {
        user: Entry(presence=Presence.ON_SITE)
        for user, call in called.items()
        if call is Call.REQUIRED and user not in recorded and user not in entries
    }


def _write(
    db: Session,
    session: StudySession,
    recorded: Mapping[UserId, Attendance],
    wanted: Mapping[UserId, Entry],
    *,
    by: Actor,
    now: datetime,
) -> dict[UserId, Entry]:
    """Change the rows that are not yet as wanted; return what was changed."""
    changed = {}
    for user, entry in wanted.items():
        row = recorded.get(user) or Attendance(session_id=session.id, user_id=user)
        reason = "" if entry.presence in PRESENT else entry.reason.strip()
        if row.presence is entry.presence and (reason == row.reason or entry.presence in PRESENT):
            continue
        row.record(entry.presence, reason, by=UserId(by.user_id), now=now)
        db.add(row)
        changed[user] = entry
    return changed


def _log(
    db: Session,
    session: StudySession,
    cell: Unit,
    changed: Mapping[UserId, Entry],
    *,
    by: Actor,
    now: datetime,
) -> None:
    counts = Counter(entry.presence.value for entry in changed.values())
    log.record(db, Deed.ROLL_CALLED, session.id, by=by, now=now, cell=str(cell.id), **dict(counts))
