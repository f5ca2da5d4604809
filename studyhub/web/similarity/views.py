"""The page of an essay's passages that also stand elsewhere, side by side with their sources."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.essays import service as essays
from studyhub.essays.models import Essay
from studyhub.kernel.ids import EssayId
from studyhub.review import queries as desk
from studyhub.review import service as review
from studyhub.similarity import queries
from studyhub.web import transaction
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now

similarity = Blueprint("similarity", __name__)


@similarity.get("/review/<uuid:essay_id>/similar")
@on(Essay, may=policy.judge_essay)
def show(essay: Essay) -> ResponseReturnValue:
    """For those who judge; of essays they may not read, only that there are such."""
    essay_id = essay.id
    if not _begin_reading(essay_id):
        flash(gettext("The author has taken this essay back. Nothing of it is shown."), "warn")
        return redirect(url_for("review.waiting"))
    essay = desk.for_judging(db(), essay_id)
    version = essay.open_versions[-1]
    shown = queries.passages(db(), version, visible=scope.readable_essays(actor()))
    page = render_template(
        "similarity/show.html",
        essay=essay,
        version=version,
        shares=queries.shares(db(), version.id),
        shown=shown,
    )
    _note_reading(one.essay.id for each in shown for one in each.elsewhere if one.essay)
    return page


def _begin_reading(essay_id: EssayId) -> bool:
    with transaction.own() as own:
        return review.begin_reading(own, essay_id, by=actor(), now=now()) is not None


def _note_reading(others: Iterable[EssayId]) -> None:
    """Words of these essays are on the page: that, too, is put on record."""
    ids = dict.fromkeys(others)
    if not ids:
        return
    with transaction.own() as own:
        for essay in queries.with_versions(own, ids):
            for version in essay.open_versions[-1:]:
                essays.note_reading(own, essay, version.number, by=actor(), now=now())
