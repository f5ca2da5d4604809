"""With the essays ticked in the queue: accept them, have them as files, remind their authors."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.essays.lifecycle import State
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.review import bulk
from studyhub.review.bulk import Choice, Why
from studyhub.review.in_place import judges_in_place
from studyhub.rounds.grading import Grading
from studyhub.rounds.models import StudyRound
from studyhub.web.forms import refusals
from studyhub.web.guard import holding
from studyhub.web.language import gettext, ngettext
from studyhub.web.request import actor, db, now
from studyhub.web.review.forms import ChosenForm
from studyhub.web.review.phrases import THOSE
from studyhub.web.review.sieving import as_id, sieve
from studyhub.web.review.sight import sight
from studyhub.web.review.views import review

WHYS = {
    Why.NOT_WAITING: N_("does not wait for a decision"),
    Why.UNREAD: N_("you have not opened this version yet"),
    Why.POINTS: N_("its study round is judged by points"),
    Why.MARKED: N_("you have marked it already; another person is to mark it"),
    Why.CONTESTED: N_("its author says that it is not theirs: decide on it by itself"),
    Why.HELD: N_("somebody else is reading it now"),
}


@review.get("/chosen")
@holding(*THOSE)
def chosen() -> ResponseReturnValue:
    """What can be done with them; which of them can be accepted, and why others cannot."""
    found = _choices(ids(request.args.getlist("essay")))
    if not found:
        flash(gettext("Tick the essays first, then choose what to do with them."), "warn")
        return redirect(url_for(".waiting", **sieve().words))
    return _page(found, ChosenForm())


@review.post("/chosen")
@holding(*THOSE)
def accept_chosen() -> ResponseReturnValue:
    """Accept those that stood on the page, each by its own decision."""
    form = ChosenForm(request.form)
    if not form.shown:
        return redirect(url_for(".chosen", **sieve().words))
    done = None
    if form.validate():
        with refusals(form):
            done = bulk.accept(
                db(), form.shown, sight().judged, grade=form.said_grade, by=actor(), now=now()
            )
    if done is None:
        return _page(_choices(list(form.shown)), form), 422
    if done.accepted:
        count = len(done.accepted)
        flash(ngettext("%(num)d essay is accepted.", "%(num)d essays are accepted.", count), "ok")
    if done.left or not done.accepted:
        left = max(len(form.shown) - len(done.accepted), 0)
        flash(
            ngettext(
                "%(num)d essay was left out: it has changed meanwhile, or another was faster.",
                "%(num)d essays were left out: they have changed meanwhile, or another was faster.",
                left,
            ),
            "warn",
        )
    return redirect(url_for(".waiting", **sieve().words))


def _choices(essay_ids: list[UUID]) -> list[Choice]:
    return bulk.choices(db(), essay_ids, sight().judged, by=actor(), now=now())


def _page(found: list[Choice], form: ChosenForm) -> str:
    ready = [one for one in found if one.why is None]
    return render_template(
        "review/chosen.html",
        form=form,
        found=found,
        ready=ready,
        left=[one for one in found if one.why],
        whys=WHYS,
        in_place=sum(judges_in_place(actor(), one.essay) for one in ready),
        asks_band=any(one.essay.round.grading is Grading.BANDS for one in ready),
        owing=_owing(found),
        sieve=sieve(),
    )


def _owing(found: list[Choice]) -> list[tuple[StudyRound, Unit]]:
    """Where authors have something to complete: the rounds and cells of what was returned."""
    returned = [one.essay for one in found if one.essay.state is State.RETURNED]
    return list({(one.round_id, one.cell_id): (one.round, one.cell) for one in returned}.values())


def ids(told: list[str]) -> list[UUID]:
    """The ids among what was sent."""
    return [identity for text in told if (identity := as_id(text))]
