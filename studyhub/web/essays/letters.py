"""Old letters in a draft: both texts side by side, and the deed that converts them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from studyhub.access import policy
from studyhub.essays import letters
from studyhub.essays.models import Essay
from studyhub.web.essays.views import essays
from studyhub.web.fields import RevisionField
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import db, now


class ShownForm(Form):
    """The text that was shown."""

    revision = RevisionField()


@essays.get("/<uuid:essay_id>/letters")
@on(Essay, may=policy.write_essay)
def show_letters(essay: Essay) -> ResponseReturnValue:
    """How the parts typed in old letters would read in Unicode; nothing is changed by looking."""
    if not essay.is_writable or not letters.converted(essay.draft):
        return redirect(url_for(".edit", essay_id=essay.id))
    return _page(essay, ShownForm())


@essays.post("/<uuid:essay_id>/letters")
@on(Essay, may=policy.write_essay)
def convert_letters(essay: Essay) -> ResponseReturnValue:
    """Convert them; the text as it was stays in the history of the draft."""
    form = ShownForm(request.form)
    if form.validate():
        with refusals(form):
            letters.convert(db(), essay, revision=int(form.revision.data or 0), now=now())
    if form.errors or form.form_errors:
        return _page(essay, form), 422
    flash(gettext("The text is in Unicode now. The old one is in the history of the draft."), "ok")
    return redirect(url_for(".edit", essay_id=essay.id))


def _page(essay: Essay, form: ShownForm) -> str:
    changed = letters.converted(essay.draft)
    parts = [
        (question.title, essay.draft[str(question.id)], changed[str(question.id)])
        for question in essay.round.questions
        if str(question.id) in changed
    ]
    return render_template("essays/letters.html", essay=essay, form=form, parts=parts)
