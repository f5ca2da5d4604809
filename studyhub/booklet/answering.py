"""The deeds of the committee and of the author: to approve or decline; to agree or not."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.booklet.lifecycle import Progress, Step, after
from studyhub.booklet.models import GoodEssay, Naming
from studyhub.booklet.proposing import expect_word
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Untimely
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind
from studyhub.notices.service import notify


def approve(db: Session, good: GoodEssay, *, word: str, by: Actor, now: datetime) -> None:
    """The committee holds it for a good essay: its author is asked. The word may be left out."""
    _expect_standing(good)
    said = expect_word(word, about="word") if word.strip() else ""
    _answer(good, Step.APPROVE, said, by=by, now=now)
    record(db, Deed.GOOD_ESSAY_APPROVED, good.essay_id, by=by, now=now)
    _tell(db, good, [good.essay.author_id], Kind.GOOD_ESSAY_ASKED, by=by, now=now)
    _tell(db, good, [good.proposed_by], Kind.GOOD_ESSAY_APPROVED, by=by, now=now)


def decline(db: Session, good: GoodEssay, *, word: str, by: Actor, now: datetime) -> None:
    """The committee does not publish it, or no longer; the cell is told why.

    The author hears of it where they had agreed already: their essay leaves the shelf.
    """
    had_agreed = good.progress is Progress.AGREED
    _answer(good, Step.DECLINE, expect_word(word, about="word"), by=by, now=now)
    record(db, Deed.GOOD_ESSAY_DECLINED, good.essay_id, by=by, now=now)
    _tell(db, good, [good.proposed_by], Kind.GOOD_ESSAY_DECLINED, by=by, now=now)
    if had_agreed:
        _tell(db, good, [good.essay.author_id], Kind.GOOD_ESSAY_TAKEN_OFF, by=by, now=now)


def agree(db: Session, good: GoodEssay, *, naming: Naming, by: Actor, now: datetime) -> None:
    """The author lets it be published, named as they wish; they may change that at any time."""
    _expect_standing(good)
    good.progress, good.naming = after(good.progress, Step.AGREE), naming
    good.said_at = now
    record(db, Deed.GOOD_ESSAY_AGREED, good.essay_id, by=by, now=now, naming=naming.value)
    _tell(db, good, _followers(good), Kind.GOOD_ESSAY_ANSWERED, by=by, now=now)


def refuse(db: Session, good: GoodEssay, *, by: Actor, now: datetime) -> None:
    """The author does not want it published, or no longer. They give no reason."""
    good.progress, good.naming = after(good.progress, Step.REFUSE), None
    good.said_at = now
    record(db, Deed.GOOD_ESSAY_REFUSED, good.essay_id, by=by, now=now)
    _tell(db, good, _followers(good), Kind.GOOD_ESSAY_ANSWERED, by=by, now=now)


def _answer(good: GoodEssay, step: Step, word: str, *, by: Actor, now: datetime) -> None:
    good.progress, good.naming = after(good.progress, step), None
    good.answer, good.answered_by, good.answered_at = word, UserId(by.user_id), now


def _followers(good: GoodEssay) -> list[UserId]:
    """Who proposed it, and who approved it."""
    return [one for one in (good.answered_by, good.proposed_by) if one]


def _tell(
    db: Session, good: GoodEssay, whom: Iterable[UserId], kind: Kind, *, by: Actor, now: datetime
) -> None:
    subject = good.essay_id if kind is Kind.GOOD_ESSAY_TAKEN_OFF else good.id
    notify(db, whom, kind, subject_id=subject, by=by, now=now, round=str(good.essay.round_id))


def _expect_standing(good: GoodEssay) -> None:
    if not good.stands:
        raise Untimely(N_("The decision on which it was proposed no longer stands."))
