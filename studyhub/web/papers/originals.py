"""The file an essay was taken from, given back as it came."""

from pathlib import PurePath
from uuid import UUID

from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.papers import taking_over
from studyhub.papers.kinds import Kind
from studyhub.papers.models import Original
from studyhub.web.attachments import attachment
from studyhub.web.authors import is_blind
from studyhub.web.guard import on
from studyhub.web.papers.blueprint import papers
from studyhub.web.papers.noting import note_reading
from studyhub.web.request import actor, db, files

ENDINGS = {
    Kind.WORD: (".docx",),
    Kind.ODT: (".odt",),
    Kind.OLD_WORD: (".doc",),
    Kind.RTF: (".rtf", ".doc"),
    Kind.HTML: (".doc",),
    Kind.PDF: (".pdf",),
    Kind.TEXT: (".txt",),
}
"""The names that fit what is inside; the first is put behind a name that does not."""

TYPES = {
    Kind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.OLD_WORD: "application/msword",
    Kind.RTF: "application/rtf",
    Kind.HTML: "application/msword",
    Kind.PDF: "application/pdf",
    Kind.TEXT: "application/octet-stream",
}


@papers.get("/<uuid:essay_id>/original/<uuid:original_id>")
@on(Essay, may=policy.read_essay)
def original(essay: Essay, original_id: UUID) -> ResponseReturnValue:
    """The file, to be saved: for its author, and for readers once it has been handed in."""
    if is_blind(essay):
        raise Missing(N_("There is nothing here."))  # its name, and what is in it, tell whose it is
    for one in taking_over.shown_originals(db(), essay, to=actor()):
        if one.id == original_id:
            data, name, kind = _bytes(one), safe_name(one), TYPES[one.kind]
            note_reading(essay)
            return attachment(data, name, kind)
    raise Missing(N_("There is nothing here."))


def safe_name(original: Original) -> str:
    """Its own name, with an ending that says what it is."""
    endings = ENDINGS[original.kind]
    name = original.file_name or "StudyHub"
    return name if PurePath(name).suffix.lower() in endings else f"{name}{endings[0]}"


def _bytes(original: Original) -> bytes:
    try:
        return files().read(original.file_key)
    except OSError:
        raise Missing(N_("The file is no longer here.")) from None
