"""The committee's list of proposals, and its answer to one."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.access.reach import JUDGES
from studyhub.booklet import answering, shelf
from studyhub.booklet.lifecycle import Progress
from studyhub.booklet.models import GoodEssay
from studyhub.kernel.actor import Post
from studyhub.web.booklet.blueprint import booklet
from studyhub.web.booklet.forms import WordForm
from studyhub.web.forms import refusals
from studyhub.web.guard import holding, on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now

Deed = Callable[..., None]


@booklet.get("/proposals")
@holding(*JUDGES, Post.OFFICER)
def proposals() -> ResponseReturnValue:
    """What was proposed, those that wait for the committee first."""
    chosen = request.args.get("show", "")
    progress = Progress(chosen) if chosen in {*Progress} else None
    visible = scope.followed_good_essays(actor())
    return render_template(
        "booklet/proposals.html",
        found=shelf.proposals(db(), visible, progress),
        shown=progress,
        every=Progress,
        most=shelf.MOST,
        waiting=shelf.waiting(db(), scope.decidable_good_essays(actor())),
    )


@booklet.get("/<uuid:good_id>")
@on(GoodEssay, may=policy.follow_good_essay)
def show(good: GoodEssay) -> ResponseReturnValue:
    """Why it was proposed, what the committee said, what the author answered."""
    return _page(good, WordForm())


@booklet.post("/<uuid:good_id>/approve")
@on(GoodEssay, may=policy.decide_good_essay)
def approve(good: GoodEssay) -> ResponseReturnValue:
    """It is a good one: the author is asked."""
    return _answered(good, answering.approve, gettext("Approved. The author is asked now."))


@booklet.post("/<uuid:good_id>/decline")
@on(GoodEssay, may=policy.decide_good_essay)
def decline(good: GoodEssay) -> ResponseReturnValue:
    """It is not published, or no longer."""
    return _answered(good, answering.decline, gettext("Declined. The cell is told why."))


def _answered(good: GoodEssay, deed: Deed, said: str) -> ResponseReturnValue:
    form = WordForm(request.form)
    with refusals(form):
        deed(db(), good, word=form.word.data or "", by=actor(), now=now())
    if form.errors:
        return _page(good, form), 422
    flash(said, "ok")
    return redirect(url_for(".show", good_id=good.id))


def _page(good: GoodEssay, form: WordForm) -> str:
    whole = shelf.whole(db(), good.id)
    return render_template(
        "booklet/show.html",
        good=whole,
        essay=whole.essay,
        form=form,
        decides=policy.decide_good_essay(actor(), whole),
    )
