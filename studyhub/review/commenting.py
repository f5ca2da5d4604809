"""Deeds of commenting: remarks on a paragraph, private to their author until they are sent."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.essays.models import Version
from studyhub.essays.paragraphs import paragraphs
from studyhub.essays.text import as_kept
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Forbidden, Missing, Unfit, Untimely
from studyhub.kernel.words import N_
from studyhub.review.models import Comment
from studyhub.review.turns import expect_judge, expect_waiting

LONGEST = 4000
"""Characters of one comment or remark."""


def comment(
    db: Session,
    version: Version,
    *,
    part: int,
    paragraph: int,
    text: str,
    by: Actor,
    now: datetime,
) -> Comment:
    """Write a remark on one paragraph; the same remark again is the same comment."""
    expect_judge(version.essay, by)
    expect_waiting(db, version)
    _expect_place(version, part, paragraph)
    words = fit(text)
    repeated = _same(db, version, part, paragraph, words, by)
    if repeated:
        return repeated
    written = Comment(
        version_id=version.id,
        author_id=by.user_id,
        part=part,
        paragraph=paragraph,
        text=words,
        written_at=now,
    )
    db.add(written)
    db.flush()
    return written


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


def _expect_place(version: Version, part: int, paragraph: int) -> None:
    if not (
        0 <= part < len(version.parts)
        and 0 <= paragraph < len(paragraphs(version.parts[part]["text"]))
    ):
        raise Missing(N_("There is no such paragraph in this version."))


def _expect_own_unsent(comment: Comment, by: Actor) -> None:
    if comment.author_id != by.user_id:
        raise Forbidden(N_("Only its author can change a comment."))
    if comment.sent_at:
        raise Untimely(N_("This comment has been sent and can no longer be changed."))


def _same(
    db: Session, version: Version, part: int, paragraph: int, words: str, by: Actor
) -> Comment | None:
    return db.scalars(
        select(Comment).where(
            Comment.version_id == version.id,
            Comment.author_id == by.user_id,
            Comment.part == part,
            Comment.paragraph == paragraph,
            Comment.text == words,
            Comment.sent_at.is_(None),
        )
    ).first()
