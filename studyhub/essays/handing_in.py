"""Deeds of handing in: to submit a version with its receipt, and to take it back."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload, lazyload, selectinload

from studyhub.audit.log import Deed, record
from studyhub.completion import service as completion
from studyhub.essays import attended, elsewhere, sealing, window
from studyhub.essays.drafting import CHANGED_ELSEWHERE, keep_held
from studyhub.essays.drawing_up import drawn_up
from studyhub.essays.lifecycle import State, Step, after
from studyhub.essays.marks import marks_of
from studyhub.essays.models import Essay, Version
from studyhub.essays.page import are_in_work, expect_developed
from studyhub.essays.receipts import new_code, send_receipt
from studyhub.essays.text import as_kept
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
        joinedload(Essay.summons),
        selectinload(Essay.versions).defer(Version.parts),
        selectinload(Essay.pages),
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
    own_work: bool,
    by: Actor,
    now: datetime,
) -> Version:
    """Keep what was typed and submit it; the same words again give the same version."""
    done = _keep(db, essay, texts, revision=revision, by=by, now=now)
    if done:
        return done
    return _submit(db, essay, revision=essay.draft_revision, own_work=own_work, by=by, now=now)


def make_ready(
    db: Session, essay: Essay, texts: Mapping[str, str], *, revision: int, by: Actor, now: datetime
) -> Version | None:
    """Keep what was typed, and refuse what could not be handed in; what remains is to submit it.

    The same words again, after they were handed in, give the version they became.
    """
    done = _keep(db, essay, texts, revision=revision, by=by, now=now)
    if not done:
        _expect_ready(db, essay, as_it_would_be(essay), now)
    return done


def submit(
    db: Session, essay: Essay, *, revision: int, own_work: bool, by: Actor, now: datetime
) -> Version:
    """Make the draft at this revision a numbered version that never changes again.

    Its author has stated that it is their own work. A repeat with the same
    revision returns the version made the first time.
    """
    hold(db, essay)
    return _submit(db, essay, revision=revision, own_work=own_work, by=by, now=now)


def _submit(
    db: Session, essay: Essay, *, revision: int, own_work: bool, by: Actor, now: datetime
) -> Version:
    _expect_own(essay, by)
    if essay.state is State.SUBMITTED and essay.latest and essay.latest.revision == revision:
        return essay.latest
    after(essay.state, Step.SUBMIT)
    if essay.draft_revision != revision:
        raise Conflict(CHANGED_ELSEWHERE)
    version = as_it_would_be(essay)
    _expect_ready(db, essay, version, now)
    if not own_work:
        raise Unfit(N_("Tick that the essay is your own work, then hand it in."), about="own_work")
    version.own_work, version.is_late = True, window.would_be_late(essay, now)
    return make(db, essay, version, by=by, now=now)


def submit_by_rule(db: Session, essay: Essay, *, now: datetime) -> Version | None:
    """Hand the draft in for its author, as the rule of the round says, if it is fit.

    Nobody has stated anything, and the version says so. Either way the rule
    has looked at it; None when it stays a draft.
    """
    hold(db, essay)
    if are_in_work(essay.pages):
        return None  # in a minute it is looked at again
    essay.rule_applied_at = now
    if essay.state is not State.DRAFT or not essay.round.hands_in_drafts:
        return None
    version = as_it_would_be(essay)
    try:
        expect_fit(essay, version)
    except Unfit:
        return None
    version.by_rule = True
    return make(db, essay, version, by=None, now=now)


def as_it_would_be(essay: Essay) -> Version:
    """The version the draft would become now: to be looked at, not kept."""
    pages = [page.frozen for page in essay.pages if page.is_done]
    return drawn_up(essay, essay.draft, pages, revision=essay.draft_revision)


def withdraw(db: Session, essay: Essay, *, by: Actor, now: datetime) -> None:
    """Take back what was handed in, as long as nobody has begun to read it.

    The version stays on record, but from now on only its author sees it.
    """
    hold(db, essay)
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
    record(db, Deed.ESSAY_WITHDRAWN, essay.id, by=by, now=now, **_told(version))
    elsewhere.look(db, version, now=now)
    completion.mark(db, essay.round_id, essay.author_id, now=now, **marks_of(essay))


def note_reading(db: Session, essay: Essay, version: int, *, by: Actor, now: datetime) -> None:
    """Put on record that somebody other than the author has read it."""
    if by.user_id != essay.author_id:
        record(db, Deed.ESSAY_READ, essay.id, by=by, now=now, version=version)


def hold(db: Session, essay: Essay) -> None:
    """Hold the row until the transaction ends; see it as it is now, and what is asked of it."""
    db.scalars(_HELD, {"essay_id": essay.id}).one()


def _expect_own(essay: Essay, by: Actor) -> None:
    if essay.author_id != by.user_id:
        raise Forbidden(N_("Only its author can do this with an essay."))


def _is_same(essay: Essay, texts: Mapping[str, str]) -> bool:
    typed = {question: as_kept(text) for question, text in texts.items()}
    return {**essay.draft, **typed} == essay.draft


def _keep(
    db: Session, essay: Essay, texts: Mapping[str, str], *, revision: int, by: Actor, now: datetime
) -> Version | None:
    """Keep what was typed; the version it became already, where this is a repeat."""
    hold(db, essay)
    _expect_own(essay, by)
    last = essay.latest
    if essay.state is State.SUBMITTED and last and not last.on_behalf_by and _is_same(essay, texts):
        return last
    after(essay.state, Step.SUBMIT)
    keep_held(db, essay, texts, revision=revision, now=now)
    return None


def make(
    db: Session, essay: Essay, version: Version, *, by: Actor | None, now: datetime
) -> Version:
    """It becomes a version; the figures move; it is sealed, and the log has the seal."""
    version.submitted_at, version.due_at = now, essay.deadline
    version.receipt_code = new_code(db)
    essay.versions.append(version)
    essay.state, essay.submitted_at = after(essay.state, Step.SUBMIT), now
    completion.mark(db, essay.round_id, essay.author_id, now=now, **marks_of(essay))
    link = sealing.seal(db, essay, version, now=now).link
    elsewhere.look(db, version, now=now)
    deed = sealing.deed_of(version)
    stated = int(version.own_work)
    record(db, deed, essay.id, by=by, now=now, link=link, own_work=stated, **_told(version))
    send_receipt(db, essay, version, now=now)
    return version


def _expect_ready(db: Session, essay: Essay, version: Version, now: datetime) -> None:
    """Refuse what is too late, too short, too long, or as it was."""
    window.expect_can_hand_in(essay, now)
    attended.expect_attended(db, essay)
    expect_developed(essay.pages)
    expect_fit(essay, version)


def expect_fit(essay: Essay, version: Version) -> None:
    """Refuse what is empty, too short, too long, or as it was when it was returned."""
    if not (version.syllables or version.pages):
        raise Unfit(N_("There is nothing to hand in yet: the essay is empty."))
    _expect_length(essay.round, version)
    before = window.returned_version(essay)
    if before and before.content_hash == version.content_hash:
        raise Unfit(
            N_("Nothing has changed since the essay was returned. Answer the comments first.")
        )


def _expect_length(round_: StudyRound, version: Version) -> None:
    count, most = version.syllables, round_.max_syllables
    least = 0 if version.pages else round_.min_syllables  # nobody counts what is written by hand
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


def _told(version: Version) -> dict[str, int]:
    return {"version": version.number, "syllables": version.syllables}
