"""The handwritten pages of a draft: photos come in one by one, are put in order, taken away."""

from uuid import UUID

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from studyhub.access import policy
from studyhub.essays.models import Essay, Page
from studyhub.kernel.errors import Missing, StudyHubError, Unfit
from studyhub.kernel.words import N_
from studyhub.papers import darkroom, pages, scanning
from studyhub.papers.pages import Kept
from studyhub.web.errors import wants_json
from studyhub.web.guard import on
from studyhub.web.language import gettext, ngettext, say
from studyhub.web.papers.blueprint import closed, papers
from studyhub.web.request import actor, db, files, now, settings
from studyhub.web.transaction import set_aside

AT_ONCE = 10
"""Photos that come in one form, where there is no script to send them one by one."""


@papers.get("/<uuid:essay_id>/pages")
@on(Essay, may=policy.write_essay)
def show_pages(essay: Essay) -> ResponseReturnValue:
    """The pages there are, and where more come from."""
    return closed(essay) or _shown(essay, [])


@papers.post("/<uuid:essay_id>/pages")
@on(Essay, may=policy.write_essay)
def add_pages(essay: Essay) -> ResponseReturnValue:
    """Develop what was sent; what can be read is kept, whatever the others are."""
    with request:  # what was uploaded is let go at the end
        pages.expect_wanted(essay, now())
        sent = [one for one in request.files.getlist("photos") if one.filename][:AT_ONCE]
        with set_aside():
            made, refused = _developed(sent)
    db().refresh(essay, with_for_update={"of": Essay})
    added = pages.add(db(), essay, made, by=actor(), now=now())
    if not sent:
        refused = [gettext(N_("Choose photos, or one PDF."))]
    return _told_script(added, refused) if wants_json() else _told(essay, added, refused)


@papers.post("/<uuid:essay_id>/pages/order")
@on(Essay, may=policy.write_essay)
def order_pages(essay: Essay) -> ResponseReturnValue:
    """Move a page, take it away, or put all in the order they were dragged to."""
    what, _, which = request.form.get("do", "").partition(":")
    if what == "remove":
        pages.remove(db(), essay, _id(which), by=actor(), now=now())
        flash(gettext("The page is taken away."), "ok")
    elif what == "order":
        pages.arrange(essay, [_id(one) for one in which.split()], now=now())
    else:
        pages.move(essay, _id(which), -1 if what == "up" else 1, now=now())
    return redirect(url_for(".show_pages", essay_id=essay.id))


@papers.get("/<uuid:essay_id>/pages/<uuid:page_id>")
@on(Essay, may=policy.write_essay)
def page_picture(essay: Essay, page_id: UUID) -> ResponseReturnValue:
    """The picture of one page of the draft."""
    for page in essay.pages:
        if page.id == page_id:
            return picture(page.file_key)
    raise Missing(N_("There is nothing here."))


def picture(key: str) -> Response:
    """A picture from the store: it never changes, and is for this person alone."""
    try:
        answer = Response(files().read(key), mimetype="image/jpeg")
    except OSError:
        raise Missing(N_("The file is no longer here.")) from None
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _developed(sent: list[FileStorage]) -> tuple[list[Kept], list[str]]:
    made: list[Kept] = []
    refused: list[str] = []
    for upload in sent:
        try:
            made += _develop(upload.read())
        except StudyHubError as refusal:
            refused.append(f"{upload.filename}: {say(refusal)}")
    return made, refused


def _develop(data: bytes) -> list[Kept]:
    scanning.expect_harmless(data, settings().clamd)
    return [
        Kept(files().keep(page.jpeg), page.width, page.height, page.flaw)
        for page in darkroom.develop(data)
    ]


def _told_script(added: list[Page], refused: list[str]) -> ResponseReturnValue:
    if refused and not added:
        return jsonify(error=refused[0].partition(": ")[2] or refused[0]), 422
    return jsonify(pages=[{"id": str(page.id), "flaw": page.flaw} for page in added])


def _told(essay: Essay, added: list[Page], refused: list[str]) -> ResponseReturnValue:
    if refused and not added:
        return _shown(essay, refused), 422
    count = len(added)
    flash(ngettext("%(num)d page is added.", "%(num)d pages are added.", count), "ok")
    for sentence in refused:
        flash(sentence, "warn")
    return redirect(url_for(".show_pages", essay_id=essay.id))


def _shown(essay: Essay, problems: list[str]) -> str:
    return render_template(
        "papers/pages.html", essay=essay, round=essay.round, pages=essay.pages, problems=problems
    )


def _id(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        raise Unfit(N_("This page is incomplete. Reload it.")) from None
