"""The handwritten pages of a draft: what there is, in what order, straightened or as it was."""

from typing import Any
from uuid import UUID

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays.models import Essay
from studyhub.essays.page import Page
from studyhub.kernel.errors import Missing, Unfit
from studyhub.kernel.words import N_
from studyhub.papers import darkroom, developing, pages
from studyhub.papers.pages import Kept
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.papers.blueprint import closed, papers
from studyhub.web.request import actor, db, files, now
from studyhub.web.transaction import set_aside

QUARTERS = {"left": 270, "right": 90}


@papers.get("/<uuid:essay_id>/pages")
@on(Essay, may=policy.write_essay)
def show_pages(essay: Essay) -> ResponseReturnValue:
    """The pages there are, and where more come from."""
    return closed(essay) or shown(essay, [])


@papers.get("/<uuid:essay_id>/pages/state")
@on(Essay, may=policy.write_essay)
def state_of_pages(essay: Essay) -> ResponseReturnValue:
    """For the script that waits: how far each page is."""
    return jsonify(pages=[{"id": str(page.id), "state": page.state} for page in essay.pages])


@papers.post("/<uuid:essay_id>/pages/order")
@on(Essay, may=policy.write_essay)
def order_pages(essay: Essay) -> ResponseReturnValue:
    """Move a page, take it away, bring it back, or put all in the order they were dragged to."""
    what, _, which = request.form.get("do", "").partition(":")
    stays = None  # where the eye was: pages are tall on a phone
    if what == "remove":
        pages.remove(db(), essay, as_id(which), by=actor(), now=now())
    elif what == "undo":
        pages.bring_back(db(), essay, as_id(which), by=actor(), now=now())
        flash(gettext("The page is back."), "ok")
    elif what == "order":
        pages.arrange(db(), essay, [as_id(one) for one in which.split()], now=now())
    else:
        pages.move(db(), essay, as_id(which), -1 if what == "up" else 1, now=now())
        stays = f"page-{as_id(which)}"
    return redirect(url_for(".show_pages", essay_id=essay.id, _anchor=stays))


@papers.post("/<uuid:essay_id>/pages/look")
@on(Essay, may=policy.write_essay)
def look_of_page(essay: Essay) -> ResponseReturnValue:
    """Turn a page by hand, or choose between the photo as it was and made straight."""
    pages.expect_wanted(essay, now())
    what, _, which = request.form.get("do", "").partition(":")
    page_id, essay_id = as_id(which), essay.id
    page = pages.ready(essay, page_id)
    turn = (page.turn + QUARTERS.get(what, 0)) % 360
    if what not in {*QUARTERS, "straight", "plain"}:
        raise Unfit(N_("This page is incomplete. Reload it."))
    wanted = page.is_straight if what in QUARTERS else what == "straight"
    straight = wanted and bool(page.straight_key)
    base = page.straight_key if straight else page.plain_key
    with set_aside():
        made = turned(base or page.file_key, turn)
    db().refresh(essay, with_for_update={"of": Essay})
    pages.look(essay, page_id, made, straight=straight, turn=turn, now=now())
    return redirect(url_for(".show_pages", essay_id=essay_id, _anchor=f"page-{page_id}"))


@papers.get("/<uuid:essay_id>/pages/<uuid:page_id>")
@on(Essay, may=policy.write_essay)
def page_picture(essay: Essay, page_id: UUID) -> ResponseReturnValue:
    """The picture of one page of the draft."""
    return picture(pages.ready(essay, page_id).file_key)


def picture(key: str) -> Response:
    """A picture from the store: it never changes, and is for this person alone."""
    try:
        answer = Response(files().read(key), mimetype="image/jpeg")
    except OSError:
        raise Missing(N_("The file is no longer here.")) from None
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def shown(essay: Essay, problems: list[str]) -> str:
    """The page of pages."""
    return render_template(
        "papers/pages.html",
        essay=essay,
        round=essay.round,
        pages=essay.pages,
        away=pages.taken_away(db(), essay, now=now()),
        waits=any(page.state == "in_work" for page in essay.pages),
        why=_why,
        problems=problems,
    )


def as_id(told: Any) -> UUID:
    """What a form or script calls a page."""
    try:
        return UUID(str(told))
    except ValueError:
        raise Unfit(N_("This page is incomplete. Reload it.")) from None


def _why(page: Page) -> str:
    return gettext(page.refusal.get("message", darkroom.FAILED), **page.refusal.get("values", {}))


def turned(key: str, turn: int) -> Kept:
    """A picture from the store, turned and kept beside it."""
    try:
        jpeg = files().read(key)
    except OSError:
        raise Missing(N_("The file is no longer here.")) from None
    return developing.keep(files(), darkroom.turned(jpeg, turn))
