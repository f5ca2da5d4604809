"""A paper essay that is scanned or photographed, or brought as a file, beside what is typed."""

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays import transcribing
from studyhub.essays.transcripts import Transcript
from studyhub.kernel.errors import Missing, StudyHubError, Unfit
from studyhub.kernel.words import N_
from studyhub.papers import darkroom, kinds, laying, sandbox, scanning
from studyhub.web.essays.typing import PLACE
from studyhub.web.essays.views import essays
from studyhub.web.guard import on
from studyhub.web.language import gettext, ngettext, say
from studyhub.web.request import actor, db, files, now, settings
from studyhub.web.transaction import set_aside

AT_ONCE = 10

Page = dict[str, str]


@essays.post(f"{PLACE}/file")
@on(Transcript, may=policy.type_on_behalf)
def bring_file(transcript: Transcript) -> ResponseReturnValue:
    """Photos and scanned pages become pages; a file with text is put behind what is typed."""
    with request:  # what was uploaded is let go at the end
        sent = [one.read() for one in request.files.getlist("file") if one.filename][:AT_ONCE]
        titles = [question.title for question in transcript.essay.round.questions]
        try:
            if not sent:
                raise Unfit(N_("Choose a file: photos, a scanned PDF, or a Word file."))
            with set_aside():
                read = [_read(data) for data in sent]
            db().refresh(transcript, with_for_update={"of": Transcript})
            _take(transcript, read, titles)
        except StudyHubError as refusal:
            db().rollback()
            flash(say(refusal), "bad")
    return redirect(url_for(".typing", transcript_id=transcript.id, _anchor="files"))


@essays.post(f"{PLACE}/pages")
@on(Transcript, may=policy.type_on_behalf)
def order_typed_pages(transcript: Transcript) -> ResponseReturnValue:
    """Move a page one place, or take it away."""
    what, _, key = request.form.get("do", "").partition(":")
    pages = [dict(page) for page in transcript.pages]
    at = next((n for n, page in enumerate(pages) if page["key"] == key), None)
    if at is None:
        raise Unfit(N_("This page is incomplete. Reload it."))
    page = pages.pop(at)
    if what != "remove":
        pages.insert(max(at + (-1 if what == "up" else 1), 0), page)
    transcribing.set_pages(db(), transcript, pages, by=actor(), now=now())
    return redirect(url_for(".typing", transcript_id=transcript.id, _anchor="files"))


@essays.get(f"{PLACE}/pages/<int:place>")
@on(Transcript, may=policy.type_on_behalf)
def typed_page(transcript: Transcript, place: int) -> ResponseReturnValue:
    """The picture of one page; the first is number 1."""
    if not 1 <= place <= len(transcript.pages):
        raise Missing(N_("There is nothing here."))
    try:
        data = files().read(transcript.pages[place - 1]["key"])
    except OSError:
        raise Missing(N_("The file is no longer here.")) from None
    answer = Response(data, mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _read(data: bytes) -> list[Page] | list[str]:
    """Pages of a photo or a scan; paragraphs of a file with text."""
    scanning.expect_harmless(data, settings().clamd)
    if kinds.is_picture(data) or b"%PDF-" in data[:1024]:
        return [
            {"key": files().keep(made.jpeg), "width": str(made.width), "height": str(made.height)}
            for made in darkroom.develop(data)
        ]
    return list(sandbox.read_safely(data).paragraphs)


def _take(transcript: Transcript, read: list[list[Page] | list[str]], titles: list[str]) -> None:
    pages = [one for found in read for one in found if isinstance(one, dict)]
    lines = [one for found in read for one in found if isinstance(one, str)]
    if pages:
        wanted = [*transcript.pages, *pages]
        transcribing.set_pages(db(), transcript, wanted, by=actor(), now=now())
        told = ngettext("%(num)d page is added.", "%(num)d pages are added.", len(pages))
        flash(told, "ok")
    if lines:
        laid = laying.lay(lines, titles)
        keys = [str(question.id) for question in transcript.essay.round.questions]
        texts = {key: text for key, text in zip(keys, laid, strict=True) if text}
        transcribing.append(db(), transcript, texts, by=actor(), now=now())
        flash(gettext("The text of the file stands behind what was typed. Read it through."), "ok")
