"""Setting up a round: one form, kept as a draft at each submit."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.actor import Post
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.quiz import queries as quizzes
from studyhub.rounds import planning, queries, roster
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from studyhub.rounds.readiness import Gap
from studyhub.study import queries as study
from studyhub.study.opening import missing
from studyhub.web.forms import refusals
from studyhub.web.guard import holding, on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now, today, zone
from studyhub.web.rounds.forms import RoundForm, filled, fresh
from studyhub.web.rounds.views import rounds

OUTLINE = (N_("Personal understanding"), N_("Application in practice"), N_("Proposals"))
"""The usual outline of an essay, offered to begin with."""


@rounds.get("/new")
@holding(Post.OFFICER)
def new() -> ResponseReturnValue:
    """A fresh form."""
    form = RoundForm(data=fresh(today(), [gettext(title) for title in OUTLINE]))
    return _page(form, None)


@rounds.post("/new")
@holding(Post.OFFICER)
def plan() -> ResponseReturnValue:
    """Keep it as a draft."""
    form = RoundForm(request.form)
    if form.validate():
        with refusals(form):
            unit, wanted = _unit(form), form.plan(zone())
            round_ = planning.plan(db(), unit, wanted, by=actor(), now=now())
    if form.errors:
        return _page(form, None), 422
    return _go_on(form, round_)


@rounds.get("/<uuid:round_id>/edit")
@on(StudyRound, may=policy.manage_round)
def edit(round_: StudyRound) -> ResponseReturnValue:
    """The form with the draft in it; with `check`, all that is missing beside its fields."""
    if round_.state is not RoundState.DRAFT:
        return redirect(url_for(".show", round_id=round_.id))
    queries.whole(db(), round_)
    form = RoundForm(data=filled(round_, zone()))
    del form.unit
    gaps = _missing(round_) if "check" in request.args else []
    return _page(form, round_, gaps)


@rounds.post("/<uuid:round_id>/edit")
@on(StudyRound, may=policy.manage_round)
def change(round_: StudyRound) -> ResponseReturnValue:
    """Keep the draft as it was typed, and go where the button says."""
    form = RoundForm(request.form)
    del form.unit
    if form.validate():
        with refusals(form):
            planning.change(db(), round_, form.plan(zone()), by=actor(), now=now())
    if form.errors:
        return _page(form, round_), 422
    return _go_on(form, round_)


def _go_on(form: RoundForm, round_: StudyRound) -> ResponseReturnValue:
    """Every button keeps the draft; each goes on to another place."""
    go, round_id = form.go.data or "", round_.id
    if go == "preview":
        lacking = _missing(round_)
        place = ".edit" if lacking else ".preview"
        return redirect(url_for(place, round_id=round_id, check=1 if lacking else None))
    flash(gettext("The draft has been saved."), "ok")
    if go == "session":
        return redirect(url_for(".new_session", round_id=round_id))
    if go == "quiz":
        return redirect(url_for("quiz.new", round_id=round_id))
    anchor = {"more": "questions", "search": "documents"}.get(go)
    search = form.document_search.data if go == "search" else None
    return redirect(url_for(".edit", round_id=round_id, q=search, _anchor=anchor))


def _page(form: RoundForm, round_: StudyRound | None, gaps: Sequence[Gap] = ()) -> str:
    units = _choices(round_)
    if "unit" in form:
        form.unit.choices = {str(choice.unit.id): choice.unit.name for choice in units}
    search = request.args.get("q", "") or form.document_search.data or ""
    form.document_search.data = search
    chosen = [UUID(value) for value in form.documents.data or () if not form.documents.errors]
    return render_template(
        "rounds/edit.html",
        form=form,
        round=round_,
        problems=_problems(form, gaps),
        units=units,
        documents=queries.documents_to_choose(db(), search=search, chosen=chosen),
        search=search,
        sessions=study.of_round(db(), round_) if round_ else (),
        quizzes=quizzes.of_round(db(), round_.id) if round_ else (),
    )


def _missing(round_: StudyRound) -> list[Gap]:
    """Everything the draft still lacks."""
    return missing(db(), round_, now=now(), has_quiz=quizzes.has_any(db(), round_.id))


def _unit(form: RoundForm) -> Unit:
    """The unit that is to hold the round: one over which the person is an officer."""
    for choice in _choices(None):
        if str(choice.unit.id) == form.unit.data:
            return choice.unit
    raise Unfit(N_("Choose an organization of yours."))


def _choices(round_: StudyRound | None) -> Sequence[roster.Choice]:
    unit: Unit | None = round_.unit if round_ else None
    paths = [unit.path] if unit else actor().territory(Post.OFFICER)
    return roster.choices(db(), paths, today())


def _problems(form: RoundForm, gaps: Sequence[Gap]) -> list[tuple[str, str]]:
    """Everything to correct, each with the place it stands at; gaps go beside their fields."""
    beside = {"requirements": "asks_to_read"}
    for gap in gaps:
        name = beside.get(gap.field, gap.field)
        if name in form:
            form[name].errors = [*form[name].errors, gap.message]
    found = [(gap.field, gap.message) for gap in gaps if gap.field not in form]
    for field in form:
        found += [(field.id, error) for error in field.errors if isinstance(error, str)]
    for row in (*form.questions, *form.rubric):
        found += [(field.id, error) for field in row.form for error in field.errors]
    return found
