"""Questions about requests not to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from studyhub.rounds.models import StudyRound
from studyhub.study.absence_models import AbsenceRequest, AbsenceState
from studyhub.study.models import StudySession

LATEST = 50


@dataclass(frozen=True)
class Requests:
    """One's own, those that wait for one's answer, and those answered last."""

    own: Sequence[AbsenceRequest]
    waiting: Sequence[AbsenceRequest]
    answered: Sequence[AbsenceRequest]


def requests(db: Session, user_id: UUID, *, decidable: ColumnElement[bool]) -> Requests:
    """Three queries."""
    others = _loaded().where(decidable)
    waits = AbsenceRequest.state == AbsenceState.ASKED
    latest = AbsenceRequest.decided_at.desc()
    return Requests(
        own=db.scalars(
            _loaded().where(AbsenceRequest.user_id == user_id)
            .order_by(AbsenceRequest.asked_at.desc()).limit(LATEST)
        ).all(),
        waiting=db.scalars(others.where(waits).order_by(StudySession.starts_at)).all(),
        answered=db.scalars(others.where(~waits).order_by(latest).limit(LATEST)).all(),
    )  # fmt: skip


def latest_of(db: Session, session: StudySession, user_id: UUID) -> AbsenceRequest | None:
    """The person's last request about the session."""
    return db.scalars(
        select(AbsenceRequest)
        .where(AbsenceRequest.session_id == session.id, AbsenceRequest.user_id == user_id)
        .order_by(AbsenceRequest.asked_at.desc(), AbsenceRequest.id.desc())
        .limit(1)
    ).first()


def waiting_in(db: Session, session: StudySession, cell_id: UUID) -> Sequence[AbsenceRequest]:
    """Those of a cell that wait for an answer."""
    return db.scalars(
        _loaded()
        .where(
            AbsenceRequest.session_id == session.id,
            AbsenceRequest.cell_id == cell_id,
            AbsenceRequest.state == AbsenceState.ASKED,
        )
        .order_by(AbsenceRequest.asked_at)
    ).all()


def _loaded() -> Select[AbsenceRequest]:
    return (
        select(AbsenceRequest)
        .join(AbsenceRequest.session)
        .join(StudySession.round)
        .options(
            contains_eager(AbsenceRequest.session)
            .contains_eager(StudySession.round)
            .load_only(StudyRound.title, StudyRound.state),
            joinedload(AbsenceRequest.user),
            joinedload(AbsenceRequest.cell),
        )
    )
