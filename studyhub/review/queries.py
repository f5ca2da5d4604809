"""Questions of the review desk: what waits, what comes next, what was said and decided."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.kernel.ids import RoundId
from studyhub.review.models import Comment, Decision
from studyhub.rounds.models import StudyRound

SHOWN = 20
"""How many of a queue are listed at once, however long it is."""


def waiting(
    db: Session,
    visible: ColumnElement[bool],
    *,
    round_id: UUID | None = None,
    limit: int = SHOWN,
    offset: int = 0,
) -> Sequence[Essay]:
    """The essays that wait for a decision, oldest first."""
    return db.scalars(
        _queue(visible, round_id)
        .order_by(Essay.submitted_at, Essay.id)
        .limit(limit)
        .offset(offset)
        .options(joinedload(Essay.author), joinedload(Essay.round), joinedload(Essay.cell))
    ).all()


def count_waiting(db: Session, visible: ColumnElement[bool]) -> dict[RoundId, tuple[str, int]]:
    """How many wait in each round, with the round's title; rounds with none are left out."""
    rows = db.execute(
        select(StudyRound.id, StudyRound.title, func.count())
        .join(Essay, Essay.round_id == StudyRound.id)
        .where(Essay.state == State.SUBMITTED, visible)
        .group_by(StudyRound.id, StudyRound.title, StudyRound.closes_at)
        .order_by(StudyRound.closes_at)
    )
    return {round_id: (title, count) for round_id, title, count in rows}


def place(
    db: Session, visible: ColumnElement[bool], essay: Essay, *, round_id: UUID | None = None
) -> int:
    """How many wait before this one."""
    ahead = _queue(visible, round_id).where(_before(essay)).subquery()
    return db.scalar(select(func.count()).select_from(ahead)) or 0


def next_after(
    db: Session,
    visible: ColumnElement[bool],
    *,
    moment: datetime,
    essay_id: UUID,
    round_id: UUID | None = None,
) -> Essay | None:
    """The one that waits behind this place in the queue; after the last, the first."""
    behind = or_(
        Essay.submitted_at > moment, and_(Essay.submitted_at == moment, Essay.id > essay_id)
    )
    queue = _queue(visible, round_id).where(Essay.id != essay_id)
    return db.scalars(
        queue.order_by(behind.desc(), Essay.submitted_at, Essay.id)
        .limit(1)
        .options(joinedload(Essay.author))
    ).first()


def before(
    db: Session, visible: ColumnElement[bool], essay: Essay, *, round_id: UUID | None = None
) -> Essay | None:
    """The one that waits just before this."""
    return db.scalars(
        _queue(visible, round_id)
        .where(_before(essay))
        .order_by(Essay.submitted_at.desc(), Essay.id.desc())
        .limit(1)
        .options(joinedload(Essay.author))
    ).first()


def lately_decided(
    db: Session, user_id: UUID, visible: ColumnElement[bool], *, limit: int = 5
) -> Sequence[Decision]:
    """What this person decided last, newest first."""
    return db.scalars(
        select(Decision)
        .join(Decision.version)
        .join(Version.essay)
        .where(Decision.decided_by == user_id, visible)
        .order_by(Decision.decided_at.desc(), Decision.version_id)
        .limit(limit)
        .options(
            contains_eager(Decision.version)
            .contains_eager(Version.essay)
            .options(joinedload(Essay.author), joinedload(Essay.round))
        )
    ).all()


def version(db: Session, version_id: UUID) -> Version:
    """The version with its essay."""
    return db.scalars(
        select(Version).where(Version.id == version_id).options(joinedload(Version.essay))
    ).one()


def comments_on(
    db: Session, versions: Sequence[Version], *, reader_id: UUID
) -> dict[UUID, list[Comment]]:
    """The comments on these versions that this person may see: those sent, and one's own."""
    found: dict[UUID, list[Comment]] = {version.id: [] for version in versions}
    for comment in db.scalars(
        select(Comment)
        .where(
            Comment.version_id.in_(found),
            or_(Comment.sent_at.is_not(None), Comment.author_id == reader_id),
        )
        .order_by(Comment.part, Comment.paragraph, Comment.written_at, Comment.id)
        .options(joinedload(Comment.author))
    ):
        found[comment.version_id].append(comment)
    return found


def decisions_on(db: Session, versions: Sequence[Version]) -> dict[UUID, Decision]:
    """The decisions about these versions."""
    found = db.scalars(
        select(Decision)
        .where(Decision.version_id.in_([version.id for version in versions]))
        .options(joinedload(Decision.reviewer))
    )
    return {decision.version_id: decision for decision in found}


def _queue(visible: ColumnElement[bool], round_id: UUID | None) -> Select[Any]:
    queue = select(Essay).where(Essay.state == State.SUBMITTED, visible)
    return queue.where(Essay.round_id == round_id) if round_id else queue


def _before(essay: Essay) -> ColumnElement[bool]:
    return or_(
        Essay.submitted_at < essay.submitted_at,
        and_(Essay.submitted_at == essay.submitted_at, Essay.id < essay.id),
    )
