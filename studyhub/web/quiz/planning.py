"""A quiz of a round: planned, changed, looked at as a member will see it, removed."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.quiz import asking, planning, pools, queries
from studyhub.quiz.models import Quiz
from studyhub.quiz.pools import Part
from studyhub.rounds.models import StudyRound
from studyhub.study import queries as study
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.quiz.blueprint import quiz
from studyhub.web.quiz.forms import QuizForm, draws_in, filled, fresh
from studyhub.web.request import actor, db, now, zone

MOVED = N_("The topics of the bank have changed meanwhile. Look at the numbers once more.")


@quiz.get("/of/<uuid:round_id>/new")
@on(StudyRound, may=policy.manage_round)
def new(round_: StudyRound) -> ResponseReturnValue:
    """A fresh form; one of a session comes from its page."""
    given = {"session": request.args.get("session", "")}
    form = QuizForm(data={**fresh(round_, now(), zone()), **given})
    return _page(form, round_, pools.parts(db(), round_.unit_id), {})


@quiz.post("/of/<uuid:round_id>/new")
@on(StudyRound, may=policy.manage_round)
def plan(round_: StudyRound) -> ResponseReturnValue:
    """Add it to the round."""
    form, parts = QuizForm(request.form), pools.parts(db(), round_.unit_id)
    draws = draws_in(request.form, [part.name for part in parts])
    if form.validate():
        with refusals(form):
            _require_same(parts)
            made = planning.plan(db(), round_, form.plan(draws, zone()), by=actor(), now=now())
    if form.errors:
        return _page(form, round_, parts, draws), 422
    flash(gettext("The quiz has been added to the round."), "ok")
    return redirect(url_for(".show", quiz_id=made.id))


@quiz.get("/<uuid:quiz_id>/edit")
@on(Quiz, may=policy.manage_quiz)
def edit(one: Quiz) -> ResponseReturnValue:
    """The form with the quiz in it."""
    parts = pools.parts(db(), one.round.unit_id)
    return _page(QuizForm(data=filled(one, zone())), one.round, parts, one.rules.draws, one)


@quiz.post("/<uuid:quiz_id>/edit")
@on(Quiz, may=policy.manage_quiz)
def change(one: Quiz) -> ResponseReturnValue:
    """Change it for those who begin from now on."""
    form, parts = QuizForm(request.form), pools.parts(db(), one.round.unit_id)
    draws = draws_in(request.form, [part.name for part in parts])
    if form.validate():
        with refusals(form):
            _require_same(parts)
            planning.change(db(), one, form.plan(draws, zone()), by=actor(), now=now())
    if form.errors:
        return _page(form, one.round, parts, draws, one), 422
    flash(gettext("The quiz has been changed."), "ok")
    return redirect(url_for(".show", quiz_id=one.id))


@quiz.get("/<uuid:quiz_id>/preview")
@on(Quiz, may=policy.manage_quiz)
def preview(one: Quiz) -> ResponseReturnValue:
    """One drawing as a member would get it; nothing is kept."""
    seed = request.args.get("seed", "1")[:32]
    sheet = asking.drawn_for(db(), one, seed)
    following = str(int(seed) + 1 if seed.isdigit() and len(seed) < 6 else 1)
    return render_template("quiz/as_member.html", quiz=one, drawn=sheet, following=following)


@quiz.get("/<uuid:quiz_id>/remove")
@on(Quiz, may=policy.manage_quiz)
def removing(one: Quiz) -> ResponseReturnValue:
    """What removing means."""
    begun = queries.was_begun(db(), one)
    return render_template("quiz/remove.html", quiz=one, round=one.round, begun=begun)


@quiz.post("/<uuid:quiz_id>/remove")
@on(Quiz, may=policy.manage_quiz)
def remove(one: Quiz) -> ResponseReturnValue:
    """Remove it."""
    round_id = one.round_id
    planning.remove(db(), one, by=actor(), now=now())
    flash(gettext("The quiz has been removed."), "ok")
    return redirect(url_for("rounds.show", round_id=round_id))


def _require_same(parts: Sequence[Part]) -> None:
    """The numbers typed stand beside the topics as they were shown."""
    shown = request.form.getlist("part")
    if shown != [part.name for part in parts]:
        raise Unfit(MOVED)


def _page(
    form: QuizForm,
    round_: StudyRound,
    parts: Sequence[Part],
    draws: dict[str, int],
    one: Quiz | None = None,
) -> str:
    sessions = study.of_round(db(), round_)
    form.session.choices = {"": gettext("None: to the whole round")} | {
        str(session.id): session.title for session in sessions
    }
    return render_template(
        "quiz/edit.html",
        form=form,
        round=round_,
        quiz=one,
        parts_of_bank=parts,
        draws=draws,
        begun=one is not None and queries.was_begun(db(), one),
    )
