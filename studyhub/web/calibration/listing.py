"""The list of calibrations, and one of them: as those see it who set it up, and the invited."""

from flask import render_template
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.access.reach import JUDGES
from studyhub.calibration import queries
from studyhub.calibration.models import TEXTS, Calibration
from studyhub.kernel.actor import Post
from studyhub.web.calibration.blueprint import calibration
from studyhub.web.calibration.forms import NoteForm
from studyhub.web.guard import holding, on
from studyhub.web.request import actor, db


@calibration.get("/")
@holding(*JUDGES, Post.OFFICER)
def listing() -> ResponseReturnValue:
    """Those I am invited to, those I manage, and the rounds I can set one up for."""
    managed = scope.managed_rounds(actor())
    return render_template(
        "calibration/listing.html",
        found=queries.listed(db(), scope.visible_calibrations(actor())),
        rounds=queries.rounds_to_choose(db(), managed),
    )


@calibration.get("/<uuid:calibration_id>")
@on(Calibration, may=policy.see_calibration)
def show(made: Calibration) -> ResponseReturnValue:
    """The three essays, who has judged, and the comparison for those who may see it."""
    return page(made, NoteForm())


def page(made: Calibration, form: NoteForm) -> str:
    """The page of one, with the note as it was typed or is kept."""
    whole, who = queries.whole(db(), made.id), actor()
    manages = policy.manage_calibration(who, whole)
    compares = queries.may_compare(whole, who.user_id, manages=manages)
    if not form.errors and not form.note.data:
        form.note.data = whole.note
    return render_template(
        "calibration/show.html",
        made=whole,
        round=whole.round,
        form=form,
        seat=whole.seat_of(who.user_id),
        seats=sorted(whole.seats, key=queries.place),
        manages=manages,
        given=queries.given_by(db(), whole, who.user_id),
        compared=queries.compared(db(), whole) if compares else None,
        texts={text.position: text for text in whole.texts},
        places=range(1, TEXTS + 1),
    )
