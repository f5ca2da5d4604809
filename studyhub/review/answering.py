"""The deed of answering a comment: the author of the essay, once, at the place."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.essays.models import Essay, Version
from studyhub.essays.text import as_kept
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Forbidden, Missing, Unfit
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.review.models import Comment, Reply

LONGEST = 2000


def answer(
    db: Session, essay: Essay, comment_id: UUID, *, text: str, by: Actor, now: datetime
) -> Reply:
    """Answer a comment on one's own essay; whoever wrote it is told. The same again is one."""
    if essay.author_id != by.user_id:
        raise Forbidden(N_("Only the author of an essay answers the comments on it."))
    comment = _sent(db, essay, comment_id)
    words = _fit(text)
    earlier = db.get(Reply, comment.id, populate_existing=True)
    if earlier and earlier.text == words:
        return earlier
    if earlier:
        raise Conflict(N_("You have answered this comment already. An answer is given once."))
    reply = Reply(comment_id=comment.id, text=words, written_at=now)
    db.add(reply)
    db.flush()
    facts = {"person": str(essay.author_id)}
    kind = Kind.COMMENT_ANSWERED
    notify(db, [comment.author_id], kind, subject_id=essay.id, by=by, now=now, **facts)
    record(db, Deed.COMMENT_ANSWERED, essay.id, by=by, now=now, comment=str(comment.id))
    return reply


def _sent(db: Session, essay: Essay, comment_id: UUID) -> Comment:
    found = db.scalars(
        select(Comment)
        .join(Comment.version)
        .where(
            Comment.id == comment_id,
            Version.essay_id == essay.id,
            Comment.sent_at.is_not(None),
        )
    ).one_or_none()
    if found is None:
        raise Missing(N_("This comment is no longer there."))
    return found


def _fit(text: str) -> str:
    words = as_kept(text).strip()
    if not words:
        raise Unfit(N_("The answer is empty."))
    if len(words) > LONGEST:
        raise Unfit(N_("At most %(most)d characters."), most=LONGEST)
    return words
