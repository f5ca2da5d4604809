"""Photos come in: in pieces from the script, which go on after a break; or all in one form."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Conflict, StudyHubError, Unfit
from studyhub.kernel.words import N_
from studyhub.library.errors import Unreadable
from studyhub.papers import arrivals, kinds, pages
from studyhub.web.attachments import plain_name
from studyhub.web.guard import on
from studyhub.web.language import gettext, ngettext, say
from studyhub.web.papers.blueprint import papers
from studyhub.web.papers.pages import as_id, shown
from studyhub.web.request import actor, db, files, now
from studyhub.web.transaction import set_aside

AT_ONCE = 10
"""Photos that come in one form, where there is no script to send them one by one."""


@papers.post("/<uuid:essay_id>/photos")
@on(Essay, may=policy.write_essay)
def begin_photo(essay: Essay) -> ResponseReturnValue:
    """Announce a photo; the answer says from where it is to be sent."""
    told = request.get_json(silent=True)
    if not isinstance(told, dict) or not isinstance(told.get("size"), int):
        raise Unfit(N_("This page is incomplete. Reload it."))
    with _plainly():
        arrival = arrivals.begin(
            db(), essay, name=plain_name(str(told.get("name", ""))), size=told["size"],
            mark=_mark(told.get("mark")), replaces=_replaces(told.get("replaces")),
            by=actor(), now=now(),
        )  # fmt: skip
    return jsonify(id=str(arrival.id), at=arrival.received, piece=arrivals.PIECE)


@papers.post("/<uuid:essay_id>/photos/<uuid:arrival_id>")
@on(Essay, may=policy.write_essay)
def take_piece(essay: Essay, arrival_id: UUID) -> ResponseReturnValue:
    """The next piece. One that does not follow is answered with where to go on."""
    piece, at = request.get_data(), request.args.get("at", -1, type=int)
    which, essay_id = arrival_id, essay.id
    arrival = arrivals.expected(db(), essay, which, by=actor())
    try:
        arrivals.expect_next(arrival, at, piece)
    except Conflict as refusal:
        return jsonify(error=say(refusal), at=arrival.received, size=arrival.size), 409
    if at == 0:
        with _plainly():
            kinds.expect_page(piece[:4096])
    with set_aside():
        files().arriving.write(which, at, piece)
    essay = db().get_one(Essay, essay_id, with_for_update={"of": Essay}, populate_existing=True)
    arrival = arrivals.expected(db(), essay, which, by=actor())
    arrivals.expect_next(arrival, at, piece)
    with _plainly():
        arrivals.receive(
            db(), essay, arrival, len(piece), arriving=files().arriving, by=actor(), now=now()
        )
    return jsonify(at=arrival.received, size=arrival.size)


@papers.post("/<uuid:essay_id>/pages")
@on(Essay, may=policy.write_essay)
def add_pages(essay: Essay) -> ResponseReturnValue:
    """Take in what was sent; what can be no page is said, whatever the others are."""
    with request:  # what was uploaded is let go at the end
        pages.expect_wanted(essay, now())
        sent = [one for one in request.files.getlist("photos") if one.filename][:AT_ONCE]
        refused = [] if sent else [gettext(N_("Choose photos, or one PDF."))]
        replaces = _replaces(request.form.get("replaces"))
        for upload in sent:
            try:
                with db().begin_nested():
                    arrivals.keep_whole(
                        db(), essay, plain_name(upload.filename or ""), upload.read(), replaces,
                        arriving=files().arriving, by=actor(), now=now(),
                    )  # fmt: skip
            except StudyHubError as refusal:
                refused.append(f"{upload.filename}: {say(refusal)}")
    return _told(essay, len(sent) - len(refused), refused)


def _told(essay: Essay, count: int, refused: list[str]) -> ResponseReturnValue:
    if refused and count < 1:
        return shown(essay, refused), 422
    flash(ngettext("%(num)d file has arrived.", "%(num)d files have arrived.", count), "ok")
    for sentence in refused:
        flash(sentence, "warn")
    return redirect(url_for(".show_pages", essay_id=essay.id))


@contextmanager
def _plainly() -> Iterator[None]:
    """What cannot be read is a fault of what was sent."""
    try:
        yield
    except Unreadable as refusal:
        raise Unfit(refusal.message, about="", **refusal.values) from refusal


def _mark(told: object) -> str:
    """A SHA-256 in hexadecimal, or nothing."""
    mark = str(told or "").lower()
    if mark and (len(mark) != 64 or set(mark) - set("0123456789abcdef")):
        raise Unfit(N_("This page is incomplete. Reload it."))
    return mark


def _replaces(told: object) -> UUID | None:
    return as_id(told) if told else None
