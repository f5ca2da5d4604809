"""The desk of whoever moderates: all questions of a session, and one of them to be answered."""

from collections.abc import Callable, Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.inquiries import answering, queries
from studyhub.inquiries.lifecycle import State
from studyhub.inquiries.models import Inquiry
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.study.models import StudySession
from studyhub.study.moderating import name_moderator
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.inquiries.blueprint import inquiries
from studyhub.web.inquiries.forms import AnswerForm, HideForm, MergeForm, ModeratorForm
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now


@inquiries.get("/sessions/<uuid:session_id>/inquiries")
@on(StudySession, may=policy.moderate_questions)
def listing(session: StudySession) -> ResponseReturnValue:
    """All that was asked: what waits first."""
    return _listing(session, ModeratorForm())


@inquiries.post("/sessions/<uuid:session_id>/moderator")
@on(StudySession, may=policy.manage_session)
def moderate(session: StudySession) -> ResponseReturnValue:
    """Name who moderates besides the officers, or nobody."""
    form = ModeratorForm(request.form)
    if form.validate():
        with refusals(form):
            name_moderator(db(), session, form.card.data or "", by=actor(), now=now())
    if form.errors:
        return _listing(session, form), 422
    flash(gettext("Saved."), "ok")
    return redirect(url_for(".listing", session_id=session.id))


@inquiries.get("/inquiries/<uuid:inquiry_id>")
@on(Inquiry, may=policy.see_inquiry)
def show(inquiry: Inquiry) -> ResponseReturnValue:
    """One question: for who asked it, and for those who answer."""
    return _page(inquiry)


@inquiries.post("/inquiries/<uuid:inquiry_id>/answer")
@on(Inquiry, may=policy.answer_inquiry)
def answer(inquiry: Inquiry) -> ResponseReturnValue:
    """Keep the answer, for the asker alone or for all."""
    form = AnswerForm(request.form)
    publish = request.form.get("go") == "publish"
    if form.validate():
        with refusals(form):
            text = form.answer.data or ""
            answering.answer(db(), inquiry, text, publish=publish, by=actor(), now=now())
    if form.errors:
        return _page(inquiry, answer=form), 422
    said = {
        State.PUBLISHED: N_("Answered. Those who attend see question and answer."),
        State.ANSWERED: N_("Answered. Only who asked sees it until it is published."),
    }
    flash(gettext(said[inquiry.state]), "ok")
    return _back(inquiry)


@inquiries.post("/inquiries/<uuid:inquiry_id>/merge")
@on(Inquiry, may=policy.answer_inquiry)
def merge(inquiry: Inquiry) -> ResponseReturnValue:
    """Answer it together with another one."""
    form = MergeForm(request.form)
    form.into.choices = _others(inquiry)
    if form.validate():
        with refusals(form):
            into = db().get(Inquiry, UUID(form.into.data), with_for_update=True)
            answering.merge(db(), inquiry, into or inquiry, by=actor(), now=now())
    if form.errors:
        return _page(inquiry, merge=form), 422
    flash(gettext("Merged. Whoever asked is told when the other question is answered."), "ok")
    return _back(inquiry)


@inquiries.post("/inquiries/<uuid:inquiry_id>/hide")
@on(Inquiry, may=policy.answer_inquiry)
def hide(inquiry: Inquiry) -> ResponseReturnValue:
    """Do not take it up in public; the asker reads why."""
    form = HideForm(request.form)
    if form.validate():
        with refusals(form):
            answering.hide(db(), inquiry, form.reason.data or "", by=actor(), now=now())
    if form.errors:
        return _page(inquiry, hide=form), 422
    flash(gettext("Not taken up in public. Whoever asked has been told why."), "ok")
    return _back(inquiry)


@inquiries.post("/inquiries/<uuid:inquiry_id>/undo/<step>")
@on(Inquiry, may=policy.answer_inquiry)
def undo(inquiry: Inquiry, step: str) -> ResponseReturnValue:
    """Take back what was done: a publication, a merging, a hiding."""
    steps: dict[str, Callable[..., None]] = {
        "publish": answering.take_back,
        "merge": answering.part,
        "hide": answering.show,
    }
    if step not in steps:
        raise Missing(N_("There is nothing here."))
    steps[step](db(), inquiry, by=actor(), now=now())
    flash(gettext("Taken back."), "ok")
    return redirect(url_for(".show", inquiry_id=inquiry.id))


def _back(inquiry: Inquiry) -> ResponseReturnValue:
    if inquiry.session_id is None:
        return redirect(url_for(".show", inquiry_id=inquiry.id))
    return redirect(url_for(".listing", session_id=inquiry.session_id))


def _listing(session: StudySession, form: ModeratorForm) -> str:
    asked = queries.of_session(db(), session.id)
    groups = {
        state: [one for one in asked if one.state is state]
        for state in (State.WAITING, State.ANSWERED, State.PUBLISHED, State.HIDDEN)
    }
    return render_template(
        "inquiries/listing.html",
        session=session,
        groups=groups,
        merged=_merged(asked),
        form=form,
    )


def _merged(asked: Sequence[Inquiry]) -> dict[UUID | None, list[Inquiry]]:
    found: dict[UUID | None, list[Inquiry]] = {}
    for one in asked:
        if one.state is State.MERGED:
            found.setdefault(one.merged_into_id, []).append(one)
    return found


def _page(inquiry: Inquiry, **forms: object) -> str:
    shown: dict[str, object] = {
        "answer": AnswerForm(answer=inquiry.answer),
        "merge": MergeForm(),
        "hide": HideForm(),
        **forms,
    }
    if policy.answer_inquiry(actor(), inquiry):
        shown["merge"].into.choices = _others(inquiry)  # type: ignore[attr-defined]  # a form
    return render_template(
        "inquiries/show.html",
        inquiry=inquiry,
        forms_=shown,
        same=answering.merged_with(db(), inquiry),
    )


def _others(inquiry: Inquiry) -> list[tuple[str, str]]:
    """The questions it can be merged into, as they begin."""
    if inquiry.session_id is None:
        return []
    open_ = {State.WAITING, State.ANSWERED, State.PUBLISHED}
    asked = queries.of_session(db(), inquiry.session_id)
    return [
        (str(one.id), _beginning(one)) for one in asked if one is not inquiry and one.state in open_
    ]


def _beginning(inquiry: Inquiry) -> str:
    words = " ".join(inquiry.text.split())
    return words if len(words) <= 90 else words[:90].rsplit(" ", 1)[0] + " …"
