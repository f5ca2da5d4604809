"""The list of rounds, and one round as its members and its officers see it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.completion.models import Tally
from studyhub.essays import queries as essays
from studyhub.kernel.actor import Post
from studyhub.quiz import queries as quizzes
from studyhub.rounds import queries
from studyhub.rounds.models import StudyRound
from studyhub.study import queries as study
from studyhub.web import recorded
from studyhub.web.guard import on, signed_in
from studyhub.web.request import actor, db, today
from studyhub.web.rounds.steps import Path

rounds = Blueprint("rounds", __name__, url_prefix="/rounds")


@rounds.get("/")
@signed_in
def listing() -> ResponseReturnValue:
    """The rounds of a year that are open to me, with my own state in each."""
    visible = scope.visible_rounds(actor())
    years = queries.years(db(), visible=visible)
    year = request.args.get("year", default=years[0] if years else today().year, type=int)
    shown = queries.of_year(db(), year, visible=visible)
    return render_template(
        "rounds/listing.html",
        rounds=shown,
        plans=actor().holds(Post.OFFICER),
        years=years,
        year=year,
        mine={p.summons.round_id: p for p in study.my_rounds(db(), actor().user_id)},
        figures=study.figures_of(db(), shown),
    )


@rounds.get("/<uuid:round_id>")
@on(StudyRound, may=policy.see_round)
def show(round_: StudyRound) -> ResponseReturnValue:
    """Documents, sessions and dates; a member's own steps; an officer's acts."""
    me, documents = actor().user_id, queries.documents_of(db(), round_.id)
    sessions = study.my_sessions(db(), me, [round_.id]).get(round_.id, ())
    readings = study.readings(db(), me, [document.id for document in documents])
    progress = study.my_round(db(), round_.id, me)
    essay = essays.of_author(db(), round_.id, me) if progress else None
    return render_template(
        "rounds/show.html",
        round=round_,
        documents=documents,
        sessions=sessions,
        readings=readings,
        progress=progress,
        essay=essay,
        path=Path.of(round_, progress) if progress else None,
        tally=_figures(round_),
        quizzes=quizzes.of_round(db(), round_.id),
        recorded=recorded.of_round(round_, [my.session for my in sessions]),
    )


def _figures(round_: StudyRound) -> Tally | None:
    """How far its unit is, for those who follow it."""
    if not policy.follow_unit(actor(), round_.unit):
        return None
    return study.figures_of(db(), [round_]).get(round_.id)
