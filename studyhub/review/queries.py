"""Questions of the review desk about essays: one with all that hangs on it, what was said."""

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, Uuid, bindparam, or_, select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload

from studyhub.accounts.models import User
from studyhub.essays.models import Essay, Version
from studyhub.org.models import Unit
from studyhub.review.models import Comment, Decision, Substitution
from studyhub.rounds.models import StudyRound

REMEMBERED = 1000
"""So many statements, each for what one person may see."""

_FOR_JUDGING = (
    select(Essay)
    .where(Essay.id == bindparam("which", type_=Uuid()))
    .options(
        defer(Essay.draft),
        joinedload(Essay.round, innerjoin=True),
        joinedload(Essay.author, innerjoin=True),
        joinedload(Essay.cell, innerjoin=True),
        joinedload(Essay.versions),
    )
    .execution_options(populate_existing=True)
)
_DECISIONS = (
    select(Decision)
    .where(Decision.version_id.in_(bindparam("versions", type_=Uuid(), expanding=True)))
    .options(
        joinedload(Decision.reviewer, innerjoin=True).load_only(User.full_name),
        joinedload(Decision.substitution).joinedload(Substitution.absent).load_only(User.full_name),
    )
)
_COMMENTS = (
    select(Comment)
    .where(
        Comment.version_id.in_(bindparam("versions", type_=Uuid(), expanding=True)),
        or_(
            Comment.sent_at.is_not(None),
            Comment.author_id == bindparam("reader", type_=Uuid()),
        ),
    )
    .order_by(Comment.part, Comment.paragraph, Comment.written_at, Comment.id)
    .options(
        joinedload(Comment.author, innerjoin=True).load_only(User.full_name),
        joinedload(Comment.reply),
    )
)


def lately_decided(
    db: Session, user_id: UUID, visible: ColumnElement[bool], *, limit: int = 5
) -> Sequence[Decision]:
    """What this person decided last, newest first."""
    return db.scalars(_lately(visible), {"who": user_id, "most": limit}).all()


@lru_cache(REMEMBERED)
def _lately(visible: ColumnElement[bool]) -> Select[Decision]:
    """Put together once for what somebody may see."""
    return (
        select(Decision)
        .join(Decision.version)
        .join(Version.essay)
        .where(Decision.decided_by == bindparam("who", type_=Uuid()), visible)
        .order_by(Decision.decided_at.desc(), Decision.version_id)
        .limit(bindparam("most", type_=Integer()))
        .options(
            contains_eager(Decision.version)
            .load_only(Version.essay_id)
            .contains_eager(Version.essay)
            .load_only(Essay.author_id, Essay.round_id, Essay.cell_id, Essay.state)
            .options(
                joinedload(Essay.author, innerjoin=True).load_only(User.full_name),
                joinedload(Essay.round, innerjoin=True).load_only(
                    StudyRound.title, StudyRound.blind
                ),
                joinedload(Essay.cell, innerjoin=True).load_only(Unit.path),
            )
        )
    )


def for_judging(db: Session, essay_id: UUID) -> Essay:
    """The essay with author, cell, round and every version at hand; the draft is nobody's."""
    return db.scalars(_FOR_JUDGING, {"which": essay_id}).unique().one()


def comments_on(
    db: Session, versions: Sequence[Version], *, reader_id: UUID
) -> dict[UUID, list[Comment]]:
    """The comments on these versions that this person may see: those sent, and one's own."""
    found: dict[UUID, list[Comment]] = {version.id: [] for version in versions}
    for comment in db.scalars(_COMMENTS, {"versions": list(found), "reader": reader_id}):
        found[comment.version_id].append(comment)
    return found


def decisions_on(db: Session, versions: Sequence[Version]) -> dict[UUID, Decision]:
    """The decisions about these versions."""
    found = db.scalars(_DECISIONS, {"versions": [version.id for version in versions]})
    return {decision.version_id: decision for decision in found}
