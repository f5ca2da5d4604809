"""Deeds of handing in: to submit a version with its receipt, and to take it back."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload, lazyload, selectinload

from studyhub.audit.log import Deed, record
from studyhub.completion import service as completion
from studyhub.essays import window
from studyhub.essays.drafting import CHANGED_ELSEWHERE, keep_held
from studyhub.essays.lifecycle import State, Step, after
from studyhub.essays.marks import marks_of
from studyhub.essays.models import Essay, Version
from studyhub.essays.receipts import new_code
from studyhub.essays.text import as_kept, content_hash, length
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Forbidden, Unfit, Untimely
from studyhub.kernel.words import N_
from studyhub.rounds.models import StudyRound

_HELD = (
    select(Essay)
    .where(Essay.id == bindparam("essay_id"))
    .options(
        joinedload(Essay.round, innerjoin=True).options(
            lazyload(StudyRound.unit), selectinload(StudyRound.questions)
        ),
        selectinload(Essay.versions).defer(Version.parts),
    )
    .with_for_update(of=Essay)
    .execution_options(populate_existing=True)
)


def hand_in(
    db: Session,
    essay: Essay,
    texts: Mapping[str, str],
    *,
    revision: int,
    by: Actor,
    now: datetime,
) -> Version:
    """Keep what was typed and submit it; the same words again give the same version."""
    _hold(db, essay)
    if essay.state is State.SUBMITTED and essay.latest and _is_same(essay, texts):
        return essay.latest
    after(essay.state, Step.SUBMIT)
    kept = keep_held(db, essay, texts, revision=revision, now=now)
    return _submit(db, essay, revision=kept, by=by, now=now)


def submit(db: Session, essay: Essay, *, revision: int, by: Actor, now: datetime) -> Version:
    """Make the draft at this revision a numbered version that never changes again.

    A repeat with the same revision returns the version made the first time.
    """
    _hold(db, essay)
    return _submit(db, essay, revision=revision, by=by, now=now)


def _submit(db: Session, essay: Essay, *, revision: int, by: Actor, now: datetime) -> Version:
    _expect_own(essay, by)
    if essay.state is State.SUBMITTED and essay.latest and essay.latest.revision == revision:
        return essay.latest
    state = after(essay.state, Step.SUBMIT)
    if essay.draft_revision != revision:
        raise Conflict(CHANGED_ELSEWHERE)
    if not window.can_hand_in(essay, now):
        raise window.closed(essay.round)
    version = _version(db, essay, now=now)
    _expect_fit(essay, version)
    essay.versions.append(version)
    essay.state, essay.submitted_at = state, now
    _note(db, essay, Deed.ESSAY_SUBMITTED, version, by=by, now=now)
    return version


def withdraw(db: Session, essay: Essay, *, by: Actor, now: datetime) -> None:
    """Take back what was handed in, as long as nobody has begun to read it.

    The version stays on record, but from now on only its author sees it.
    """
    _hold(db, essay)
    _expect_own(essay, by)
    state = after(essay.state, Step.WITHDRAW)
    version = essay.versions[-1]
    if version.reading_began_at:
        raise Untimely(N_("The essay is being read already and can no longer be taken back."))
    if not window.can_hand_in(essay, now):
        raise Untimely(
            N_("The deadline has passed: an essay taken back now could not be handed in again.")
        )
    essay.state, essay.submitted_at = state, None
    essay.draft_revision += 1  # a late repeat of the hand-in must not hand it in again
    _note(db, essay, Deed.ESSAY_WITHDRAWN, version, by=by, now=now)


def note_reading(db: Session, essay: Essay, version: int, *, by: Actor, now: datetime) -> None:
    """Put on record that somebody other than the author has read it."""
    if by.user_id != essay.author_id:
        record(db, Deed.ESSAY_READ, essay.id, by=by, now=now, version=version)


def _hold(db: Session, essay: Essay) -> None:
    """Hold the row until the transaction ends; see it as it is now, and what is asked of it."""
    db.scalars(_HELD, {"essay_id": essay.id}).one()


def _expect_own(essay: Essay, by: Actor) -> None:
    if essay.author_id != by.user_id:
        raise Forbidden(N_("Only its author can do this with an essay."))


def _is_same(essay: Essay, texts: Mapping[str, str]) -> bool:
    typed = {question: as_kept(text) for question, text in texts.items()}
    return {**essay.draft, **typed} == essay.draft


def _version(db: Session, essay: Essay, *, now: datetime) -> Version:
    parts = [
        {"title": question.title, "text": essay.draft.get(str(question.id), "")}
        for question in essay.round.questions
    ]
    return Version(
        number=len(essay.versions) + 1,
        revision=essay.draft_revision,
        parts=parts,
        syllables=length(parts),
        submitted_at=now,
        is_late=window.would_be_late(essay, now),
        receipt_code=new_code(db),
        content_hash=content_hash(parts),
    )


def _expect_fit(essay: Essay, version: Version) -> None:
    if not version.syllables:
        raise Unfit(N_("There is nothing to hand in yet: the essay is empty."))
    _expect_length(essay.round, version.syllables)
    before = window.returned_version(essay)
    if before and before.content_hash == version.content_hash:
        raise Unfit(
            N_("Nothing has changed since the essay was returned. Answer the comments first.")
        )


def _expect_length(round_: StudyRound, count: int) -> None:
    least, most = round_.min_syllables, round_.max_syllables
    if count < least:
        raise Unfit(
            N_(
                "The essay has %(count)d words: %(missing)d more are needed to reach "
                "the minimum of %(least)d."
            ),
            count=count,
            missing=least - count,
            least=least,
        )
    if most and count > most:
        raise Unfit(
            N_("The essay has %(count)d words: %(over)d more than the maximum of %(most)d."),
            count=count,
            over=count - most,
            most=most,
        )


def _note(
    db: Session, essay: Essay, deed: Deed, version: Version, *, by: Actor, now: datetime
) -> None:
    record(db, deed, essay.id, by=by, now=now, version=version.number, syllables=version.syllables)
    completion.mark(db, essay.round_id, essay.author_id, now=now, **marks_of(essay))
