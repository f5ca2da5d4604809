"""What opening would do, in figures; opening; and throwing a draft away."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.quiz import queries as quizzes
from studyhub.recordings import changing as recordings
from studyhub.rounds import queries, roster
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from studyhub.rounds.readiness import Gap, NotReady
from studyhub.study import opening
from studyhub.study import queries as study
from studyhub.web.guard import on
from studyhub.web.language import gettext, ngettext
from studyhub.web.request import actor, db, now
from studyhub.web.rounds.views import rounds


@rounds.get("/<uuid:round_id>/preview")
@on(StudyRound, may=policy.manage_round)
def preview(round_: StudyRound) -> ResponseReturnValue:
    """What members will see, and how many would be summoned."""
    queries.whole(db(), round_)
    has_quiz = quizzes.has_any(db(), round_.id)
    return _page(round_, opening.missing(db(), round_, now=now(), has_quiz=has_quiz))


@rounds.post("/<uuid:round_id>/open")
@on(StudyRound, may=policy.manage_round)
def open_round(round_: StudyRound) -> ResponseReturnValue:
    """Open it, or say all that is missing; a second click opens nothing."""
    if round_.state is not RoundState.DRAFT:
        return redirect(url_for(".show", round_id=round_.id))
    try:
        has_quiz = quizzes.has_any(db(), round_.id)
        count = opening.open_round(db(), round_, by=actor(), now=now(), has_quiz=has_quiz)
    except NotReady as refusal:
        return _page(round_, refusal.gaps), 422
    said = ngettext(
        "The round is open for %(num)d member.", "The round is open for %(num)d members.", count
    )
    flash(said, "ok")
    return redirect(url_for(".show", round_id=round_.id))


@rounds.get("/<uuid:round_id>/discard")
@on(StudyRound, may=policy.manage_round)
def discarding(round_: StudyRound) -> ResponseReturnValue:
    """What discarding means."""
    if round_.state is not RoundState.DRAFT:
        return redirect(url_for(".show", round_id=round_.id))
    sessions = study.of_round(db(), round_)
    return render_template("rounds/discard.html", round=round_, sessions=sessions)


@rounds.post("/<uuid:round_id>/discard")
@on(StudyRound, may=policy.manage_round)
def discard(round_: StudyRound) -> ResponseReturnValue:
    """Throw the draft away."""
    year = round_.year
    for session in study.of_round(db(), round_):
        recordings.expect_none(db(), session)
    opening.discard(db(), round_, by=actor(), now=now())
    flash(gettext("The draft has been discarded."), "ok")
    return redirect(url_for(".listing", year=year))


def _page(round_: StudyRound, gaps: Sequence[Gap]) -> str:
    return render_template(
        "rounds/preview.html",
        round=round_,
        gaps=gaps,
        figures=roster.preview(db(), round_),
        sessions=study.of_round(db(), round_),
    )
