"""The deed of recalling a decision, within ten minutes and before its author has seen it."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.completion import service as completion
from studyhub.essays.lifecycle import Step, after
from studyhub.essays.marks import marks_of
from studyhub.essays.models import Essay, Version
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Forbidden, Missing, Untimely
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind, Notice
from studyhub.notices.service import notify
from studyhub.review import markers
from studyhub.review.models import Comment, Decision, Reply

FOR = timedelta(minutes=10)


def recall(db: Session, essay: Essay, version_number: int, *, by: Actor, now: datetime) -> None:
    """Take the decision back: the essay waits again, its comments are private again.

    The log keeps that it was made and that it was recalled. Refused as soon as anything
    stands on it: the author has looked, answered, or handed in again.
    """
    db.refresh(essay, with_for_update={"of": Essay})
    decision = _decided(db, essay, version_number)
    refusal = why_not(db, essay, decision, by=by, now=now)
    if refusal:
        raise refusal
    version = decision.version
    _take_back_comments(db, decision)
    _correct_notices(db, essay, decision, by=by, now=now)
    db.delete(decision)
    markers.take_back(db, essay, version, by=by, day=by.today)
    essay.state, essay.rewrite_until = after(essay.state, Step.RECALL), None
    db.flush()
    told = {**marks_of(essay), "grade": None}
    completion.mark(db, essay.round_id, essay.author_id, now=now, **told)
    record(db, Deed.DECISION_RECALLED, essay.id, by=by, now=now, version=version.number)


def why_not(
    db: Session, essay: Essay, decision: Decision, *, by: Actor, now: datetime
) -> Forbidden | Untimely | None:
    """What stands against recalling this decision; None when nothing does."""
    if decision.decided_by != by.user_id:
        return Forbidden(N_("Only whoever decided can recall the decision."))
    if essay.round.blind:
        return Untimely(
            N_("Judged blind, a decision cannot be recalled: it has shown whose essay it is.")
        )
    return _what_came_of_it(db, essay, decision, now=now)


def _what_came_of_it(
    db: Session, essay: Essay, decision: Decision, *, now: datetime
) -> Untimely | None:
    if now > decision.decided_at + FOR:
        return Untimely(N_("A decision can be recalled within ten minutes. That time is over."))
    if decision.seen_at:
        return Untimely(N_("The author has already opened the result."))
    if essay.latest is None or essay.latest.id != decision.version_id:
        return Untimely(N_("The author has already handed in a new version."))
    if Step.RECALL not in essay.steps or _is_built_upon(db, decision):
        return Untimely(N_("Something else already stands on this decision."))
    return None


def note_seen(db: Session, essay_id: UUID, *, by: Actor, now: datetime) -> None:
    """The author opens their essay: from now on its decisions stand."""
    if any_unseen(db, essay_id, by=by):
        versions = select(Version.id).where(Version.essay_id == essay_id)
        db.execute(
            update(Decision)
            .where(Decision.version_id.in_(versions), Decision.seen_at.is_(None))
            .values(seen_at=now)
            .execution_options(synchronize_session=False)
        )


def any_unseen(db: Session, essay_id: UUID, *, by: Actor) -> bool:
    """Whether its author has not opened some decision about it yet."""
    return bool(
        db.scalar(
            select(
                exists()
                .where(Decision.version_id == Version.id, Decision.seen_at.is_(None))
                .where(Version.essay_id == essay_id)
                .where(Essay.id == Version.essay_id, Essay.author_id == by.user_id)
            )
        )
    )


def _decided(db: Session, essay: Essay, number: int) -> Decision:
    found = db.scalars(
        select(Decision)
        .join(Decision.version)
        .where(Version.essay_id == essay.id, Version.number == number)
        .with_for_update(of=Decision)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise Missing(N_("There is no decision to be recalled."))
    return found


def _is_built_upon(db: Session, decision: Decision) -> bool:
    """Whether a comment sent with it has been answered."""
    return bool(
        db.scalar(
            select(
                exists().where(
                    Reply.comment_id == Comment.id, Comment.version_id == decision.version_id
                )
            )
        )
    )


def _take_back_comments(db: Session, decision: Decision) -> None:
    db.execute(
        update(Comment)
        .where(
            Comment.version_id == decision.version_id,
            Comment.sent_at == decision.decided_at,
        )
        .values(sent_at=None)
    )


def _correct_notices(
    db: Session, essay: Essay, decision: Decision, *, by: Actor, now: datetime
) -> None:
    """What the author was told of it is not said any more; whoever has read it is told so."""
    told = and_(
        or_(Notice.user_id == essay.author_id, Notice.kind == Kind.DECIDED_IN_PLACE),
        Notice.subject_id == essay.id,
        Notice.at == decision.decided_at,
    )
    mine = and_(told, Notice.user_id == essay.author_id)
    if db.scalar(select(exists().where(mine, Notice.read_at.is_not(None)))):
        kind = Kind.DECISION_RECALLED
        notify(db, [essay.author_id], kind, subject_id=essay.id, by=by, now=now)
    db.execute(delete(Notice).where(told, Notice.read_at.is_(None)))
