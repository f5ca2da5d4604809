"""One drawn essay: read it without names, say what one thinks; and what its cell sees of it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays import service as essays
from studyhub.essays.models import Essay
from studyhub.fairness import queries
from studyhub.fairness.models import Reread
from studyhub.fairness.rereading import say
from studyhub.review import queries as desk
from studyhub.review.margins import laid_out
from studyhub.review.standing import standing
from studyhub.web import transaction
from studyhub.web.fairness.forms import AGREE, DIFFER, OpinionForm
from studyhub.web.fairness.views import fairness
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now


@fairness.get("/readings/<uuid:reread_id>")
@on(Reread, may=policy.read_again)
def read(reread: Reread) -> ResponseReturnValue:
    """The essay as it was decided on, and the decision; the reading is put on record first."""
    reread_id, essay_id, number = reread.id, reread.essay_id, reread.version.number
    with transaction.own() as own:
        essay = own.get_one(Essay, essay_id)
        essays.note_reading(own, essay, number, by=actor(), now=now())
    found = queries.for_reading(db(), reread_id)
    mine = found.reader_id == actor().user_id
    said = {"opinion": AGREE if found.agrees else DIFFER, "remark": found.remark} if mine else {}
    return _page(found, OpinionForm(data=said))


@fairness.post("/readings/<uuid:reread_id>")
@on(Reread, may=policy.read_again)
def give(reread: Reread) -> ResponseReturnValue:
    """Say it; on to the next that nobody has read."""
    form = OpinionForm(request.form)
    if form.validate():
        with refusals(form), db().begin_nested():
            agrees, remark = form.opinion.data == AGREE, form.remark.data or ""
            say(db(), reread, agrees=agrees, remark=remark, by=actor(), now=now())
    if form.errors:
        return _page(queries.for_reading(db(), reread.id), form), 422
    flash(gettext("%(code)s: kept. The decision stays as it is.", code=reread.code), "ok")
    sample = reread.sample
    following = queries.next_unread(db(), sample, reader_id=actor().user_id)
    if following:
        return redirect(url_for(".read", reread_id=following))
    return redirect(url_for(".show", sample_id=sample.id))


@fairness.get("/essays/<uuid:essay_id>")
@on(Essay, may=policy.see_other_opinion)
def opinions(essay: Essay) -> ResponseReturnValue:
    """What those who read it again see otherwise, and what can come of it by the rules."""
    found = queries.differing_of(db(), essay)
    essay = desk.for_judging(db(), essay.id)
    latest = essay.open_versions[-1] if essay.open_versions else None
    decision = desk.decisions_on(db(), [latest]).get(latest.id) if latest else None
    how = (
        standing(db(), essay, latest, decision, reader_id=actor().user_id, now=now())
        if latest
        else None
    )
    return render_template(
        "fairness/opinions.html",
        essay=essay,
        round=essay.round,
        found=found,
        decision=decision,
        standing=how,
    )


def _page(reread: Reread, form: OpinionForm) -> str:
    return render_template(
        "fairness/read.html",
        reread=reread,
        sample=reread.sample,
        essay=reread.essay,
        round=reread.essay.round,
        version=reread.version,
        parts=laid_out(reread.version, []),
        decision=desk.decisions_on(db(), [reread.version]).get(reread.version_id),
        form=form,
    )
