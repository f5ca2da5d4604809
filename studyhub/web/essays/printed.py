"""A version as PDF and Word document, for its author and its readers; the receipt as PDF."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays import queries, sealing
from studyhub.essays.models import Essay, Version
from studyhub.printing import papers, word
from studyhub.web.attachments import attachment, plain_name
from studyhub.web.authors import author_of, is_blind
from studyhub.web.essays.views import essays, note_reading, open_to_me
from studyhub.web.guard import on
from studyhub.web.request import db, zone

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@essays.get("/<uuid:essay_id>/versions/<int:number>/pdf")
@on(Essay, may=policy.read_essay)
def pdf(essay: Essay, number: int) -> ResponseReturnValue:
    """The version as a party document."""
    version = _read(essay, number)
    made = papers.essay_pdf(version, zone=zone(), blind=_code(essay))
    return _sent(made, _name("Bài thu hoạch", version, "pdf"), PDF)


@essays.get("/<uuid:essay_id>/versions/<int:number>/docx")
@on(Essay, may=policy.read_essay)
def docx(essay: Essay, number: int) -> ResponseReturnValue:
    """The same for Word."""
    version = _read(essay, number)
    made = word.essay_docx(version, zone=zone(), blind=_code(essay))
    return _sent(made, _name("Bài thu hoạch", version, "docx"), WORD)


@essays.get("/<uuid:essay_id>/receipt/<int:number>/pdf")
@on(Essay, may=policy.write_essay)
def receipt_pdf(essay: Essay, number: int) -> ResponseReturnValue:
    """The receipt, to be kept or printed."""
    version = open_to_me(queries.for_reading(db(), essay), number)
    seal = sealing.of_version(db(), version)
    made = papers.receipt_pdf(
        version,
        zone=zone(),
        check=url_for("check.ask", code=version.receipt_code, _external=True),
        seal=seal.link if seal else "",
    )
    return _sent(made, _name("Biên nhận", version, "pdf"), PDF)


def _code(essay: Essay) -> str:
    """What stands in place of the author, where the person must not know whose it is."""
    return author_of(essay) if is_blind(essay) else ""


def _read(essay: Essay, number: int) -> Version:
    """The version, when its reading is on record."""
    note_reading(essay, number)
    return open_to_me(queries.for_reading(db(), essay), number)


def _name(kind: str, version: Version, ending: str) -> str:
    """«Bài thu hoạch - Nguyễn Văn An - Nghị quyết số 52-NQ-TW.pdf»."""
    essay = version.essay
    told = f"{kind} - {author_of(essay)} - {essay.round.title}"
    return f"{plain_name(told.replace('/', '-'))[:120].strip(' .')}.{ending}"


def _sent(made: bytes, name: str, content_type: str) -> Response:
    answer = attachment(made, name, content_type)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
