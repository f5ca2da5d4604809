"""The sample documents, put into the library as an officer would."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from studyhub.demonstration import texts
from studyhub.demonstration.people import OFFICER, Town
from studyhub.kernel.ids import UserId
from studyhub.library import outline
from studyhub.library.front_matter import DocumentType
from studyhub.library.models import Document, DocumentPart
from studyhub.storage.files import FileStore


def documents(
    db: Session, town: Town, files: FileStore, *, now: datetime
) -> Mapping[int, Document]:
    """One document for each round, by the round's number."""
    officer = town.actor(db, OFFICER, now.date())
    return {n: _add(db, files, n, UserId(officer.user_id), now) for n in (1, 2, 3)}


def _add(db: Session, files: FileStore, number: int, by: UserId, now: datetime) -> Document:
    text = texts.document(number)
    read = outline.parse(text)
    document = Document(
        type=read.front.type or DocumentType.OTHER,
        number=read.front.number,
        issuer=read.front.issuer,
        place=read.front.place,
        issued_on=read.front.issued_on,
        subject=read.front.subject,
        file_key=files.keep(text.encode()),
        file_name=f"van-ban-mau-{number}.md",
        added_at=now,
        added_by=by,
    )
    for position, part in enumerate(read.parts):
        document.parts.append(
            DocumentPart(
                position=position,
                level=part.level,
                number=part.number,
                title=part.title,
                anchor=part.anchor,
                paragraphs=list(part.paragraphs),
            )
        )
    db.add(document)
    db.flush()
    return document
