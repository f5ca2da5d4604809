"""What opening would do, in figures; and opening."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.rounds import queries, roster
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from studyhub.rounds.readiness import Gap, NotReady
from studyhub.study import opening
from studyhub.study import queries as study
from studyhub.web.guard import on
from studyhub.web.language import ngettext
from studyhub.web.request import actor, db, now
from studyhub.web.rounds.views import rounds


@rounds.get("/<uuid:round_id>/preview")
@on(StudyRound, may=policy.manage_round)
def preview(round_: StudyRound) -> ResponseReturnValue:
    """What members will see, and how many would be summoned."""
    queries.whole(db(), round_)
    return _page(round_, opening.missing(db(), round_, now=now()))


@rounds.post("/<uuid:round_id>/open")
@on(StudyRound, may=policy.manage_round)
def open_round(round_: StudyRound) -> ResponseReturnValue:
    """Open it, or say all that is missing; a second click opens nothing."""
    if round_.state is not RoundState.DRAFT:
        return redirect(url_for(".show", round_id=round_.id))
    try:
        count = opening.open_round(db(), round_, by=actor(), now=now())
    except NotReady as refusal:
        return _page(round_, refusal.gaps), 422
    said = ngettext(
        "The round is open; %(num)d member is on its list.",
        "The round is open; %(num)d members are on its list.",
        count,
    )
    flash(said, "ok")
    return redirect(url_for(".show", round_id=round_.id))


def _page(round_: StudyRound, gaps: Sequence[Gap]) -> str:
    return render_template(
        "rounds/preview.html",
        round=round_,
        gaps=gaps,
        figures=roster.preview(db(), round_),
        sessions=study.of_round(db(), round_),
    )
