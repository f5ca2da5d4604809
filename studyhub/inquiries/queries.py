"""Questions about questions: what is published, what waits, what one asked oneself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from studyhub.inquiries.lifecycle import State
from studyhub.inquiries.models import Inquiry
from studyhub.kernel.ids import RoundId
from studyhub.study.models import StudySession


@dataclass(frozen=True, kw_only=True)
class Published:
    """A question with its answer, as everybody who sees the session reads it."""

    id: UUID
    text: str
    answer: str
    topic: str
    asker: str
    """"" where the person asked without their name."""
    asked_at: datetime
    answered_at: datetime | None
    asked_by_others: int
    """How many besides asked the same."""
    session: str = ""


def published(db: Session, session: StudySession) -> Sequence[Published]:
    """The questions of a session that were answered for all, in the order of asking."""
    return _published(db, Inquiry.session_id == session.id)


def published_of_round(db: Session, round_id: RoundId) -> Sequence[Published]:
    """The same of the whole round, session by session."""
    return _published(db, Inquiry.round_id == round_id)


def of_person(db: Session, session_id: UUID, user_id: UUID) -> Sequence[Inquiry]:
    """What somebody asked at a session, the newest first; what they withdrew left out."""
    return db.scalars(
        select(Inquiry)
        .where(
            Inquiry.session_id == session_id,
            Inquiry.asker_id == user_id,
            Inquiry.state != State.WITHDRAWN,
        )
        .options(joinedload(Inquiry.merged_into))
        .order_by(Inquiry.asked_at.desc(), Inquiry.id)
    ).all()


def of_session(db: Session, session_id: UUID) -> Sequence[Inquiry]:
    """All that was asked at a session and not withdrawn, in the order of asking."""
    return db.scalars(
        select(Inquiry)
        .where(Inquiry.session_id == session_id, Inquiry.state != State.WITHDRAWN)
        .options(joinedload(Inquiry.asker))
        .order_by(Inquiry.asked_at, Inquiry.id)
    ).all()


def waiting(db: Session, session_id: UUID) -> int:
    """How many questions wait for an answer."""
    asked = select(func.count()).where(
        Inquiry.session_id == session_id, Inquiry.state == State.WAITING
    )
    return db.scalar(asked) or 0


def changes(db: Session, session_id: UUID) -> Mapping[UUID, datetime]:
    """When anything last happened to what each asker asked, or to what it was merged into."""
    main = aliased(Inquiry)
    rows = db.execute(
        select(Inquiry.asker_id, func.max(Inquiry.changed_at), func.max(main.changed_at))
        .outerjoin(main, main.id == Inquiry.merged_into_id)
        .where(Inquiry.session_id == session_id)
        .group_by(Inquiry.asker_id)
    )
    return {asker: max(filter(None, (own, other))) for asker, own, other in rows}


def _published(db: Session, which: object) -> Sequence[Published]:
    same = aliased(Inquiry)
    others = (
        select(func.count()).where(same.merged_into_id == Inquiry.id).correlate(Inquiry)
    ).scalar_subquery()
    rows = db.execute(
        select(Inquiry, others)
        .join(Inquiry.asker)
        .outerjoin(Inquiry.session)
        .where(which, Inquiry.state == State.PUBLISHED)  # type: ignore[arg-type]  # a condition
        .options(contains_eager(Inquiry.asker), contains_eager(Inquiry.session))
        .order_by(StudySession.starts_at, Inquiry.asked_at, Inquiry.id)
    )
    return [_as_published(inquiry, count) for inquiry, count in rows]


def _as_published(inquiry: Inquiry, others: int) -> Published:
    return Published(
        id=inquiry.id,
        text=inquiry.text,
        answer=inquiry.answer,
        topic=inquiry.topic,
        asker="" if inquiry.without_name else inquiry.asker.full_name,
        asked_at=inquiry.asked_at,
        answered_at=inquiry.answered_at,
        asked_by_others=others,
        session=inquiry.session.title if inquiry.session else "",
    )
