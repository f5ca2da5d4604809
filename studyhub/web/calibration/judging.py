"""An invited person judges one of the three."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.calibration import judging, queries
from studyhub.calibration.models import TEXTS, Calibration, Judgement
from studyhub.essays.paragraphs import paragraphs
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.rounds.grading import Grading, write_points
from studyhub.web.calibration.blueprint import calibration
from studyhub.web.calibration.forms import JudgeForm
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now


@calibration.get("/<uuid:calibration_id>/judge/<int:position>")
@on(Calibration, may=policy.take_part_in_calibration)
def read(made: Calibration, position: int) -> ResponseReturnValue:
    """The essay, and what one has judged so far."""
    return _page(made, position, None)


@calibration.post("/<uuid:calibration_id>/judge/<int:position>")
@on(Calibration, may=policy.take_part_in_calibration)
def judge(made: Calibration, position: int) -> ResponseReturnValue:
    """By the rule of the round; with the last one all three stand."""
    form = JudgeForm(request.form)
    whole = queries.whole(db(), made.id)
    is_last = False
    if form.validate():
        with refusals(form):
            is_last = judging.judge(
                db(),
                whole,
                position,
                outcome=form.said_outcome,
                grade=form.said_grade,
                points=_points(whole, form),
                remark=form.remark.data or "",
                by=actor(),
                now=now(),
            )
    if form.errors:
        return _page(whole, position, form), 422
    said = gettext("Kept. You can change it until you have judged all three.")
    flash(gettext("All three are judged. Compare them now.") if is_last else said, "ok")
    return redirect(url_for(".show", calibration_id=made.id))


def _points(made: Calibration, form: JudgeForm) -> list[int]:
    if made.round.grading is not Grading.POINTS:
        return []
    return form.said_points(len(made.round.rubric))


def _page(made: Calibration, position: int, form: JudgeForm | None) -> str:
    whole = queries.whole(db(), made.id)
    text = next((one for one in whole.texts if one.position == position), None)
    if text is None:
        raise Missing(N_("There is nothing here."))
    given = queries.given_by(db(), whole, actor().user_id)
    others = {one.id for one in whole.texts if one.position != position}
    seat = whole.seat_of(actor().user_id)
    return render_template(
        "calibration/judge.html",
        made=whole,
        round=whole.round,
        text=text,
        parts=[(part["title"], paragraphs(part["text"])) for part in text.parts],
        form=form or _filled(given.get(text.id)),
        given=given.get(text.id),
        is_done=seat is not None and seat.done_at is not None,
        is_last=len(given.keys() & others) == TEXTS - 1,
        total=TEXTS,
    )


def _filled(given: Judgement | None) -> JudgeForm:
    """As it was judged so far."""
    form = JudgeForm()
    if given is None:
        return form
    form.outcome.data = given.outcome.value
    form.grade.data = given.grade.value if given.grade else ""
    form.points.data = write_points(given.points) if given.points is not None else ""
    form.remark.data = given.remark
    form.parts = {at: write_points(int(part["points"])) for at, part in enumerate(given.parts)}
    return form
