"""Typing the paper essay of a member who has no device: with the script of one's own page."""

from collections.abc import Sequence

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays import transcribing
from studyhub.essays.comparing import blocks
from studyhub.essays.lifecycle import State
from studyhub.essays.transcripts import Transcript
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.kernel.words import N_
from studyhub.web import navigation, transaction
from studyhub.web.authors import is_blind
from studyhub.web.errors import wants_json
from studyhub.web.essays.desk import Sheet
from studyhub.web.essays.forms import DraftForm, sent, unfit
from studyhub.web.essays.views import essays
from studyhub.web.filters import time_of_day
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext, say
from studyhub.web.request import db, now

PLACE = "/typing/<uuid:transcript_id>"


@essays.get(PLACE)
@on(Transcript, may=policy.type_on_behalf)
def typing(transcript: Transcript) -> ResponseReturnValue:
    """The parts to be typed; the member's own draft is not here."""
    essay = transcript.essay
    if essay.state is State.SUBMITTED and is_blind(essay):
        told = gettext("This round is judged blind: what waits to be judged is not shown here.")
        flash(told, "warn")
        papers = url_for("papers.paper_essays", unit_id=essay.cell_id, round_id=essay.round_id)
        return redirect(papers)
    return page(transcript)


@essays.post(f"{PLACE}/draft")
@on(Transcript, may=policy.type_on_behalf)
def keep_typing(transcript: Transcript) -> ResponseReturnValue:
    """Keep what is typed: for the script, and for the plain form."""
    form = DraftForm(sent())
    if wants_json():
        return _autosave(transcript, form)
    if form.validate():
        with refusals(form):
            transcribing.keep(db(), transcript, form.texts, revision=form.seen, now=now())
    if form.errors:
        return refused(transcript, form)
    onward = ".handing_in_on_behalf" if request.form.get("do") == "submit" else ".typing"
    return redirect(url_for(onward, transcript_id=transcript.id))


@essays.post(f"{PLACE}/settle")
@on(Transcript, may=policy.type_on_behalf)
def settle_typing(transcript: Transcript) -> ResponseReturnValue:
    """Keep the text chosen between two windows; the other stays on record."""
    form = DraftForm(request.form)
    if form.validate():
        with refusals(form):
            transcribing.settle(
                db(),
                transcript,
                form.chosen(transcript.draft),
                revision=form.seen,
                given_up=form.texts,
                now=now(),
            )
    if form.errors:
        return refused(transcript, form)
    flash(gettext("The text you chose is saved. The other one is put aside, not deleted."), "ok")
    settled = transcript.draft_revision
    return redirect(url_for(".typing", transcript_id=transcript.id, settled=settled))


def page(transcript: Transcript, form: DraftForm | None = None, *, conflict: bool = False) -> str:
    """The page, with what was typed last in its fields."""
    navigation.stand_under("completion")
    sheets = _sheets(transcript, form, conflict=conflict)
    return render_template(
        "essays/typing.html",
        transcript=transcript,
        essay=transcript.essay,
        round=transcript.essay.round,
        form=form,
        sheets=sheets,
        conflict=conflict,
        revision=transcript.draft_revision if conflict or not form else form.seen,
        kept=all(sheet.text == transcript.draft.get(sheet.key, "") for sheet in sheets),
        total=sum(sheet.syllables for sheet in sheets),
        settled=request.args.get("settled", type=int),
        earlier=transcribing.kept_texts(db(), transcript),
    )


def refused(transcript: Transcript, form: DraftForm) -> ResponseReturnValue:
    """The page again, with every word."""
    if form.texts.items() <= transcript.draft.items():
        transaction.keep()
        form.revision.data = str(transcript.draft_revision)
    conflict = form.seen != transcript.draft_revision
    return page(transcript, form, conflict=conflict), 409 if conflict else 422


def _autosave(transcript: Transcript, form: DraftForm) -> ResponseReturnValue:
    if not form.validate():
        raise Unfit(N_("This page is incomplete. Reload it."))
    try:
        seen = form.seen
        revision = transcribing.keep(db(), transcript, form.texts, revision=seen, now=now())
    except Conflict as refusal:
        return jsonify(error=say(refusal), reason="changed"), 409
    except Unfit as refusal:
        return unfit(refusal)
    saved_at = time_of_day(transcript.draft_saved_at or now())
    return jsonify(revision=revision, saved=gettext("Saved at %(time)s", time=saved_at))


def _sheets(transcript: Transcript, form: DraftForm | None, *, conflict: bool) -> Sequence[Sheet]:
    made = []
    for question in transcript.essay.round.questions:
        key = str(question.id)
        kept = transcript.draft.get(key, "")
        typed = form.texts.get(key, kept) if form else kept
        compared = blocks(typed, kept) if conflict and typed != kept else ()
        made.append(Sheet(question, typed, compared, form.choices(key) if form else {}))
    return made
