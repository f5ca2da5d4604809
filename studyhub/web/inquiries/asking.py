"""Asking, and what became of one's question."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.inquiries import asking as service
from studyhub.inquiries.models import Inquiry
from studyhub.study.models import StudySession
from studyhub.web.asking import AskForm, asking
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.inquiries.blueprint import inquiries
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now


@inquiries.get("/sessions/<uuid:session_id>/ask")
@on(StudySession, may=policy.ask_reporter)
def ask(session: StudySession) -> ResponseReturnValue:
    """The form by itself."""
    return _page(session, asking(session))


@inquiries.post("/sessions/<uuid:session_id>/ask")
@on(StudySession, may=policy.ask_reporter, holds=False)
def put(session: StudySession) -> ResponseReturnValue:
    """Put the question; a refusal brings every word back."""
    form = asking(session, request.form)
    if form.validate():
        with refusals(form):
            _ask(session, form)
    if form.errors:
        return _page(session, form), 422
    flash(gettext("Your question has been sent. You will be told when it is answered."), "ok")
    return redirect(url_for("study.show", session_id=session.id, _anchor="questions"))


@inquiries.post("/inquiries/<uuid:inquiry_id>/withdraw")
@on(Inquiry, may=policy.withdraw_inquiry)
def withdraw(inquiry: Inquiry) -> ResponseReturnValue:
    """Take one's own question back."""
    service.withdraw(db(), inquiry, by=actor(), now=now())
    flash(gettext("The question has been withdrawn."), "ok")
    if inquiry.session_id is None:
        return redirect(url_for("rounds.show", round_id=inquiry.round_id))
    return redirect(url_for("study.show", session_id=inquiry.session_id, _anchor="questions"))


def _ask(session: StudySession, form: AskForm) -> None:
    service.ask(
        db(),
        session,
        form.text.data or "",
        identity=UUID(form.identity.data),
        topic=form.topic.data or "",
        without_name=form.without_name.data,
        by=actor(),
        now=now(),
    )


def _page(session: StudySession, form: AskForm) -> str:
    return render_template("inquiries/ask.html", session=session, form=form)
