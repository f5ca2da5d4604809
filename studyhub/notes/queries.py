"""The notes of a person, at their places in the documents as they read now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from studyhub.kernel.ids import DocumentId
from studyhub.library.models import Document, DocumentPart
from studyhub.notes.anchoring import Spot, spot_of
from studyhub.notes.models import Note
from studyhub.notes.service import KEPT


@dataclass(frozen=True)
class Placed:
    """A note, and where its words stand."""

    note: Note
    spot: Spot
    part: DocumentPart


@dataclass(frozen=True)
class Noted:
    """All that a person marked in one document."""

    document: Document
    notes: Sequence[Note]

    @cached_property
    def placed(self) -> Sequence[Placed]:
        """Those whose words stand in the text, in its order."""
        parts = self.document.parts
        found = ((note, spot_of(parts, note)) for note in self.notes)
        there = [Placed(note, spot, parts[spot.part]) for note, spot in found if spot]
        return sorted(there, key=lambda one: (one.spot, one.note.written_at))

    @cached_property
    def lost(self) -> Sequence[Note]:
        """Those whose words were corrected."""
        there = {one.note.id for one in self.placed}
        return [note for note in self.notes if note.id not in there]

    @cached_property
    def by_paragraph(self) -> Mapping[tuple[int, int], Sequence[Placed]]:
        """By part and paragraph."""
        found: dict[tuple[int, int], list[Placed]] = {}
        for one in self.placed:
            found.setdefault((one.spot.part, one.spot.paragraph), []).append(one)
        return found

    def at(self, part: int, paragraph: int) -> Sequence[Placed]:
        """What is marked in this paragraph."""
        return self.by_paragraph.get((part, paragraph), ())


def of_documents(
    db: Session, documents: Sequence[Document], *, visible: ColumnElement[bool]
) -> Sequence[Noted]:
    """What is marked in each of these, in one question; those without a mark are there too."""
    found: dict[DocumentId, list[Note]] = {document.id: [] for document in documents}
    kept = select(Note).where(Note.document_id.in_(found), Note.removed_at.is_(None), visible)
    for note in db.scalars(kept.order_by(Note.written_at, Note.id)):
        found[note.document_id].append(note)
    return [Noted(document, found[document.id]) for document in documents]


def of_document(db: Session, document: Document, *, visible: ColumnElement[bool]) -> Noted:
    """What is marked in this document."""
    return of_documents(db, [document], visible=visible)[0]


def removed(
    db: Session, document: Document, *, visible: ColumnElement[bool], now: datetime
) -> Sequence[Note]:
    """What was taken away within a day and can be put back; the last first."""
    gone = select(Note).where(
        Note.document_id == document.id, Note.removed_at >= now - KEPT, visible
    )
    return db.scalars(gone.order_by(Note.removed_at.desc())).all()
