"""The writing page: keep a draft, settle between two windows, hand in."""

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays import service
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.kernel.words import N_
from studyhub.web import transaction
from studyhub.web.errors import wants_json
from studyhub.web.essays import desk
from studyhub.web.essays.forms import DraftForm, sent
from studyhub.web.essays.views import essays
from studyhub.web.filters import time_of_day
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext, say
from studyhub.web.request import actor, db, now


@essays.get("/<uuid:essay_id>/edit")
@on(Essay, may=policy.write_essay)
def edit(essay: Essay) -> ResponseReturnValue:
    """The writing page; what has been handed in is shown instead."""
    if not essay.is_writable:
        return redirect(url_for(".show", essay_id=essay.id))
    looking = DraftForm(request.args) if request.args.get("q") else None
    if looking:
        looking.revision.data = str(essay.draft_revision)
    return desk.page(essay, looking)


@essays.post("/<uuid:essay_id>/draft")
@on(Essay, may=policy.write_essay)
def draft(essay: Essay) -> ResponseReturnValue:
    """Keep what is typed: for the script, which gets the new revision, and for the plain form."""
    form = DraftForm(sent())
    if wants_json():
        return _autosave(essay, form)
    before = dict(essay.draft)
    if form.validate():
        with refusals(form):
            service.keep_draft(db(), essay, form.texts, revision=form.seen, now=now())
    if form.errors:
        return _refused(essay, form)
    return _back_to_the_place(essay, form, desk.last_changed(essay, before))


@essays.post("/<uuid:essay_id>/settle")
@on(Essay, may=policy.write_essay)
def settle(essay: Essay) -> ResponseReturnValue:
    """Keep the text chosen between two windows; the other is put aside."""
    form = DraftForm(request.form)
    if form.validate():
        with refusals(form):
            service.settle_conflict(
                db(),
                essay,
                form.chosen(essay.draft),
                revision=form.seen,
                now=now(),
                given_up=form.texts,
            )
    if form.errors:
        return _refused(essay, form)
    flash(gettext("The text you chose is saved. The other one is put aside, not deleted."), "ok")
    return redirect(url_for(".edit", essay_id=essay.id, settled=essay.draft_revision))


@essays.post("/<uuid:essay_id>/submit")
@on(Essay, may=policy.write_essay)
def submit(essay: Essay) -> ResponseReturnValue:
    """Keep what is typed and hand it in; a repeat leads to the same receipt."""
    form = DraftForm(request.form)
    if form.validate():
        with refusals(form):
            version = service.hand_in(
                db(), essay, form.texts, revision=form.seen, by=actor(), now=now()
            )
    if form.errors:
        return _refused(essay, form)
    return redirect(url_for(".receipt", essay_id=essay.id, number=version.number))


def _autosave(essay: Essay, form: DraftForm) -> ResponseReturnValue:
    if not form.validate():
        raise Unfit(N_("This page is incomplete. Reload it."))
    try:
        revision = service.keep_draft(db(), essay, form.texts, revision=form.seen, now=now())
    except Conflict as refusal:
        return _overtaken(essay, refusal)
    saved_at = time_of_day(essay.draft_saved_at or now())
    return jsonify(revision=revision, saved=gettext("Saved at %(time)s", time=saved_at))


def _overtaken(essay: Essay, refusal: Conflict) -> ResponseReturnValue:
    """Say what stands here now: it may be the window's own last save, whose answer got lost."""
    return jsonify(error=say(refusal), revision=essay.draft_revision, draft=essay.draft), 409


def _refused(essay: Essay, form: DraftForm) -> ResponseReturnValue:
    """The page again, with every word; a draft kept on the way stays kept."""
    if form.texts.items() <= essay.draft.items():
        transaction.keep()
        form.revision.data = str(essay.draft_revision)
    conflict = essay.is_writable and form.seen != essay.draft_revision
    return desk.page(essay, form, conflict=conflict), 409 if conflict else 422


def _back_to_the_place(essay: Essay, form: DraftForm, part: int) -> ResponseReturnValue:
    if request.form.get("do") == "find":
        looked_for = form.question or None
        return redirect(url_for(".edit", essay_id=essay.id, q=looked_for, _anchor="resolution"))
    anchor = f"part-{part}" if part else None
    return redirect(url_for(".edit", essay_id=essay.id, _anchor=anchor))
