"""Deeds with what comes with a document: to attach a file, to take it away again."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.jobs import service as jobs
from studyhub.kernel.actor import Actor
from studyhub.kernel.archives import is_locked, opened
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.kernel.ids import DocumentId, UserId, new_uuid
from studyhub.kernel.sandbox import MEGABYTE
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.library import hazards
from studyhub.library.attachments import Attachment, Drawn
from studyhub.library.errors import Unreadable
from studyhub.library.models import Document

KIND = "library.draw_pages"
"""The job that makes the pictures of a PDF's pages (`library.drawing`)."""

MOST = 20
"""So many come with one document."""
LARGEST = 40 * MEGABYTE
LONGEST_TITLE = 200


class Sort(StrEnum):
    """What a file is, told by its content."""

    PDF = "pdf"
    WORD = "docx"
    SHEET = "xlsx"
    SLIDES = "pptx"


_OFFICE = {
    b"wordprocessingml.document.main+xml": Sort.WORD,
    b"spreadsheetml.sheet.main+xml": Sort.SHEET,
    b"presentationml.presentation.main+xml": Sort.SLIDES,
}
NOT_ATTACHED = N_("Only .pdf, .docx, .xlsx and .pptx files come with a document.")
SLIDES_NEED_PDF = N_(
    "Slides are shown from their PDF. Save them as PDF in your program and choose that file too."
)
NOT_A_PDF = N_("This is not a PDF. Save the slides as PDF and choose that file.")
TOO_MANY = N_("At most %(most)s files come with one document. Take one away first.")


@dataclass(frozen=True)
class Kept:
    """A file that lies in the store already: where, and its name."""

    key: str
    name: str


def sort_of(data: bytes) -> Sort:
    """What the file is; `Unreadable` for anything that does not come with documents."""
    if len(data) > LARGEST:
        raise Unreadable(hazards.TOO_LARGE, limit=LARGEST // MEGABYTE)
    if b"%PDF-" in data[:1024]:
        return Sort.PDF
    if not data.startswith(b"PK\x03\x04"):
        raise Unreadable(NOT_ATTACHED)
    with opened(data, damaged=Unreadable(hazards.DAMAGED)) as archive:
        return _office(archive, len(data))


def _office(archive: zipfile.ZipFile, packed: int) -> Sort:
    if hazards.LIMITS.are_broken_by(archive, packed):
        raise Unreadable(hazards.PACKED)
    if is_locked(archive):
        raise Unreadable(hazards.LOCKED)
    names = archive.namelist()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable(hazards.MACROS)
    told = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    for sign, sort in _OFFICE.items():
        if sign in told:
            return sort
    raise Unreadable(NOT_ATTACHED)


def attach(
    db: Session,
    document: Document,
    file: Kept,
    pdf: Kept | None,
    *,
    title: str,
    by: Actor,
    now: datetime,
) -> Attachment:
    """The file comes with the document from now on; of a PDF the pages are drawn by a job.

    `pdf` is what the pages are drawn from, the file itself or what it was saved as. The same
    file comes with a document once.
    """
    there = of(db, document)
    if len(there) >= MOST:
        raise Unfit(TOO_MANY, most=MOST)
    if any(one.file_key == file.key for one in there):
        raise Conflict(N_("This file comes with the document already."))
    made = Attachment(
        id=new_uuid(), document=document, title=(tidy(title) or file.name)[:LONGEST_TITLE],
        file_key=file.key, file_name=file.name, pdf_key=pdf.key if pdf else "",
        drawn=Drawn.IN_WORK if pdf else Drawn.NEVER, page_count=0,
        added_at=now, added_by=UserId(by.user_id),
    )  # fmt: skip
    db.add(made)
    db.flush()
    record(db, Deed.FILE_ATTACHED, document.id, by=by, now=now, attachment=str(made.id))
    if pdf:
        jobs.ask(db, KIND, now=now, subject_id=made.id)
    return made


def take_away(db: Session, attachment: Attachment, *, by: Actor, now: datetime) -> None:
    """The file no longer comes with the document; whoever has it can attach it again."""
    record(
        db, Deed.FILE_TAKEN_AWAY, attachment.document_id, by=by, now=now,
        attachment=str(attachment.id),
    )  # fmt: skip
    db.delete(attachment)
    db.flush()


def of(db: Session, document: Document) -> Sequence[Attachment]:
    """What comes with the document, as it was added."""
    return db.scalars(
        select(Attachment)
        .where(Attachment.document_id == document.id)
        .order_by(Attachment.added_at, Attachment.id)
    ).all()


def of_documents(
    db: Session, ids: Sequence[DocumentId]
) -> Mapping[DocumentId, Sequence[Attachment]]:
    """The same of several documents at once; those with nothing are left out."""
    found: dict[DocumentId, list[Attachment]] = {}
    for one in db.scalars(
        select(Attachment)
        .where(Attachment.document_id.in_(ids))
        .order_by(Attachment.added_at, Attachment.id)
    ):
        found.setdefault(one.document_id, []).append(one)
    return found
