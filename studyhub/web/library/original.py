"""The file a document came from: carried through the form under seal, given back as it was."""

from flask import current_app
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from studyhub.access import policy
from studyhub.kernel.errors import Missing, Unfit
from studyhub.kernel.words import N_
from studyhub.library import hazards
from studyhub.library.errors import Unreadable
from studyhub.library.hazards import Format
from studyhub.library.models import Document
from studyhub.web.attachments import attachment
from studyhub.web.guard import on
from studyhub.web.library.blueprint import library
from studyhub.web.request import files

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {Format.WORD: WORD, Format.PDF: "application/pdf", Format.TEXT: "text/plain"}
ENDINGS = {Format.WORD: ".docx", Format.PDF: ".pdf", Format.TEXT: ".txt"}


@library.get("/<uuid:document_id>/original")
@on(Document, may=policy.read_document)
def original(document: Document) -> ResponseReturnValue:
    """The original file, to be saved."""
    try:
        data = files().read(document.file_key or "")
    except OSError:
        raise Missing(N_("There is no original file for this document.")) from None
    kind = _kind(data)
    name = document.file_name or f"StudyHub{ENDINGS[kind]}"
    return attachment(data, name, TYPES[kind])


def _kind(data: bytes) -> Format:
    try:
        return hazards.format_of(data)
    except Unreadable:
        return Format.TEXT


def seal(key: str, name: str) -> str:
    """Where the file is and what it is called, for a hidden field."""
    return str(_sealer().dumps([key, name]))


def unseal(sealed: str) -> tuple[str, str]:
    """What `seal` was given; a field that was tampered with is refused."""
    try:
        key, name = _sealer().loads(sealed)
    except BadSignature:
        raise Unfit(N_("The file has gone missing on the way. Choose it again.")) from None
    return str(key), str(name)


def _sealer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="the original of a document")
