"""What comes with a document: attached by an officer, read page by page, downloaded."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict

from studyhub.access import policy
from studyhub.kernel.errors import Missing, Unfit
from studyhub.kernel.words import N_
from studyhub.library import attaching
from studyhub.library.attaching import NOT_A_PDF, SLIDES_NEED_PDF, Kept, Sort, sort_of
from studyhub.library.attachments import Attachment
from studyhub.library.models import Document
from studyhub.web import transaction
from studyhub.web.attachments import attachment as download
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.library.blueprint import library
from studyhub.web.library.forms import LARGEST_ATTACHED, AttachmentForm
from studyhub.web.request import actor, db, files, now

GONE = N_("The file is no longer here.")
TYPES = {
    Sort.PDF: "application/pdf",
    Sort.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Sort.SHEET: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Sort.SLIDES: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@library.url_value_preprocessor
def allow_two_files(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Slides and their PDF together are larger than what else is sent."""
    if endpoint == "library.attach":
        request.max_content_length = 2 * LARGEST_ATTACHED + 1024 * 1024


@library.get("/<uuid:document_id>/attachments")
@on(Document, may=policy.change_document)
def attachments(document: Document) -> ResponseReturnValue:
    """What comes with it, and the form for more."""
    return _desk(document, AttachmentForm())


@library.post("/<uuid:document_id>/attachments")
@on(Document, may=policy.change_document)
def attach(document: Document) -> ResponseReturnValue:
    """Keep the file, and have the pages of a PDF drawn."""
    with request:  # what was uploaded is let go at the end
        form = AttachmentForm(CombinedMultiDict((request.files, request.form)))
        if form.validate():
            with refusals(form):
                return _attached(document, form)
    return _desk(document, form), 422


def _attached(document: Document, form: AttachmentForm) -> ResponseReturnValue:
    document_id = document.id
    with transaction.set_aside():
        file, pdf = _kept(form)
    there = db().get_one(Document, document_id)
    attaching.attach(db(), there, file, pdf, title=form.title.data or "", by=actor(), now=now())
    flash(
        gettext("“%(name)s” comes with the document now.", name=form.title.data or file.name), "ok"
    )
    return redirect(url_for(".attachments", document_id=document_id), 303)


def _kept(form: AttachmentForm) -> tuple[Kept, Kept | None]:
    """The file in the store, and the PDF its pages are drawn from."""
    (data, name), (pdf, pdf_name) = form.taken("file"), form.taken("pdf")
    sort = sort_of(data)
    if sort is Sort.SLIDES and not pdf:
        raise Unfit(SLIDES_NEED_PDF, about="pdf")
    if pdf and sort_of(pdf) is not Sort.PDF:
        raise Unfit(NOT_A_PDF, about="pdf")
    kept = Kept(files().keep(data), name)
    if sort is Sort.PDF:
        return kept, kept
    return kept, Kept(files().keep(pdf), pdf_name) if pdf else None


@library.post("/attachments/<uuid:attachment_id>/take-away")
@on(Attachment, may=policy.take_attachment_away)
def take_away(attachment: Attachment) -> ResponseReturnValue:
    """It no longer comes with the document."""
    document_id, title = attachment.document_id, attachment.title
    attaching.take_away(db(), attachment, by=actor(), now=now())
    flash(gettext("“%(name)s” no longer comes with the document.", name=title), "ok")
    return redirect(url_for(".attachments", document_id=document_id), 303)


@library.get("/attachments/<uuid:attachment_id>")
@on(Attachment, may=policy.read_attachment)
def pages(attachment: Attachment) -> ResponseReturnValue:
    """One page of it as a picture, with its words; the page before and the next beside it."""
    asked = request.args.get("page", 1, type=int)
    at = min(max(asked, 1), max(len(attachment.pages), 1)) - 1
    return render_template(
        "library/pages.html",
        attachment=attachment,
        document=attachment.document,
        at=at,
        page=attachment.pages[at] if attachment.pages else None,
    )


@library.get("/attachments/<uuid:attachment_id>/pages/<int:number>.jpg")
@on(Attachment, may=policy.read_attachment)
def page_picture(attachment: Attachment, number: int) -> ResponseReturnValue:
    """The picture of one page: it never changes, and is kept by the browser."""
    if not 1 <= number <= len(attachment.pages):
        raise Missing(N_("There is nothing here."))
    answer = Response(_read(attachment.pages[number - 1].picture_key), mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


@library.get("/attachments/<uuid:attachment_id>/file")
@on(Attachment, may=policy.read_attachment)
def attached_file(attachment: Attachment) -> ResponseReturnValue:
    """The file as it was attached, to be saved."""
    data = _read(attachment.file_key)
    return download(data, attachment.file_name, TYPES[sort_of(data)])


def _read(key: str) -> bytes:
    try:
        return files().read(key)
    except OSError:
        raise Missing(GONE) from None


def _desk(document: Document, form: AttachmentForm) -> str:
    return render_template(
        "library/attachments.html",
        document=document,
        form=form,
        attachments=attaching.of(db(), document),
    )
