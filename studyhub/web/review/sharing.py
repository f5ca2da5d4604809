"""Sharing out what waits among those who may judge it: which unit, what it would give, doing it."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import exists, select

from studyhub.access import policy, scope
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.org.models import Unit
from studyhub.review import assigning
from studyhub.review.assigning import Sharing
from studyhub.rounds.models import StudyRound
from studyhub.web.guard import holding, on
from studyhub.web.language import gettext, ngettext
from studyhub.web.request import actor, db, now, today
from studyhub.web.review.phrases import THOSE
from studyhub.web.review.sieving import as_id
from studyhub.web.review.views import review


@review.get("/sharing")
@holding(*THOSE)
def share_where() -> ResponseReturnValue:
    """The units one has a post in; to the only one at once."""
    seats = select(Unit).where(Unit.path.in_(actor().seats(*THOSE)), scope.shared_units(actor()))
    units = db().scalars(seats.order_by(Unit.path)).all()
    if len(units) == 1:
        return redirect(url_for(".sharing", unit_id=units[0].id))
    return render_template("review/share_where.html", units=units)


@review.get("/units/<uuid:unit_id>/sharing")
@on(Unit, may=policy.share_out)
def sharing(unit: Unit) -> ResponseReturnValue:
    """What sharing out would give; nothing is done yet."""
    round_id, anew = as_id(request.args.get("round", "")), "anew" in request.args
    return render_template(
        "review/sharing.html",
        unit=unit,
        dealt=_dealt(unit, round_id, anew=anew),
        rounds=_rounds(unit),
        round_id=round_id,
        anew=anew,
        most=assigning.MOST,
    )


@review.post("/units/<uuid:unit_id>/sharing")
@on(Unit, may=policy.share_out)
def share_out(unit: Unit) -> ResponseReturnValue:
    """Share out as it stands now."""
    round_id, anew = as_id(request.form.get("round", "")), "anew" in request.form
    count = assigning.assign(db(), unit, _dealt(unit, round_id, anew=anew), by=actor(), now=now())
    if count:
        flash(ngettext("%(num)d essay is assigned.", "%(num)d essays are assigned.", count), "ok")
    else:
        flash(gettext("Nothing was left to assign."), "warn")
    return redirect(url_for(".sharing", unit_id=unit.id, round=round_id))


def _dealt(unit: Unit, round_id: UUID | None, *, anew: bool) -> Sharing:
    return assigning.sharing(db(), unit, round_id, may=policy.judge_essay, day=today(), anew=anew)


def _rounds(unit: Unit) -> Sequence[StudyRound]:
    """Those in which something waits there."""
    waits = (
        exists()
        .where(Essay.round_id == StudyRound.id, Essay.state == State.SUBMITTED)
        .where(Essay.cell_id == Unit.id, Unit.path.startswith(unit.path, autoescape=True))
    )
    found = select(StudyRound).where(waits).order_by(StudyRound.closes_at, StudyRound.id)
    return db().scalars(found).all()
