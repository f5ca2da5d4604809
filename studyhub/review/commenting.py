"""Deeds of commenting: remarks on a paragraph, private to their author until they are sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.essays.models import Version
from studyhub.essays.paragraphs import paragraphs
from studyhub.essays.text import as_kept
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Forbidden, Missing, Unfit, Untimely
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.words import N_
from studyhub.review.models import Comment
from studyhub.review.turns import expect_judge, expect_waiting

LONGEST = 4000
"""Characters of one comment or remark."""

Stretch = tuple[int, int]
"""From which character of the paragraph to which."""


def comment(
    db: Session,
    version: Version,
    *,
    part: int,
    paragraph: int,
    text: str,
    by: Actor,
    now: datetime,
    words: Stretch | None = None,
    identity: UUID | None = None,
) -> Comment:
    """Write a remark on one paragraph or on `words` in it; the same again is the same comment."""
    expect_judge(version.essay, by)
    expect_waiting(db, version)
    _expect_place(version, part, paragraph, words)
    remark = fit(text)
    start, end = words or (None, None)
    written = Comment(
        id=identity or new_uuid(),
        version_id=version.id,
        author_id=by.user_id,
        part=part,
        paragraph=paragraph,
        start=start,
        end=end,
        text=remark,
        written_at=now,
    )
    repeated = _same(db, written)
    if repeated:
        return repeated
    db.add(written)
    db.flush()
    return written


def jot(
    db: Session,
    version: Version,
    identity: UUID,
    *,
    part: int,
    paragraph: int,
    text: str,
    by: Actor,
    now: datetime,
    words: Stretch | None = None,
) -> Comment | None:
    """Keep a remark as it is being typed, under the name its page gave it, however often.

    What was emptied is taken away; None then.
    """
    known = db.get(Comment, identity)
    if known is None and text.strip():
        return comment(
            db, version, part=part, paragraph=paragraph, text=text, by=by, now=now, words=words,
            identity=identity,
        )  # fmt: skip
    if known is None:
        return None
    if known.version_id != version.id or known.author_id != by.user_id:
        raise Missing(N_("This comment is no longer there."))
    expect_waiting(db, version)
    if not text.strip():
        remove_comment(db, known, by=by)
        return None
    change_comment(db, known, text=text, by=by, now=now)
    return known


def change_comment(db: Session, comment: Comment, *, text: str, by: Actor, now: datetime) -> None:
    """Write one's own remark anew, as long as it has not been sent."""
    _expect_own_unsent(comment, by)
    words = fit(text)
    if words != comment.text:
        comment.text, comment.written_at = words, now
        db.flush()


def remove_comment(db: Session, comment: Comment, *, by: Actor) -> None:
    """Take away one's own remark, as long as it has not been sent."""
    _expect_own_unsent(comment, by)
    db.delete(comment)
    db.flush()


def fit(text: str) -> str:
    """A remark as it is kept; `Unfit` when there is nothing in it, or too much."""
    words = as_kept(text).strip()
    if not words:
        raise Unfit(N_("The comment is empty."))
    if len(words) > LONGEST:
        raise Unfit(N_("At most %(most)d characters."), most=LONGEST)
    return words


def _expect_place(version: Version, part: int, paragraph: int, words: Stretch | None) -> None:
    found: list[str] = []
    if 0 <= part < len(version.parts) and paragraph >= 0:
        found = paragraphs(version.parts[part]["text"])[paragraph : paragraph + 1]
    if not found:
        raise Missing(N_("There is no such paragraph in this version."))
    if words and not 0 <= words[0] < words[1] <= len(found[0]):
        raise Missing(N_("There are no such words in this paragraph."))


def _expect_own_unsent(comment: Comment, by: Actor) -> None:
    if comment.author_id != by.user_id:
        raise Forbidden(N_("Only its author can change a comment."))
    if comment.sent_at:
        raise Untimely(N_("This comment has been sent and can no longer be changed."))


def _same(db: Session, written: Comment) -> Comment | None:
    return db.scalars(
        select(Comment).where(
            Comment.version_id == written.version_id,
            Comment.author_id == written.author_id,
            Comment.part == written.part,
            Comment.paragraph == written.paragraph,
            Comment.start == written.start if written.end else Comment.start.is_(None),
            Comment.end == written.end if written.end else Comment.end.is_(None),
            Comment.text == written.text,
            Comment.sent_at.is_(None),
        )
    ).first()
