"""Deeds of judging: to begin to read, and to decide."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, defer, selectinload

from studyhub.audit.log import Deed, record
from studyhub.completion import service as completion
from studyhub.essays.lifecycle import Step, after
from studyhub.essays.marks import marks_of
from studyhub.essays.models import Essay, Version
from studyhub.essays.text import as_kept
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing, Unfit
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.review.commenting import LONGEST
from studyhub.review.models import Comment, Decision, Grade, Outcome
from studyhub.review.turns import expect_judge, expect_waiting
from studyhub.rounds.models import Grading

STEPS = {Outcome.ACCEPT: Step.ACCEPT, Outcome.RETURN: Step.RETURN}
DEEDS = {Outcome.ACCEPT: Deed.ESSAY_ACCEPTED, Outcome.RETURN: Deed.ESSAY_RETURNED}


def begin_reading(db: Session, essay_id: UUID, *, by: Actor, now: datetime) -> Version | None:
    """Put on record that a reviewer reads it; from now on it cannot be taken back.

    None when its author was faster and has taken it back: then nobody may read it.
    """
    essay = _held(db, essay_id)
    expect_judge(essay, by)
    if not essay.open_versions:
        return None
    version = essay.open_versions[-1]
    if version.reading_began_at is None:
        version.reading_began_at, version.reading_began_by = now, UserId(by.user_id)
    record(db, Deed.ESSAY_READ, essay.id, by=by, now=now, version=version.number)
    return version


def _held(db: Session, essay_id: UUID) -> Essay:
    """The essay as it stands, held until the transaction ends; no text of it is read."""
    return db.scalars(
        select(Essay)
        .where(Essay.id == essay_id)
        .options(defer(Essay.draft), selectinload(Essay.versions).defer(Version.parts))
        .with_for_update(of=Essay)
        .execution_options(populate_existing=True)
    ).one()


def decide(
    db: Session,
    essay: Essay,
    version_number: int,
    *,
    outcome: Outcome,
    grade: Grade | None,
    remark: str,
    by: Actor,
    now: datetime,
) -> Decision:
    """Decide about the version that was read, and send one's comments with the decision.

    Whoever comes second is told who was first (`Conflict`); nothing is overwritten.
    """
    expect_judge(essay, by)
    db.refresh(essay, with_for_update={"of": Essay})
    version = _expect_undecided(db, essay, version_number)
    decision = Decision(
        version_id=version.id,
        outcome=outcome,
        grade=_expect_grade(essay, outcome, grade),
        remark=_expect_remark(remark),
        decided_by=by.user_id,
        decided_at=now,
    )
    if outcome is Outcome.RETURN:
        _expect_a_comment(db, version, by)
    _send_comments(db, version, by=by, now=now)
    db.add(decision)
    _settle(db, essay, version, decision, by=by, now=now)
    return decision


def has_decided(
    db: Session,
    essay: Essay,
    version_number: int,
    *,
    outcome: Outcome,
    grade: Grade | None,
    remark: str,
    comments: Iterable[tuple[int, int, str]],
    by: Actor,
) -> bool:
    """Whether the same person has sent this very decision before: a double click, a request
    that came again. Whatever differs by a word is another decision."""
    decision = db.scalars(
        select(Decision)
        .join(Decision.version)
        .where(Version.essay_id == essay.id, Version.number == version_number)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if decision is None or decision.decided_by != by.user_id:
        return False
    same = (decision.outcome, decision.remark) == (outcome, as_kept(remark).strip())
    sent = _comments_sent(db, decision, by)
    new = {(part, paragraph, as_kept(text).strip()) for part, paragraph, text in comments}
    return same and decision.grade in {None, grade} and new <= sent


def _comments_sent(db: Session, decision: Decision, by: Actor) -> set[tuple[int, int, str]]:
    found = db.execute(
        select(Comment.part, Comment.paragraph, Comment.text).where(
            Comment.version_id == decision.version_id, Comment.author_id == by.user_id
        )
    )
    return {(part, paragraph, text) for part, paragraph, text in found}


def _expect_undecided(db: Session, essay: Essay, number: int) -> Version:
    version = next((one for one in essay.versions if one.number == number), None)
    if version is None:
        raise Missing(N_("There is no such version of this essay."))
    expect_waiting(db, version)
    return version


def _expect_grade(essay: Essay, outcome: Outcome, grade: Grade | None) -> Grade | None:
    if outcome is Outcome.RETURN or essay.round.grading is Grading.PASS_ONLY:
        return None
    if grade is None:
        raise Unfit(N_("Choose a grade: this study round asks for one."))
    return grade


def _expect_remark(remark: str) -> str:
    words = as_kept(remark).strip()
    if len(words) > LONGEST:
        raise Unfit(N_("The remark is too long: at most %(most)d characters."), most=LONGEST)
    return words


def _expect_a_comment(db: Session, version: Version, by: Actor) -> None:
    mine = db.scalar(
        select(func.count()).where(
            Comment.version_id == version.id, Comment.author_id == by.user_id
        )
    )
    if not mine:
        raise Unfit(N_("Comment on at least one paragraph, so that the author knows what to add."))


def _send_comments(db: Session, version: Version, *, by: Actor, now: datetime) -> None:
    db.execute(
        update(Comment)
        .where(
            Comment.version_id == version.id,
            Comment.author_id == by.user_id,
            Comment.sent_at.is_(None),
        )
        .values(sent_at=now)
    )


def _settle(
    db: Session, essay: Essay, version: Version, decision: Decision, *, by: Actor, now: datetime
) -> None:
    """Move the essay on, and the figures and the record with it."""
    essay.state = after(essay.state, STEPS[decision.outcome])
    if version.reading_began_at is None:
        version.reading_began_at, version.reading_began_by = now, UserId(by.user_id)
    db.flush()
    completion.mark(db, essay.round_id, essay.author_id, now=now, **marks_of(essay))
    grade = decision.grade.value if decision.grade else None
    deed = DEEDS[decision.outcome]
    record(db, deed, essay.id, by=by, now=now, version=version.number, grade=grade)
