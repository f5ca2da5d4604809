"""The writing page: keep a draft, settle between two windows."""

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays import service
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.kernel.words import N_
from studyhub.web import transaction
from studyhub.web.errors import wants_json
from studyhub.web.essays import desk
from studyhub.web.essays.forms import DraftForm, sent, unfit
from studyhub.web.essays.views import essays
from studyhub.web.filters import time_of_day
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext, say
from studyhub.web.request import db, now
from studyhub.web.seen import see_results

ONWARD = {"file": "papers.choose", "pages": "papers.show_pages", "history": "essays.show_history"}
"""Where the buttons beside the text lead, once it is saved."""


@essays.get("/<uuid:essay_id>/edit")
@on(Essay, may=policy.write_essay)
def edit(essay: Essay) -> ResponseReturnValue:
    """The writing page; what has been handed in is shown instead."""
    if not essay.is_writable:
        return redirect(url_for(".show", essay_id=essay.id))
    see_results(essay.id)
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
        return refused(essay, form)
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
        return refused(essay, form)
    flash(gettext("The text you chose is saved. The other one is put aside, not deleted."), "ok")
    return redirect(url_for(".edit", essay_id=essay.id, settled=essay.draft_revision))


def _autosave(essay: Essay, form: DraftForm) -> ResponseReturnValue:
    if not form.validate():
        raise Unfit(N_("This page is incomplete. Reload it."))
    try:
        revision = service.keep_draft(db(), essay, form.texts, revision=form.seen, now=now())
    except (Conflict, Untimely) as refusal:
        return _overtaken(refusal)
    except Unfit as refusal:
        return unfit(refusal)
    saved_at = time_of_day(essay.draft_saved_at or now())
    return jsonify(revision=revision, saved=gettext("Saved at %(time)s", time=saved_at))


def _overtaken(refusal: Conflict | Untimely) -> ResponseReturnValue:
    """Two ways to be too late: the text was changed elsewhere, or handed in there."""
    reason = "changed" if isinstance(refusal, Conflict) else "handed in"
    return jsonify(error=say(refusal), reason=reason), 409


def refused(essay: Essay, form: DraftForm) -> ResponseReturnValue:
    """The page again, with every word; a draft kept on the way stays kept."""
    if form.texts.items() <= essay.draft.items():
        transaction.keep()
        form.revision.data = str(essay.draft_revision)
    conflict = essay.is_writable and form.seen != essay.draft_revision
    return desk.page(essay, form, conflict=conflict), 409 if conflict else 422


def _back_to_the_place(essay: Essay, form: DraftForm, part: int) -> ResponseReturnValue:
    wanted = request.form.get("do", "")
    if wanted == "find":
        looked_for = form.question or None
        return redirect(url_for(".edit", essay_id=essay.id, q=looked_for, _anchor="resolution"))
    if wanted in ONWARD:
        return redirect(url_for(ONWARD[wanted], essay_id=essay.id))
    anchor = f"part-{part}" if part else None
    response = redirect(url_for(".edit", essay_id=essay.id, _anchor=anchor))
    return desk.remember_view(response, wanted)
