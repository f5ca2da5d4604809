"""Deeds of writing: to begin, to keep what is typed, to settle between two windows."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import bindparam, exists, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from studyhub.completion import service as completion
from studyhub.completion.rules import EssayMark
from studyhub.essays import window
from studyhub.essays.keeping import keep_in_passing, put_aside
from studyhub.essays.lifecycle import REFUSALS, WRITABLE, State, Step
from studyhub.essays.models import Essay
from studyhub.essays.queries import of_author
from studyhub.essays.room import expect_room
from studyhub.essays.text import as_kept, has_words
from studyhub.essays.thinning import is_due
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.errors import Conflict, Forbidden, Unfit, Untimely
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.org.models import Appointment
from studyhub.org.succession import Succession
from studyhub.rounds.models import Call, StudyRound, Summons

CHANGED_ELSEWHERE = N_("This essay was changed in another window. Nothing was overwritten.")


def begin(db: Session, round_: StudyRound, *, by: Actor, now: datetime) -> Essay:
    """The essay of this person for this round: begun now, or the one begun before."""
    found = of_author(db, round_.id, by.user_id)
    if found:
        return found
    summons = _summons(db, round_, by)
    window.expect_open(summons, now)
    if not round_.questions:
        raise Untimely(N_("This study round asks for no essay."))
    return lay_out(db, summons, today=by.today)


def lay_out(db: Session, summons: Summons, *, today: date) -> Essay:
    """An empty essay for a person on the list."""
    essay = _blank(summons, leads=_leads(db, summons, today))
    try:
        with db.begin_nested():
            db.add(essay)
    except IntegrityError:  # the same person, in another window, a moment ago
        begun = of_author(db, summons.round_id, summons.user_id)
        if begun is None:
            raise
        return begun
    return essay


def keep_draft(
    db: Session, essay: Essay, texts: Mapping[str, str], *, revision: int, now: datetime
) -> int:
    """Keep what the author has typed over `revision`; return the new revision.

    One statement decides: whoever comes with an old revision changes nothing
    (`Conflict`). The same words again keep the revision, whatever it was, so
    that a repeated save is no conflict. Questions left out keep their text.
    """
    return _write(db, essay, texts, revision=revision, now=now, in_passing=True)


def write_over(
    db: Session, essay: Essay, texts: Mapping[str, str], *, revision: int, now: datetime
) -> int:
    """`keep_draft` by which a whole text gives way: who does it puts it aside (`put_aside`)."""
    return _write(db, essay, texts, revision=revision, now=now, in_passing=False)


def keep_held(
    db: Session, essay: Essay, texts: Mapping[str, str], *, revision: int, now: datetime
) -> int:
    """`keep_draft` for an essay that is held: written with what else becomes of it."""
    words = _typed_over(essay, texts)
    if words == essay.draft:
        return essay.draft_revision
    if essay.draft_revision != revision or not essay.is_writable:
        raise _refusal(essay)
    if is_due(essay.draft, words, kept_at=essay.draft_kept_at, now=now):
        keep_in_passing(db, essay)
        essay.draft_kept_at = now
    _note_first_words(db, essay, words, now=now)
    essay.draft, essay.draft_revision, essay.draft_saved_at = words, revision + 1, now
    return revision + 1


def settle_conflict(
    db: Session,
    essay: Essay,
    texts: Mapping[str, str],
    *,
    revision: int,
    now: datetime,
    given_up: Mapping[str, str] | None = None,
) -> int:
    """Keep the text chosen between two windows; what gives way is put aside, not discarded.

    `revision` is the one that was shown; `given_up` is the text this window
    had typed, which is put aside too where it was not chosen.
    """
    before = dict(essay.draft)
    kept = write_over(db, essay, texts, revision=revision, now=now)
    typed = _fit(essay, given_up or {})
    for lost in (before, {**before, **typed} if typed else essay.draft):
        put_aside(db, essay, lost, revision=revision, now=now)
    return kept


def _write(
    db: Session,
    essay: Essay,
    texts: Mapping[str, str],
    *,
    revision: int,
    now: datetime,
    in_passing: bool,
) -> int:
    words = _typed_over(essay, texts)
    if words == essay.draft:
        return essay.draft_revision
    due = in_passing and is_due(essay.draft, words, kept_at=essay.draft_kept_at, now=now)
    told = {
        "draft": words,
        "draft_revision": revision + 1,
        "draft_saved_at": now,
        "draft_kept_at": now if due else essay.draft_kept_at,
    }
    if not _overwrite(db, essay, revision, told):
        db.refresh(essay)
        raise _refusal(essay)
    if due and essay.draft_revision == revision:
        keep_in_passing(db, essay)
    _note_first_words(db, essay, words, now=now)
    for name, value in told.items():
        set_committed_value(essay, name, value)
    return revision + 1


_WRITTEN = ("draft", "draft_revision", "draft_saved_at", "draft_kept_at")
_OVERWRITE = (
    update(Essay)
    .where(
        Essay.id == bindparam("which"),
        Essay.draft_revision == bindparam("seen"),
        Essay.state.in_(WRITABLE),
    )
    .values({name: bindparam(f"new_{name}") for name in _WRITTEN})
    .execution_options(synchronize_session=False)
)


def _overwrite(db: Session, essay: Essay, revision: int, told: Mapping[str, object]) -> bool:
    words = {f"new_{name}": value for name, value in told.items()}
    result = db.execute(_OVERWRITE, {"which": essay.id, "seen": revision, **words})
    return bool(result.rowcount)  # type: ignore[attr-defined]  # an UPDATE always has one


def _refusal(essay: Essay) -> Conflict | Untimely:
    return Conflict(CHANGED_ELSEWHERE) if essay.is_writable else Untimely(REFUSALS[Step.SUBMIT])


def _note_first_words(
    db: Session, essay: Essay, words: Mapping[str, str], *, now: datetime
) -> None:
    if essay.state is State.DRAFT and has_words(words) != has_words(essay.draft):
        mark = EssayMark.DRAFT if has_words(words) else EssayMark.NONE
        completion.mark(db, essay.round_id, essay.author_id, now=now, essay=mark)


def _typed_over(essay: Essay, texts: Mapping[str, str]) -> dict[str, str]:
    words = {**essay.draft, **_fit(essay, texts)}
    expect_room(words)
    return words


def _fit(essay: Essay, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts as they are kept; the round is asked only about questions not seen before."""
    if not essay.draft.keys() >= texts.keys():
        asked = {str(question.id) for question in essay.round.questions}
        if not asked >= texts.keys():
            raise Unfit(N_("The questions of this round have changed. Reload the page."))
    return {question: as_kept(text) for question, text in texts.items()}


