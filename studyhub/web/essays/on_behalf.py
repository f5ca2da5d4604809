"""Handing in on behalf of a member; and the member's answer, that it is their essay or is not."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, TextAreaField
from wtforms.validators import Length

from studyhub.access import policy
from studyhub.essays import on_behalf, queries
from studyhub.essays.drawing_up import drawn_up
from studyhub.essays.models import Essay
from studyhub.essays.transcripts import Transcript
from studyhub.kernel.errors import Missing, StudyHubError
from studyhub.kernel.words import N_
from studyhub.web import navigation
from studyhub.web.essays.typing import PLACE
from studyhub.web.essays.views import essays
from studyhub.web.fields import RevisionField
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext, say
from studyhub.web.papers_received import kept_where, paper_of, received_on
from studyhub.web.request import actor, db, now, today


class PaperForm(Form):
    """What is stated about the paper, of the text at the revision that was shown."""

    revision = RevisionField()
    received_on = received_on(N_("Day on which the cell received the paper"))
    kept_where = kept_where(N_("Where the cell keeps the paper"))


class AnswerForm(Form):
    """The objection in the member's words."""

    words = TextAreaField(
        N_("What is wrong?"), [Length(max=1000, message=N_("At most %(max)d characters."))]
    )


@essays.get(f"{PLACE}/hand-in")
@on(Transcript, may=policy.type_on_behalf)
def handing_in_on_behalf(transcript: Transcript) -> ResponseReturnValue:
    """The essay as it will be read, and what is to be stated about the paper."""
    form = PaperForm(
        revision=str(transcript.draft_revision),
        received_on=transcript.received_on or today(),
        kept_where=transcript.kept_where,
    )
    return _page(transcript, form)


@essays.post(f"{PLACE}/hand-in")
@on(Transcript, may=policy.type_on_behalf)
def hand_in_on_behalf(transcript: Transcript) -> ResponseReturnValue:
    """Hand it in; a repeat leads to the same place."""
    form = PaperForm(request.form)
    if form.validate():
        with refusals(form):
            seen, by = int(form.revision.data or 0), actor()
            on_behalf.hand_in(db(), transcript, paper_of(form), revision=seen, by=by, now=now())
    if form.errors or form.form_errors:
        db().rollback()
        db().refresh(transcript)
        return _page(transcript, form), 422
    name = transcript.essay.author.full_name
    flash(gettext("Handed in on behalf of %(name)s. They are told.", name=name), "ok")
    return redirect(url_for(".show", essay_id=transcript.essay_id))


@essays.post("/<uuid:essay_id>/versions/<int:number>/answer")
@on(Essay, may=policy.write_essay)
def answer(essay: Essay, number: int) -> ResponseReturnValue:
    """The member says that it is their essay, or that it is not."""
    version = queries.numbered(db(), essay, number)
    if version is None:
        raise Missing(N_("There is nothing here."))
    form, agrees = AnswerForm(request.form), request.form.get("do") == "confirm"
    try:
        words = (form.words.data or "")[: on_behalf.LONGEST]
        on_behalf.answer(db(), version, agrees=agrees, words=words, by=actor(), now=now())
    except StudyHubError as refusal:
        flash(say(refusal), "bad")
        return redirect(url_for(".show", essay_id=essay.id, _anchor="on-behalf"))
    said = N_("Thank you. It is on record that this is your essay.")
    contested = N_(
        "Your objection is sent to the secretary and the committee. The essay is marked."
    )
    flash(gettext(said if agrees else contested), "ok")
    return redirect(url_for(".show", essay_id=essay.id))


def _page(transcript: Transcript, form: PaperForm) -> str:
    navigation.stand_under("completion")
    essay = transcript.essay
    revision = transcript.draft_revision
    version = drawn_up(essay, transcript.draft, transcript.pages, revision=revision)
    form.revision.data = str(revision)
    return render_template(
        "essays/hand_in_on_behalf.html",
        transcript=transcript,
        essay=essay,
        round=essay.round,
        form=form,
        version=version,
        deadline=essay.deadline,
    )
