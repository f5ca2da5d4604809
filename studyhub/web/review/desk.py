"""One essay on the desk: read it, comment on it, decide, open the next."""

from typing import TypedDict

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from studyhub.access import policy
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing, Unfit
from studyhub.kernel.ids import EssayId
from studyhub.kernel.words import N_
from studyhub.review import queries, reserving, service
from studyhub.review.models import Comment, Outcome
from studyhub.review.reserving import Held
from studyhub.rounds.grading import Grade, Grading
from studyhub.web import transaction
from studyhub.web.authors import author_of
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now
from studyhub.web.review.beside import who_reads
from studyhub.web.review.forms import DeskForm
from studyhub.web.review.marking import give
from studyhub.web.review.page import next_of, page
from studyhub.web.review.sieving import as_id, onward, sieve
from studyhub.web.review.views import review


class Told(TypedDict):
    """A decision as it was sent."""

    outcome: Outcome
    grade: Grade | None
    remark: str
    by: Actor


SAID = {
    Outcome.ACCEPT: N_("%(name)s: accepted. The result has been sent."),
    Outcome.RETURN: N_("%(name)s: returned to be completed. Your comments have been sent."),
}


@review.get("/<uuid:essay_id>")
@on(Essay, may=policy.judge_essay)
def show(essay: Essay) -> ResponseReturnValue:
    """The essay with its margin; the reading is put on record before a word is shown.

    Where somebody else has it open, that is said first.
    """
    essay_id, (number, held) = essay.id, _begin_reading(essay)
    if held:
        return _held(essay_id, held)
    if number is None:
        flash(gettext("The author has taken this essay back. Nothing of it is shown."), "warn")
        return redirect(url_for(".waiting"))
    return page(essay_id, DeskForm(MultiDict({"version": str(number)})))


@review.get("/<uuid:essay_id>/comments")
@review.get("/<uuid:essay_id>/decision")
@on(Essay, may=policy.judge_essay)
def again(essay: Essay) -> ResponseReturnValue:
    """The address of an answer to a form, opened by itself: to the essay."""
    return redirect(onward(".show", essay.id))


@review.post("/<uuid:essay_id>/comments")
@on(Essay, may=policy.judge_essay)
def comment(essay: Essay) -> ResponseReturnValue:
    """Keep every comment that was typed; a decision that was begun comes back as it was."""
    form = DeskForm(request.form)
    with refusals(form), db().begin_nested():
        _keep_comments(essay, form)
    if form.form_errors:
        return page(essay.id, form), 422
    if form.is_under_way:
        return page(essay.id, form.without_comments())
    return redirect(onward(".show", essay.id, _anchor=_last_place(form)))


@review.post("/<uuid:essay_id>/decision")
@on(Essay, may=policy.judge_essay)
def decide(essay: Essay) -> ResponseReturnValue:
    """Send the result with the comments, and open the next essay."""
    form = DeskForm(request.form)
    if form.validate():
        with refusals(form), db().begin_nested():
            _decide(essay, form)
    if form.errors:
        return page(essay.id, form), 422
    return _open_next(essay)


def _begin_reading(essay: Essay) -> tuple[int | None, Held | None]:
    """The number of the version that may be read, None when it was taken back; who has it."""
    essay_id = essay.id
    waits = essay.state is State.SUBMITTED and policy.mark_essay(actor(), essay)
    with transaction.own() as own:
        held = waits and reserving.reserve(own, essay_id, by=actor(), now=now())
        if held:
            return None, held
        begun = service.begin_reading(own, essay_id, by=actor(), now=now())
        return begun.number if begun else None, None


def _held(essay_id: EssayId, held: Held) -> str:
    """Who reads it now; nothing of the essay is shown."""
    essay = queries.for_judging(db(), essay_id)
    following = next_of(essay)
    return render_template(
        "review/held.html", essay=essay, reads=who_reads(held), following=following, sieve=sieve()
    )


def _keep_comments(essay: Essay, form: DeskForm) -> None:
    for comment_id, text in form.changed.items():
        mine = _mine(comment_id)
        if comment_id != form.removed and mine.text != text:
            service.change_comment(db(), mine, text=text, by=actor(), now=now())
    if form.removed:
        service.remove_comment(db(), _mine(form.removed), by=actor())
    version = next((one for one in essay.versions if one.number == form.number), None)
    if version is None:
        raise Unfit(N_("This page is incomplete. Reload it."))
    for part, paragraph, words, text in form.remarks:
        service.comment(
            db(), version, part=part, paragraph=paragraph, words=words, text=text,
            by=actor(), now=now(),
        )  # fmt: skip


def _mine(comment_id: str) -> Comment:
    identity = as_id(comment_id)
    found = db().get(Comment, identity) if identity else None
    if found is None or found.author_id != actor().user_id:
        raise Missing(N_("This comment is no longer there."))
    return found


def _decide(essay: Essay, form: DeskForm) -> None:
    """Once, however often it is sent: a double click is no second reviewer."""
    if essay.round.grading is Grading.POINTS:
        give(essay, form, _keep_comments)
        return
    outcome = form.said_outcome
    if outcome is None:
        raise Unfit(N_("Choose a decision: accept, or to be completed."))
    told: Told = {
        "outcome": outcome,
        "grade": form.said_grade,
        "remark": form.remark.data or "",
        "by": actor(),
    }
    if not service.has_decided(db(), essay, form.number, comments=form.places, **told):
        _keep_comments(essay, form)
        service.decide(db(), essay, form.number, now=now(), **told)
    flash(gettext(SAID[outcome], name=author_of(essay)), "ok")


def _open_next(essay: Essay) -> ResponseReturnValue:
    reserving.leave(db(), essay.id, by=actor(), now=now())
    following = next_of(essay)
    if following:
        return redirect(onward(".show", following.id))
    flash(gettext("Every essay has been read. Nothing waits for you."), "ok")
    return redirect(url_for(".waiting", **sieve().words))


def _last_place(form: DeskForm) -> str | None:
    places = [f"at-{part}-{paragraph}" for part, paragraph, _ in form.places]
    return places[-1] if places else None
