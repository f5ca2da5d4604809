"""Questions of the review desk: what waits, what comes next, what was said and decided."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload

from studyhub.accounts.models import User
from studyhub.essays.models import Essay, Version
from studyhub.kernel.ids import EssayId, RoundId
from studyhub.org.models import Unit
from studyhub.review.line import SHOWN, in_line
from studyhub.review.models import Comment, Decision
from studyhub.rounds.models import StudyRound


def waiting(
    db: Session,
    visible: ColumnElement[bool],
    *,
    round_id: UUID | None = None,
    limit: int = SHOWN,
    offset: int = 0,
) -> Sequence[Essay]:
    """The essays that wait for a decision, oldest first; nothing of their texts is read."""
    queue = select(Essay).where(in_line(visible))
    return db.scalars(
        (queue.where(Essay.round_id == round_id) if round_id else queue)
        .order_by(Essay.submitted_at, Essay.id)
        .limit(limit)
        .offset(offset)
        .options(
            defer(Essay.draft),
            joinedload(Essay.author, innerjoin=True).load_only(User.full_name),
            joinedload(Essay.round, innerjoin=True).load_only(StudyRound.title),
            joinedload(Essay.cell, innerjoin=True).load_only(Unit.name),
        )
    ).all()


def count_waiting(db: Session, visible: ColumnElement[bool]) -> dict[RoundId, tuple[str, int]]:
    """How many wait in each round, with the round's title; rounds with none are left out."""
    rows = db.execute(
        select(StudyRound.id, StudyRound.title, func.count())
        .join(Essay, Essay.round_id == StudyRound.id)
        .where(in_line(visible))
        .group_by(StudyRound.id, StudyRound.title, StudyRound.closes_at)
        .order_by(StudyRound.closes_at)
    )
    return {round_id: (title, count) for round_id, title, count in rows}


def next_after(
    db: Session, visible: ColumnElement[bool], *, moment: datetime, essay_id: UUID
) -> EssayId | None:
    """The one that waits behind this place in the queue; after the last, the first."""
    behind = or_(
        Essay.submitted_at > moment, and_(Essay.submitted_at == moment, Essay.id > essay_id)
    )
    return db.scalars(
        select(Essay.id)
        .where(in_line(visible), Essay.id != essay_id)
        .order_by(behind.desc(), Essay.submitted_at, Essay.id)
        .limit(1)
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
            .load_only(Version.essay_id)
            .contains_eager(Version.essay)
            .load_only(Essay.author_id, Essay.round_id)
            .options(
                joinedload(Essay.author, innerjoin=True).load_only(User.full_name),
                joinedload(Essay.round, innerjoin=True).load_only(StudyRound.title),
            )
        )
    ).all()


def for_judging(db: Session, essay_id: UUID) -> Essay:
    """The essay with author, cell, round and every version at hand; the draft is nobody's."""
    return (
        db.scalars(
            select(Essay)
            .where(Essay.id == essay_id)
            .options(
                defer(Essay.draft),
                joinedload(Essay.round, innerjoin=True),
                joinedload(Essay.author, innerjoin=True),
                joinedload(Essay.cell, innerjoin=True),
                joinedload(Essay.versions),
            )
            .execution_options(populate_existing=True)
        )
        .unique()
        .one()
    )


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
        .options(joinedload(Comment.author, innerjoin=True).load_only(User.full_name))
    ):
        found[comment.version_id].append(comment)
    return found


def decisions_on(db: Session, versions: Sequence[Version]) -> dict[UUID, Decision]:
    """The decisions about these versions."""
    found = db.scalars(
        select(Decision)
        .where(Decision.version_id.in_([version.id for version in versions]))
        .options(joinedload(Decision.reviewer, innerjoin=True).load_only(User.full_name))
    )
    return {decision.version_id: decision for decision in found}
