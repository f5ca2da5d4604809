"""Documents come into the library, and are corrected there."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.jobs import service as jobs
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.library import queries
from studyhub.library.front_matter import DocumentType, FrontMatter
from studyhub.library.models import Document, DocumentPart
from studyhub.library.outline import Part

CHANGED = "similarity.document"
"""The job asked for when the text of a document has changed: what was found in it is renewed."""

LONGEST_TITLE = 1000
"""In letters: what a row holds."""
LONGEST_NUMBER = 60


def add_document(
    db: Session,
    front: FrontMatter,
    parts: Sequence[Part],
    *,
    file_key: str | None,
    file_name: str,
    by: Actor,
    now: datetime,
) -> Document:
    """A new document; refused without text, and when the library holds it already."""
    _require_text(parts)
    _require_new(db, front)
    document = Document(
        id=new_uuid(),
        file_key=file_key,
        file_name=file_name,
        added_at=now,
        added_by=UserId(by.user_id),
    )
    _describe(document, front)
    document.parts.extend(_rows(parts))
    db.add(document)
    db.flush()
    log.record(db, Deed.DOCUMENT_ADDED, document.id, by=by, now=now, parts=len(parts))
    return document


def change_document(
    db: Session,
    document: Document,
    front: FrontMatter,
    parts: Sequence[Part],
    *,
    seen: str,
    by: Actor,
    now: datetime,
) -> Document:
    """Correct what is said about a document, or its text.

    `seen` is the fingerprint of what was being corrected: a correction of something that
    has changed since is refused. The original file stays, and so do people's readings.
    """
    _require_text(parts)
    if seen != fingerprint(document):
        raise Conflict(N_("Somebody else changed this document in the meantime. Open it again."))
    before = len(document.parts)
    _describe(document, front)
    document.parts.clear()
    db.flush()  # the old rows go before new ones take their positions
    document.parts.extend(_rows(parts))
    db.flush()
    facts = {"parts_before": before, "parts": len(parts)}
    log.record(db, Deed.DOCUMENT_CHANGED, document.id, by=by, now=now, **facts)
    jobs.ask(db, CHANGED, now=now, subject_id=document.id)
    return document


def fingerprint(document: Document) -> str:
    """What a form remembers of the document it corrects."""
    said = [
        [document.type, document.number, document.issuer, document.place, document.subject],
        document.issued_on.isoformat() if document.issued_on else "",
        [[part.level, part.number, part.title, part.paragraphs] for part in document.parts],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _require_text(parts: Sequence[Part]) -> None:
    if not any(part.paragraphs or part.title for part in parts):
        raise Unfit(N_("There is no text in this document. Paste it, or choose another file."))


def _require_new(db: Session, front: FrontMatter) -> None:
    if front.number and queries.same_document(db, front):
        raise Conflict(
            N_("The library already holds document %(number)s of this issuer and day."),
            number=front.number,
        )


def _describe(document: Document, front: FrontMatter) -> None:
    document.type = front.type or DocumentType.OTHER
    document.number = front.number
    document.issuer = front.issuer
    document.place = front.place
    document.issued_on = front.issued_on
    document.subject = front.subject


def _rows(parts: Sequence[Part]) -> list[DocumentPart]:
    return [_row(position, part) for position, part in enumerate(parts)]


def _row(position: int, part: Part) -> DocumentPart:
    """A title or number too long for its column is a paragraph: nothing is cut off."""
    title, number, paragraphs = part.title, part.number, list(part.paragraphs)
    if len(title) > LONGEST_TITLE:
        title, paragraphs = "", [title, *paragraphs]
    if len(number) > LONGEST_NUMBER:
        number, paragraphs = "", [number, *paragraphs]
    return DocumentPart(
        id=new_uuid(),
        position=position,
        level=part.level,
        number=number,
        title=title,
        anchor=part.anchor,
        paragraphs=paragraphs,
    )
