"""Questions about the desk when a post changes hands: what waits there, and what is half done."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from studyhub.essays.leading import in_care_of
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.kernel.ids import RoundId
from studyhub.org.models import Unit
from studyhub.review.models import Comment
from studyhub.rounds.models import StudyRound

MOST = 50


@dataclass(frozen=True, kw_only=True)
class Pile:
    """What waits in a cell in one round: how many, and how many of them somebody has touched.

    `opened`: that person has begun to read. `remarked`: with remarks of theirs not sent.
    """

    round_id: RoundId
    title: str
    waiting: int
    opened: int
    remarked: int


def piles(
    db: Session, cell: Unit, holder_id: UUID, *, successor_id: UUID | None = None
) -> Sequence[Pile]:
    """What waits in the cell, round by round, but for the essays of these two themselves."""
    opened, remarked = _touched(holder_id)
    rows = db.execute(
        select(StudyRound.id, StudyRound.title, func.count(), _sum(opened), _sum(remarked))
        .join(Essay, Essay.round_id == StudyRound.id)
        .where(
            in_care_of(cell.id),
            Essay.state == State.SUBMITTED,
            Essay.author_id.not_in([id_ for id_ in (holder_id, successor_id) if id_]),
        )
        .group_by(StudyRound.id, StudyRound.title, StudyRound.closes_at)
        .order_by(StudyRound.closes_at, StudyRound.id)
    )
    return [
        Pile(round_id=id_, title=title, waiting=waiting, opened=read, remarked=remarks)
        for id_, title, waiting, read, remarks in rows
    ]


def under_way(db: Session, cell: Unit, author_ids: Sequence[UUID]) -> Sequence[Essay]:
    """The essays of these people in the cell that are not done with; nothing of their texts."""
    return db.scalars(
        select(Essay)
        .join(Essay.round)
        .where(
            in_care_of(cell.id),
            Essay.author_id.in_(author_ids),
            Essay.state != State.ACCEPTED,
        )
        .options(contains_eager(Essay.round), joinedload(Essay.author, innerjoin=True))
        .order_by(StudyRound.closes_at, Essay.id)
    ).all()


def left_unsent(db: Session, user_id: UUID, visible: ColumnElement[bool]) -> Sequence[Comment]:
    """One's own remarks that were never sent, on essays one may no longer judge."""
    return db.scalars(
        select(Comment)
        .join(Comment.version)
        .join(Version.essay)
        .where(Comment.author_id == user_id, Comment.sent_at.is_(None), ~visible)
        .options(
            contains_eager(Comment.version)
            .contains_eager(Version.essay)
            .options(joinedload(Essay.author, innerjoin=True), joinedload(Essay.round))
        )
        .order_by(Comment.written_at.desc(), Comment.id)
        .limit(MOST)
    ).all()


def _touched(holder_id: UUID) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    read = exists().where(
        Version.essay_id == Essay.id,
        Version.reading_began_by == holder_id,
        Version.submitted_at == Essay.submitted_at,
    )
    remarked = (
        exists()
        .where(and_(Comment.version_id == Version.id, Version.essay_id == Essay.id))
        .where(Comment.author_id == holder_id, Comment.sent_at.is_(None))
    )
    return read, remarked


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
