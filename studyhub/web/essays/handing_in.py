"""Handing in: what was typed is kept, shown as it will be read, stated to be one's own, sent."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Form

from studyhub.access import policy
from studyhub.essays import letters, queries, service, window
from studyhub.essays.models import Essay, Version
from studyhub.kernel.words import N_
from studyhub.review.margins import laid_out
from studyhub.web.essays.forms import DraftForm
from studyhub.web.essays.views import essays
from studyhub.web.essays.writing import refused
from studyhub.web.fields import RevisionField
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.request import actor, db, now, today


class StatementForm(Form):
    """What the author states, about the text at the revision that was shown."""

    revision = RevisionField()
    own_work = BooleanField(
        N_("I wrote this essay myself; what I took from others is marked as theirs.")
    )


@essays.get("/<uuid:essay_id>/preview")
@on(Essay, may=policy.write_essay)
def preview(essay: Essay) -> ResponseReturnValue:
    """The essay as it will be read, and the statement to be ticked before it is handed in."""
    if not essay.is_writable:
        return redirect(url_for(".show", essay_id=essay.id))
    return _page(essay, StatementForm())


@essays.post("/<uuid:essay_id>/submit")
@on(Essay, may=policy.write_essay)
def submit(essay: Essay) -> ResponseReturnValue:
    """From the writing page to the preview; from there, with the statement, to the receipt.

    A repeat leads to the same receipt.
    """
    typed = DraftForm(request.form)
    if not typed.texts:
        return _hand_in(essay, StatementForm(request.form))
    if typed.validate():
        with refusals(typed):
            done = _keep(essay, typed)
    if typed.errors:
        return refused(essay, typed)
    return _to_the_receipt(done) if done else redirect(url_for(".preview", essay_id=essay.id))


def _keep(essay: Essay, typed: DraftForm) -> Version | None:
    """Whoever states it on the same page has handed in; the others see the preview first."""
    seen, by, moment = typed.seen, actor(), now()
    if StatementForm(request.form).own_work.data:
        return service.hand_in(
            db(), essay, typed.texts, revision=seen, own_work=True, by=by, now=moment
        )
    return service.make_ready(db(), essay, typed.texts, revision=seen, by=by, now=moment)


def _hand_in(essay: Essay, form: StatementForm) -> ResponseReturnValue:
    if form.validate():
        with refusals(form):
            revision, stated = int(form.revision.data or 0), bool(form.own_work.data)
            done = service.submit(
                db(), essay, revision=revision, own_work=stated, by=actor(), now=now()
            )
    if not form.errors:
        return _to_the_receipt(done)
    if not essay.is_writable:
        flash(_first_error(form), "warn")
        return redirect(url_for(".show", essay_id=essay.id))
    return _page(essay, form), 422


def _first_error(form: StatementForm) -> str:
    """What is wrong: with the essay as it stands, else with what was sent."""
    return str([*form.form_errors, *(error for field in form for error in field.errors)][0])


def _to_the_receipt(version: Version) -> ResponseReturnValue:
    return redirect(url_for(".receipt", essay_id=version.essay_id, number=version.number))


def _page(essay: Essay, form: StatementForm) -> str:
    essay = queries.for_writing(db(), essay)
    version = service.as_it_would_be(essay)
    form.revision.data = str(essay.draft_revision)
    return render_template(
        "essays/preview.html",
        essay=essay,
        round=essay.round,
        form=form,
        version=version,
        parts=laid_out(version, []),
        is_old=bool(letters.converted(essay.draft)),
        takes=window.can_hand_in(essay, now()),
        late=window.would_be_late(essay, now()),
        readers=queries.readers_of(db(), essay, today()),
    )
