"""Deeds of judging: to begin to read, and to decide."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select, update
from sqlalchemy.orm import Session, defer, selectinload

from studyhub.accounts.addresses import write_to
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
from studyhub.mail.models import Kind
from studyhub.review import appeals, markers, substituting
from studyhub.review.commenting import LONGEST
from studyhub.review.models import Comment, Decision, Outcome
from studyhub.review.recalling import FOR
from studyhub.review.rewriting import rewrite_until, times_returned
from studyhub.review.turns import expect_judge, expect_waiting
from studyhub.rounds.grading import Grade, Grading

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


_HELD = (
    select(Essay)
    .where(Essay.id == bindparam("which", type_=Uuid()))
    .options(defer(Essay.draft), selectinload(Essay.versions).defer(Version.parts))
    .with_for_update(of=Essay)
    .execution_options(populate_existing=True)
)


def _held(db: Session, essay_id: UUID) -> Essay:
    """The essay as it stands, held until the transaction ends; no text of it is read."""
    return db.scalars(_HELD, {"which": essay_id}).one()


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
    version = expect_undecided(db, essay, version_number)
    markers.expect_new_marker(essay, by)
    decision = Decision(
        version_id=version.id,
        outcome=outcome,
        grade=_expect_grade(essay, outcome, grade),
        remark=expect_remark(remark),
        decided_by=by.user_id,
        decided_at=now,
    )
    if outcome is Outcome.RETURN:
        expect_a_comment(db, version, by)
    settle(db, essay, version, decision, [UserId(by.user_id)], by=by, now=now)
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
    sent = comments_sent(db, decision.version_id, by)
    new = {(part, paragraph, as_kept(text).strip()) for part, paragraph, text in comments}
    return same and decision.grade in {None, grade} and new <= sent


def comments_sent(db: Session, version_id: UUID, by: Actor) -> set[tuple[int, int, str]]:
    """The remarks of this person on the version: part, paragraph, text."""
    found = db.execute(
        select(Comment.part, Comment.paragraph, Comment.text).where(
            Comment.version_id == version_id, Comment.author_id == by.user_id
        )
    )
    return {(part, paragraph, text) for part, paragraph, text in found}


def expect_undecided(db: Session, essay: Essay, number: int) -> Version:
    """The version of that number, if it is the one that waits."""
    version = next((one for one in essay.versions if one.number == number), None)
    if version is None:
        raise Missing(N_("There is no such version of this essay."))
    expect_waiting(db, version)
    return version


def _expect_grade(essay: Essay, outcome: Outcome, grade: Grade | None) -> Grade | None:
    if essay.round.grading is Grading.POINTS:
        raise Unfit(N_("This study round is judged by points. Reload the page."))
    if outcome is Outcome.RETURN or essay.round.grading is Grading.PASS_ONLY:
        return None
    if grade is None:
        raise Unfit(N_("Choose a grade: this study round asks for one."))
    return grade


def expect_remark(remark: str) -> str:
    """The remark as it is kept; `Unfit` when it is too long."""
    words = as_kept(remark).strip()
    if len(words) > LONGEST:
        raise Unfit(N_("The remark is too long: at most %(most)d characters."), most=LONGEST)
    return words


def expect_a_comment(db: Session, version: Version, by: Actor) -> None:
    """Nobody is asked to complete an essay without a word about what."""
    mine = db.scalar(
        select(func.count()).where(
            Comment.version_id == version.id, Comment.author_id == by.user_id
        )
    )
    if not mine:
        raise Unfit(N_("Comment on at least one paragraph, so that the author knows what to add."))


def _send_comments(
    db: Session, version: Version, senders: Sequence[UserId], *, now: datetime
) -> None:
    db.execute(
        update(Comment)
        .where(
            Comment.version_id == version.id,
            Comment.author_id.in_(senders),
            Comment.sent_at.is_(None),
        )
        .values(sent_at=now)
    )


def settle(
    db: Session,
    essay: Essay,
    version: Version,
    decision: Decision,
    senders: Sequence[UserId],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Keep the decision, send the comments of these people with it, move essay and figures on."""
    standing_in = substituting.basis(db, essay, by=by)
    decision.substitution_id = standing_in.id if standing_in else None
    db.add(decision)
    _send_comments(db, version, senders, now=now)
    essay.state = after(essay.state, STEPS[decision.outcome])
    markers.release(essay)
    if version.reading_began_at is None:
        version.reading_began_at, version.reading_began_by = now, UserId(by.user_id)
    db.flush()
    if decision.outcome is Outcome.RETURN:
        essay.rewrite_until = rewrite_until(essay.round, times_returned(db, essay), now)
    appeals.note_settled(db, essay, version, by=by, now=now)
    told = marks_of(essay)
    completion.mark(
        db, essay.round_id, essay.author_id, now=now, **{**told, "grade": decision.grade}
    )
    grade = decision.grade.value if decision.grade else None
    deed = DEEDS[decision.outcome]
    facts: dict[str, str | int] = {}
    if decision.points is not None:
        facts["points"] = decision.points
    if standing_in:
        facts["substitution"] = str(standing_in.id)
    record(db, deed, essay.id, by=by, now=now, version=version.number, grade=grade, **facts)
    substituting.tell_secretary(db, essay, decision, by=by)
    _write_to_author(db, essay, version, now=now)


def _write_to_author(db: Session, essay: Essay, version: Version, *, now: datetime) -> None:
    """By mail, when the decision can no longer be recalled; recalled, it is not sent."""
    write_to(
        db,
        essay.author_id,
        Kind.DECISION,
        subject_id=essay.id,
        due_at=now + FOR,
        now=now,
        number=version.number,
        decided_at=now.isoformat(),
    )
