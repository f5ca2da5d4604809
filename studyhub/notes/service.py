"""Deeds of a reader with a pen: mark a passage, note something beside it, take it away.

None of them stands in the log of deeds: how somebody reads is nobody's business.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Missing, Unfit
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.vietnamese import nfc
from studyhub.kernel.words import N_
from studyhub.library.models import Document
from studyhub.notes.anchoring import Spot, spot_of
from studyhub.notes.models import Note

LONGEST = 4000
"""Characters of one note."""
MOST = 1000
"""Marks of one person in one document."""
KEPT = timedelta(days=1)
"""How long what was taken away can be put back."""


def mark(
    db: Session,
    document: Document,
    spot: Spot,
    *,
    words: str,
    text: str,
    by: Actor,
    now: datetime,
) -> Note:
    """Mark the words at this place; sent twice, it is still one mark.

    `words` are what the reader saw there; when the document was corrected since, the mark
    goes to where they stand now.
    """
    said = fit(text)
    _take_turns(db, by)
    place = _place(document, spot, words)
    known = _same(db, document, place, by)
    if known:
        if said:
            change(db, known, text=said, by=by, now=now)
        return known
    _expect_room(db, document, by)
    part = document.parts[place.part]
    note = Note(
        id=new_uuid(),
        user_id=UserId(by.user_id),
        document_id=document.id,
        anchor=part.anchor,
        part=place.part,
        paragraph=place.paragraph,
        start=place.start,
        end=place.end,
        words=part.paragraphs[place.paragraph][place.start : place.end],
        text=said,
        written_at=now,
        changed_at=now,
    )
    db.add(note)
    db.flush()
    return note


def change(db: Session, note: Note, *, text: str, by: Actor, now: datetime) -> None:
    """Write the note anew; emptied, the passage stays marked."""
    _expect_own(note, by)
    said = fit(text)
    if said != note.text:
        note.text, note.changed_at = said, now
        db.flush()


def remove(db: Session, note: Note, *, by: Actor, now: datetime) -> None:
    """Take it away, to be put back within a day; what was taken away before is gone for good."""
    _expect_own(note, by)
    db.execute(delete(Note).where(Note.user_id == note.user_id, Note.removed_at < now - KEPT))
    note.removed_at = now
    db.flush()


def put_back(db: Session, note: Note, *, by: Actor) -> None:
    """As if it had never been taken away."""
    _expect_own(note, by)
    note.removed_at = None
    db.flush()


def fit(text: str) -> str:
    """A note as it is kept; `Unfit` when there is too much of it, or what no database takes."""
    said = nfc(text.replace("\0", "")).strip()
    said = said.encode("utf-8", "ignore").decode()
    if len(said) > LONGEST:
        raise Unfit(N_("A note has at most %(most)d characters."), about="text", most=LONGEST)
    return said


def _take_turns(db: Session, by: Actor) -> None:
    """Two windows of one person mark one after the other, so that neither marks twice."""
    db.scalar(select(User.id).where(User.id == by.user_id).with_for_update(key_share=True))


class _Seen:
    """What the reader saw, as something to look for."""

    def __init__(self, document: Document, spot: Spot, words: str) -> None:
        known = 0 <= spot.part < len(document.parts)
        self.anchor = document.parts[spot.part].anchor if known else ""
        self.part, self.paragraph, self.start = spot.part, spot.paragraph, spot.start
        self.words = words


def _place(document: Document, spot: Spot, words: str) -> Spot:
    """Where the words are now; refused when they are nowhere."""
    seen = nfc(words).strip()
    if not seen:
        raise Unfit(N_("Choose some words first."))
    place = spot_of(document.parts, _Seen(document, spot, seen))
    if place is None:
        raise Conflict(
            N_("This passage was corrected in the meantime. Open the document again and mark it.")
        )
    return place


def _same(db: Session, document: Document, place: Spot, by: Actor) -> Note | None:
    return db.scalars(
        select(Note)
        .where(
            Note.user_id == by.user_id,
            Note.document_id == document.id,
            Note.part == place.part,
            Note.paragraph == place.paragraph,
            Note.start == place.start,
            Note.end == place.end,
            Note.removed_at.is_(None),
        )
        .limit(1)
    ).first()


def _expect_room(db: Session, document: Document, by: Actor) -> None:
    kept = select(func.count()).select_from(Note)
    own = kept.where(Note.user_id == by.user_id, Note.document_id == document.id)
    if (db.scalar(own) or 0) >= MOST:
        raise Conflict(N_("You have marked %(most)d passages here. Remove some first."), most=MOST)


def _expect_own(note: Note, by: Actor) -> None:
    if note.user_id != by.user_id:
        raise Missing(N_("There is nothing here."))