def _summons(db: Session, round_: StudyRound, by: Actor) -> Summons:
    found = db.scalars(
        select(Summons).where(Summons.round_id == round_.id, Summons.user_id == by.user_id)
    ).one_or_none()
    if found is None or found.call is Call.RELEASED:
        raise Forbidden(N_("You are not on the list of this study round."))
    return found


def _leads(db: Session, summons: Summons, today: date) -> bool:
    """Whether they lead the cell today, or are appointed to lead it (`leading` says why)."""
    heirs = select(Succession.successor_id).where(Succession.predecessor_id == summons.cell_id)
    holds = exists().where(
        Appointment.user_id == summons.user_id,
        or_(Appointment.unit_id == summons.cell_id, Appointment.unit_id.in_(heirs)),
        Appointment.post.in_((Post.SECRETARY, Post.DEPUTY)),
        Appointment.until.is_(None) | (Appointment.until >= today),
    )
    return bool(db.scalar(select(holds)))


def _blank(summons: Summons, *, leads: bool) -> Essay:
    return Essay(
        round_id=summons.round_id,
        author_id=UserId(summons.user_id),
        cell_id=summons.cell_id,
        author_leads=leads,
        state=State.DRAFT,
        draft={str(question.id): "" for question in summons.round.questions},
        draft_revision=0,
    )
