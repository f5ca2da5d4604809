"""Samples: those one may see, drawing one, one with everything that came of it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.access.policy.fairness import REREADERS
from studyhub.fairness import queries, sampling, summary
from studyhub.fairness.models import Sample
from studyhub.org.models import Unit
from studyhub.rounds.models import StudyRound
from studyhub.web.fairness.forms import ConclusionForm, DrawForm
from studyhub.web.forms import refusals
from studyhub.web.guard import holding, on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now

fairness = Blueprint("fairness", __name__, url_prefix="/fairness")


@fairness.get("/")
@holding(*REREADERS)
def listing() -> ResponseReturnValue:
    """Every sample one may see."""
    found = queries.samples(db(), scope.visible_samples(actor()))
    return render_template("fairness/listing.html", found=found)


@fairness.get("/<uuid:round_id>/<uuid:unit_id>")
@on(StudyRound, may=policy.see_round)
@on(Unit, may=policy.see_samples)
def of_round(round_: StudyRound, unit: Unit) -> ResponseReturnValue:
    """What was drawn in this round within this unit, and where to draw anew."""
    return _drawing(round_, unit, DrawForm())


@fairness.post("/<uuid:round_id>/<uuid:unit_id>")
@on(StudyRound, may=policy.see_round)
@on(Unit, may=policy.draw_sample)
def draw(round_: StudyRound, unit: Unit) -> ResponseReturnValue:
    """Draw; the seed comes from the machine."""
    form = DrawForm(request.form)
    if form.validate():
        with refusals(form), db().begin_nested():
            made = sampling.draw(
                db(), round_, unit, form.wanted, sample_id=form.sample_id, by=actor(), now=now()
            )
    if form.errors:
        return _drawing(round_, unit, form), 422
    return redirect(url_for(".show", sample_id=made.id))


@fairness.get("/samples/<uuid:sample_id>")
@on(Sample, may=policy.see_sample)
def show(sample: Sample) -> ResponseReturnValue:
    """What was drawn and how, what came of it, cell by cell."""
    return _page(sample, ConclusionForm(data={"conclusion": sample.conclusion}))


@fairness.get("/samples/<uuid:sample_id>/conclusion")
@fairness.get("/samples/<uuid:sample_id>/reopening")
@on(Sample, may=policy.see_sample)
def again(sample: Sample) -> ResponseReturnValue:
    """The address of an answer to a form, opened by itself: to the sample."""
    return redirect(url_for(".show", sample_id=sample.id))


@fairness.post("/samples/<uuid:sample_id>/conclusion")
@on(Sample, may=policy.conclude_sample)
def conclude(sample: Sample) -> ResponseReturnValue:
    """Close it."""
    form = ConclusionForm(request.form)
    with refusals(form), db().begin_nested():
        words = form.conclusion.data or ""
        sampling.conclude(db(), sample, words=words, by=actor(), now=now())
    if form.errors:
        return _page(sample, form), 422
    flash(gettext("The sample is closed. Its record can be printed."), "ok")
    return redirect(url_for(".show", sample_id=sample.id))


@fairness.post("/samples/<uuid:sample_id>/reopening")
@on(Sample, may=policy.conclude_sample)
def reopen(sample: Sample) -> ResponseReturnValue:
    """Open it again."""
    sampling.reopen(db(), sample, by=actor(), now=now())
    flash(gettext("The sample is open again."), "ok")
    return redirect(url_for(".show", sample_id=sample.id))


def _drawing(round_: StudyRound, unit: Unit, form: DrawForm) -> str:
    visible = scope.visible_samples(actor())
    return render_template(
        "fairness/draw.html",
        round=round_,
        unit=unit,
        form=form,
        decided=queries.how_many_decided(db(), round_, unit),
        found=queries.samples(db(), visible, round_=round_, unit=unit),
        most=sampling.MOST,
    )


def _page(sample: Sample, form: ConclusionForm) -> str:
    sample = queries.whole(db(), sample)
    return render_template(
        "fairness/show.html",
        sample=sample,
        form=form,
        whole=summary.count(sample.rereads),
        cells=summary.by_cell(sample.rereads),
        following=queries.next_unread(db(), sample, reader_id=actor().user_id),
    )
