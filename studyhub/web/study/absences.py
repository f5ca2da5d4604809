"""Leave from a session: asking, the list of requests, one request and its answer."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, MultipleFileField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import TextArea

from studyhub.access import attending, policy
from studyhub.access.reach import JUDGES
from studyhub.kernel.actor import Post
from studyhub.kernel.words import N_
from studyhub.study import absence_queries, absences
from studyhub.study.absence_models import AbsenceRequest
from studyhub.study.models import StudySession
from studyhub.web import pictures
from studyhub.web.fields import NameField
from studyhub.web.forms import refusals
from studyhub.web.guard import on, signed_in
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now
from studyhub.web.study.views import study

_LONG = Length(max=1000, message=N_("At most 1,000 characters."))


class AbsenceForm(Form):
    """Why one cannot come, and what shows it."""

    reason = NameField(
        N_("Reason"),
        [InputRequired(N_("Give the reason of the request.")), _LONG],
        widget=TextArea(),
    )
    evidence = MultipleFileField(N_("Paper or photo that shows it, if there is one"))


class AnswerForm(Form):
    """A word with the answer."""

    answer = NameField(N_("A word with the answer"), [_LONG])


@study.get("/absences")
@signed_in
def absence_list() -> ResponseReturnValue:
    """What I have asked for, and what waits for my answer."""
    found = absence_queries.requests(
        db(), actor().user_id, decidable=attending.decidable_absences(actor())
    )
    return render_template("study/absences.html", requests=found, decides=_may_decide())


@study.get("/<uuid:session_id>/absence")
@on(StudySession, may=policy.check_in)
def ask_for_absence(session: StudySession) -> ResponseReturnValue:
    """The form; and what has become of the last request."""
    return _asking(session, AbsenceForm())


@study.post("/<uuid:session_id>/absence")
@on(StudySession, may=policy.check_in, holds=False)
def send_absence(session: StudySession) -> ResponseReturnValue:
    """Ask for it."""
    form = AbsenceForm(request.form)
    with request:  # what was uploaded is let go at the end
        if form.validate():
            with refusals(form):
                evidence = pictures.kept(request.files.getlist("evidence"), about="evidence")
                absences.ask(
                    db(), session, reason=form.reason.data or "", evidence=evidence, by=actor(),
                    now=now(),
                )  # fmt: skip
    if form.errors:
        return _asking(session, form), 422
    flash(gettext("The request is sent to the secretary of your cell."), "ok")
    return redirect(url_for(".show", session_id=session.id))


@study.get("/absences/<uuid:absence_id>")
@on(AbsenceRequest, may=policy.see_absence)
def absence(asked: AbsenceRequest) -> ResponseReturnValue:
    """Why, what shows it, and what became of it."""
    return _page(asked, AnswerForm())


@study.get("/absences/<uuid:absence_id>/evidence/<int:number>")
@on(AbsenceRequest, may=policy.see_absence)
def absence_evidence(asked: AbsenceRequest, number: int) -> Response:
    """One picture of what was brought along."""
    return pictures.shown(asked.evidence, number)


@study.post("/absences/<uuid:absence_id>/answer")
@on(AbsenceRequest, may=policy.decide_absence)
def answer_absence(asked: AbsenceRequest) -> ResponseReturnValue:
    """Grant it, or decline it with a word why."""
    form, granted = AnswerForm(request.form), request.form.get("do") == "grant"
    deed = absences.grant if granted else absences.decline
    if form.validate():
        with refusals(form):
            deed(db(), asked, answer=form.answer.data or "", by=actor(), now=now())
    if form.errors:
        return _page(asked, form), 422
    said = N_("Granted; the member is recorded as excused.")
    flash(gettext(said if granted else N_("Declined; the member is told why.")), "ok")
    return redirect(url_for(".absence", absence_id=asked.id))


@study.post("/absences/<uuid:absence_id>/withdraw")
@on(AbsenceRequest, may=policy.withdraw_absence)
def withdraw_absence(asked: AbsenceRequest) -> ResponseReturnValue:
    """I shall come after all."""
    absences.withdraw(db(), asked, by=actor(), now=now())
    flash(gettext("The request is withdrawn."), "ok")
    return redirect(url_for(".absence", absence_id=asked.id))


def _asking(session: StudySession, form: AbsenceForm) -> str:
    latest = absence_queries.latest_of(db(), session, actor().user_id)
    return render_template(
        "study/ask_absence.html", session=session, form=form, latest=latest,
        open=absences.takes_requests(session, now()), kinds=pictures.KINDS,
    )  # fmt: skip


def _page(asked: AbsenceRequest, form: AnswerForm) -> str:
    facts: dict[str, Any] = {"asked": asked, "session": asked.session, "form": form}
    return render_template("study/absence.html", **facts)


def _may_decide() -> bool:
    """Whether there is anybody whose requests one answers."""
    return actor().holds(*JUDGES, Post.OFFICER)
