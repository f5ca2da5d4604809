"""Deeds of typing for a member who has no device: to begin, to keep what is typed, to settle.

As safe as a member's own writing: whoever comes with an old revision changes nothing, and
every text that gives way stays on record. It is kept whatever has become of the essay
meanwhile; only handing in asks whether it may still be handed in.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.essays.drafting import CHANGED_ELSEWHERE, lay_out
from studyhub.essays.lifecycle import Step, after
from studyhub.essays.models import Essay
from studyhub.essays.queries import of_author
from studyhub.essays.room import expect_room
from studyhub.essays.text import as_kept, has_words
from studyhub.essays.thinning import is_due
from studyhub.essays.transcripts import KeptTranscript, Transcript
from studyhub.essays.window import closed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Forbidden, Missing, Unfit, Untimely
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.org.succession import Succession
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, StudyRound, Summons

NOT_ONES_OWN = N_("Nobody hands in their own essay on behalf. Write it yourself.")
MOST_PAGES = 30

TYPED_ONLY = N_("This round takes no handwritten essays. Type the text.")
TOO_MANY_PAGES = N_("An essay has at most %(most)s handwritten pages. Take some away first.")


def begin(
    db: Session, round_: StudyRound, cell: Unit, member: UserId, *, by: Actor, now: datetime
) -> Transcript:
    """The transcript of this member of the cell: begun now, or the one begun before.

    It needs an essay to hang on; where the member has none yet, an empty one is laid out.
    """
    summons = _summons(db, round_, cell, member)
    if member == by.user_id:
        raise Forbidden(NOT_ONES_OWN)
    if round_.state is not RoundState.OPEN:
        raise closed(round_)
    if not round_.questions:
        raise Untimely(N_("This study round asks for no essay."))
    essay = of_author(db, round_.id, member) or lay_out(db, summons, today=by.today)
    found = of_essay(db, essay)
    if found:
        return found
    after(essay.state, Step.SUBMIT)
    made = Transcript(id=new_uuid(), essay=essay, begun_by=UserId(by.user_id), begun_at=now)
    made.draft, made.draft_revision, made.pages = _blank(round_), 0, []
    db.add(made)
    db.flush()
    record(db, Deed.TRANSCRIPT_BEGUN, essay.id, by=by, now=now)
    return made


def of_essay(db: Session, essay: Essay) -> Transcript | None:
    """What was begun for its author."""
    return db.scalars(select(Transcript).where(Transcript.essay_id == essay.id)).one_or_none()


def keep(
    db: Session,
    transcript: Transcript,
    texts: Mapping[str, str],
    *,
    revision: int,
    now: datetime,
) -> int:
    """Keep what was typed over `revision`; the new revision. The same words again keep it."""
    hold(db, transcript)
    words = {**transcript.draft, **_fit(transcript, texts)}
    if words == transcript.draft:
        return transcript.draft_revision
    _expect_seen(transcript, words, revision)
    if is_due(transcript.draft, words, kept_at=transcript.draft_kept_at, now=now):
        _put_aside(db, transcript, transcript.draft, transcript.draft_saved_at or now)
        transcript.draft_kept_at = now
    _write(transcript, words, now)
    return transcript.draft_revision


def settle(
    db: Session,
    transcript: Transcript,
    texts: Mapping[str, str],
    *,
    revision: int,
    given_up: Mapping[str, str],
    now: datetime,
) -> int:
    """Keep the text chosen between two windows; both that gave way stay on record."""
    hold(db, transcript)
    before = dict(transcript.draft)
    words = {**before, **_fit(transcript, texts)}
    _expect_seen(transcript, words, revision)
    for lost in (before, {**before, **_fit(transcript, given_up)}):
        if lost != words:
            _put_aside(db, transcript, lost, now)
    _write(transcript, words, now)
    return transcript.draft_revision


def append(
    db: Session, transcript: Transcript, texts: Mapping[str, str], *, by: Actor, now: datetime
) -> None:
    """Put what was read from a file behind what is typed, part by part; nothing gives way."""
    hold(db, transcript)
    told = _fit(transcript, texts)
    words = {
        key: "\n\n".join(text for text in (before, told.get(key, "")) if text.strip())
        for key, before in {**dict.fromkeys(told, ""), **transcript.draft}.items()
    }
    _expect_seen(transcript, words, transcript.draft_revision)
    _put_aside(db, transcript, transcript.draft, now)
    _write(transcript, words, now)
    record(db, Deed.FILE_TAKEN_OVER, transcript.essay_id, by=by, now=now, parts=len(told))


def set_pages(
    db: Session,
    transcript: Transcript,
    pages: Sequence[Mapping[str, str]],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """The scanned pages, in order; the same picture is there once."""
    hold(db, transcript)
    wanted = list({page["key"]: dict(page) for page in pages}.values())
    if wanted and not transcript.essay.round.takes_handwriting:
        raise Unfit(TYPED_ONLY)
    if len(wanted) > MOST_PAGES:
        raise Unfit(TOO_MANY_PAGES, most=MOST_PAGES)
    if wanted != transcript.pages:
        transcript.pages = wanted
        transcript.draft_revision += 1
        record(db, Deed.PAGES_CHANGED, transcript.essay_id, by=by, now=now, pages=len(wanted))


def kept_texts(db: Session, transcript: Transcript) -> Sequence[KeptTranscript]:
    """What gave way, the latest first."""
    found = select(KeptTranscript).where(KeptTranscript.transcript_id == transcript.id)
    return db.scalars(found.order_by(KeptTranscript.kept_at.desc()).limit(50)).all()


def hold(db: Session, transcript: Transcript) -> None:
    """Hold the row until the transaction ends, and see it as it is now."""
    db.flush()
    db.refresh(transcript, with_for_update={"of": Transcript})


def _summons(db: Session, round_: StudyRound, cell: Unit, member: UserId) -> Summons:
    """The place of a member of the cell, or of one that has become part of it, on the list."""
    before = select(Succession.predecessor_id).where(Succession.successor_id == cell.id)
    found = db.scalars(
        select(Summons).where(
            Summons.round_id == round_.id,
            Summons.user_id == member,
            (Summons.cell_id == cell.id) | Summons.cell_id.in_(before),
        )
    ).one_or_none()
    if found is None or found.call is Call.RELEASED:
        raise Missing(N_("This comrade is not on the list of this round in this cell."))
    return found


def _blank(round_: StudyRound) -> dict[str, str]:
    return {str(question.id): "" for question in round_.questions}


def _fit(transcript: Transcript, texts: Mapping[str, str]) -> dict[str, str]:
    if not transcript.draft.keys() >= texts.keys():
        raise Unfit(N_("The questions of this round have changed. Reload the page."))
    return {question: as_kept(text) for question, text in texts.items()}


def _expect_seen(transcript: Transcript, words: Mapping[str, str], revision: int) -> None:
    if transcript.draft_revision != revision:
        raise Conflict(CHANGED_ELSEWHERE)
    expect_room(words)


def _put_aside(
    db: Session, transcript: Transcript, lost: Mapping[str, str], moment: datetime
) -> None:
    if has_words(lost):
        kept = KeptTranscript(transcript_id=transcript.id, revision=transcript.draft_revision)
        kept.draft, kept.kept_at = dict(lost), moment
        db.add(kept)


def _write(transcript: Transcript, words: Mapping[str, str], now: datetime) -> None:
    transcript.draft, transcript.draft_saved_at = dict(words), now
    transcript.draft_revision += 1
