"""The deeds about requests not to come: a member asks or withdraws, the cell's leaders decide.

To grant is to record the person as excused, in the same transaction.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Forbidden, Unfit, Untimely
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.org.telling import committee_above, leaders_of
from studyhub.rounds.models import Call, Summons
from studyhub.rounds.service import require_open
from studyhub.study.absence_models import AbsenceRequest, AbsenceState
from studyhub.study.attendance import settle
from studyhub.study.models import Attendance, Basis, Presence, StudySession
from studyhub.study.rules import PRESENT

AFTERWARDS = timedelta(days=7)
"""So long after the end of a session one may still ask to be excused."""


def takes_requests(session: StudySession, now: datetime) -> bool:
    """Whether one may still ask to be excused from this session."""
    return now <= session.ends_at + AFTERWARDS


def ask(
    db: Session,
    session: StudySession,
    *,
    reason: str,
    evidence: Sequence[dict[str, Any]] = (),
    by: Actor,
    now: datetime,
) -> AbsenceRequest:
    """Ask to be excused; nothing is recorded until the leaders of the cell grant it."""
    require_open(session.round)
    summons = _summons(db, session, by)
    _require_sense(db, session, reason, by=by, now=now)
    request = AbsenceRequest(
        id=new_uuid(), session=session, user_id=UserId(by.user_id), cell=summons.cell,
        state=AbsenceState.ASKED, reason=tidy(reason), evidence=list(evidence), asked_at=now,
        answer="",
    )  # fmt: skip
    _keep(db, request)
    _log(db, Deed.ABSENCE_ASKED, request, by=by, now=now)
    _tell_leaders(db, Kind.ABSENCE_ASKED, request, by=by, now=now)
    return request


def withdraw(db: Session, request: AbsenceRequest, *, by: Actor, now: datetime) -> None:
    """The member asks no longer; they may ask again."""
    _require_asked(request)
    _settle(request, AbsenceState.WITHDRAWN, "", by=by, now=now)
    _log(db, Deed.ABSENCE_WITHDRAWN, request, by=by, now=now)
    _tell_leaders(db, Kind.ABSENCE_WITHDRAWN, request, by=by, now=now)


def decline(db: Session, request: AbsenceRequest, *, answer: str, by: Actor, now: datetime) -> None:
    """The person is expected to come, or counts as absent; they are told why."""
    _require_asked(request)
    if not tidy(answer):
        raise Unfit(N_("Say why the request is declined."), about="answer")
    _settle(request, AbsenceState.DECLINED, answer, by=by, now=now)
    _log(db, Deed.ABSENCE_DECLINED, request, by=by, now=now)
    _tell(db, [request.user_id], Kind.ABSENCE_DECLINED, request, by=by, now=now)


def grant(
    db: Session, request: AbsenceRequest, *, answer: str = "", by: Actor, now: datetime
) -> None:
    """Record the person as excused, for the reason they gave. Who has made up stays so."""
    _require_asked(request)
    require_open(request.session.round)
    _excuse(db, request, by=by, now=now)
    _settle(request, AbsenceState.GRANTED, answer, by=by, now=now)
    _log(db, Deed.ABSENCE_GRANTED, request, by=by, now=now)
    _tell(db, [request.user_id], Kind.ABSENCE_GRANTED, request, by=by, now=now)
    settle(db, request.session.round, user_ids=[UserId(request.user_id)], now=now)


def _excuse(db: Session, request: AbsenceRequest, *, by: Actor, now: datetime) -> None:
    key = (request.session_id, request.user_id)
    row = db.get(Attendance, key, with_for_update=True, populate_existing=True)
    if row and row.presence is Presence.MADE_UP:
        row.was, row.reason = Presence.EXCUSED, request.reason
        return
    if row and row.presence in PRESENT:
        raise Untimely(N_("The member is recorded as present. There is nothing to excuse."))
    row = row or Attendance(session_id=request.session_id, user_id=request.user_id)
    row.record(
        Presence.EXCUSED, request.reason, basis=Basis.REQUEST, basis_id=request.id,
        by=UserId(by.user_id), now=now,
    )  # fmt: skip
    db.add(row)


def _summons(db: Session, session: StudySession, by: Actor) -> Summons:
    summons = db.scalars(
        select(Summons).where(
            Summons.round_id == session.round_id,
            Summons.user_id == by.user_id,
            Summons.call == Call.REQUIRED,
        )
    ).one_or_none()
    if summons is None:
        raise Forbidden(N_("Only those who must come need to ask for leave."))
    return summons


def _require_sense(
    db: Session, session: StudySession, reason: str, *, by: Actor, now: datetime
) -> None:
    if not tidy(reason):
        raise Unfit(N_("Give the reason of the request."), about="reason")
    if not takes_requests(session, now):
        raise Untimely(
            N_("It is too late to ask; turn to the leaders of your cell. They can still record it.")
        )
    row = db.get(Attendance, (session.id, by.user_id))
    if row and (row.presence in PRESENT or row.presence is Presence.EXCUSED):
        raise Untimely(N_("You are recorded as present or excused already."))


def _keep(db: Session, request: AbsenceRequest) -> None:
    """At most one waits; of a double click the second finds the first."""
    try:
        with db.begin_nested():
            db.add(request)
    except IntegrityError:
        raise Conflict(N_("You have asked already; the request waits for its answer.")) from None


def _require_asked(request: AbsenceRequest) -> None:
    if not request.is_open:
        raise Untimely(N_("This request has been answered already."))


def _settle(
    request: AbsenceRequest, state: AbsenceState, answer: str, *, by: Actor, now: datetime
) -> None:
    request.state, request.answer = state, tidy(answer)
    request.decided_by, request.decided_at = UserId(by.user_id), now


def _tell_leaders(
    db: Session, kind: Kind, request: AbsenceRequest, *, by: Actor, now: datetime
) -> None:
    """Those who answer for the cell; where nobody but the person does, those above."""
    leaders = [one for one in leaders_of(db, [request.cell_id], by.today) if one != request.user_id]
    people = leaders or committee_above(db, request.cell, by.today)
    _tell(db, people, kind, request, by=by, now=now)


def _tell(
    db: Session, people: Sequence[UserId], kind: Kind, request: AbsenceRequest,
    *, by: Actor, now: datetime,
) -> None:  # fmt: skip
    notify(
        db, people, kind, subject_id=request.id, by=by, now=now, person=str(request.user_id),
        cell=str(request.cell_id), round=str(request.session.round_id),
    )  # fmt: skip


def _log(db: Session, deed: Deed, request: AbsenceRequest, *, by: Actor, now: datetime) -> None:
    log.record(
        db, deed, request.id, by=by, now=now, session=str(request.session_id),
        person=str(request.user_id), pictures=len(request.evidence),
    )  # fmt: skip
