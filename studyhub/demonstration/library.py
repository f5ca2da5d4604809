"""The sample documents, put into the library as an officer would."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from studyhub.demonstration import texts
from studyhub.demonstration.people import OFFICER, Town
from studyhub.library import outline, service
from studyhub.library.models import Document
from studyhub.storage.files import FileStore

ISSUER = "Đảng ủy Sở Thông tin và Truyền thông (mẫu)"
"""As an officer writes it: the heads of the texts are in capitals."""


def documents(
    db: Session, town: Town, files: FileStore, *, now: datetime
) -> Mapping[int, Document]:
    """One document for each round, by the round's number."""
    officer = town.actor(db, OFFICER, now.date())
    added = {}
    for number in (1, 2, 3):
        text = texts.document(number)
        read = outline.parse(text)
        added[number] = service.add_document(
            db,
            replace(read.front, issuer=ISSUER),
            read.parts,
            file_key=files.keep(text.encode()),
            file_name=f"van-ban-mau-{number}.md",
            by=officer,
            now=now,
        )
    db.flush()
    return added
