"""The question bank of a unit: questions are added, changed, retired, restored, taken over."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.quiz.models import BankQuestion, QuestionEdition
from studyhub.quiz.rules import Content, faults, settled, write_places

MOST_AT_ONCE = 1_000


def add(db: Session, unit: Unit, content: Content, *, by: Actor, now: datetime) -> BankQuestion:
    """Put a question into the bank of this unit."""
    question = _added(db, unit, content, by=by, now=now)
    log.record(db, Deed.BANK_QUESTION_ADDED, question.id, by=by, now=now, unit=str(unit.id))
    return question


def add_many(
    db: Session, unit: Unit, contents: Sequence[Content], *, by: Actor, now: datetime
) -> int:
    """Take over the questions of a file, all of them or none; returns how many."""
    if len(contents) > MOST_AT_ONCE:
        raise Unfit(N_("At most 1,000 questions can be taken over at once. Split the file."))
    for content in contents:
        _added(db, unit, content, by=by, now=now)
    log.record(db, Deed.BANK_IMPORTED, unit.id, by=by, now=now, questions=len(contents))
    return len(contents)


def change(
    db: Session, question: BankQuestion, content: Content, *, by: Actor, now: datetime
) -> None:
    """Ask it so from now on; whoever has been asked before was asked what stood then."""
    _require_sound(content)
    question.part = content.part
    if _says_the_same(question.edition, content):
        return
    question.newest = question.edition.number + 1
    question.editions.append(_edition(question.newest, content, by=by, now=now))
    db.flush()
    log.record(db, Deed.BANK_QUESTION_CHANGED, question.id, by=by, now=now, edition=question.newest)


def retire(db: Session, question: BankQuestion, *, by: Actor, now: datetime) -> None:
    """Draw it no more; it stays where it was asked already."""
    if question.retired_at is not None:
        raise Untimely(N_("This question has been taken out already."))
    question.retired_at = now
    log.record(db, Deed.BANK_QUESTION_RETIRED, question.id, by=by, now=now)


def restore(db: Session, question: BankQuestion, *, by: Actor, now: datetime) -> None:
    """Draw it again."""
    if question.retired_at is None:
        raise Untimely(N_("This question is in use already."))
    question.retired_at = None
    log.record(db, Deed.BANK_QUESTION_RESTORED, question.id, by=by, now=now)


def _added(db: Session, unit: Unit, content: Content, *, by: Actor, now: datetime) -> BankQuestion:
    _require_sound(content)
    question = BankQuestion(
        id=new_uuid(),
        unit_id=unit.id,
        part=content.part,
        newest=1,
        created_by=UserId(by.user_id),
        created_at=now,
    )
    question.editions.append(_edition(1, content, by=by, now=now))
    db.add(question)
    return question


def _edition(number: int, content: Content, *, by: Actor, now: datetime) -> QuestionEdition:
    return QuestionEdition(
        id=new_uuid(),
        number=number,
        kind=content.kind,
        text=content.text,
        options=list(content.options),
        key=write_places(settled(content)),
        explanation=content.explanation,
        made_by=UserId(by.user_id),
        made_at=now,
    )


def _says_the_same(edition: QuestionEdition, content: Content) -> bool:
    return (
        edition.kind is content.kind
        and edition.text == content.text
        and tuple(edition.options) == content.options
        and edition.places == settled(content)
        and edition.explanation == content.explanation
    )


def _require_sound(content: Content) -> None:
    for fault in faults(content)[:1]:
        raise Unfit(fault)
