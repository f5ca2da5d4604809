"""What was read stands beside the draft, part by part; then it is taken over as chosen."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from studyhub.access import policy
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Unfit
from studyhub.kernel.vietnamese import count_syllables
from studyhub.papers import laying, taking_over
from studyhub.papers.runs import Told
from studyhub.papers.taking_over import How
from studyhub.rounds.models import Question
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.papers.blueprint import closed, papers
from studyhub.web.papers.forms import HOW, TEXT, PartsForm
from studyhub.web.papers.sealed import unseal
from studyhub.web.request import actor, db, now


@dataclass(frozen=True)
class Part:
    """One part on the page: what was found for it, and what the draft has."""

    question: Question
    found: str
    draft: str
    how: How

    @property
    def key(self) -> str:
        """The id of its question: what its fields are named by."""
        return str(self.question.id)

    @property
    def syllables(self) -> int:
        """How long what was found is."""
        return count_syllables(self.found)


def laid_out(essay: Essay, told: Told, original: str) -> ResponseReturnValue:
    """The page with what was read, nothing corrected yet."""
    questions = essay.round.questions
    texts = laying.lay(told.paragraphs, [question.title for question in questions])
    typed = MultiDict(
        {
            "revision": str(essay.draft_revision),
            "original": original,
            "way": " ".join(sorted(told.ways)),
        }
    )
    for question, text in zip(questions, texts, strict=True):
        typed[f"{TEXT}{question.id}"] = text
        typed[f"{HOW}{question.id}"] = _usual(essay.draft.get(str(question.id), ""), text)
    return _page(essay, PartsForm(typed))


def _usual(draft: str, found: str) -> str:
    """What is most likely wanted, and takes nothing away."""
    if not found or found.strip() == draft.strip():
        return How.LEAVE
    return How.APPEND if draft.strip() else How.REPLACE


@papers.get("/<uuid:essay_id>/check")
@on(Essay, may=policy.write_essay)
def start_again(essay: Essay) -> ResponseReturnValue:
    """The form holds everything and cannot be reopened by its address."""
    return redirect(url_for(".choose", essay_id=essay.id))


@papers.post("/<uuid:essay_id>/check")
@on(Essay, may=policy.write_essay)
def take_over(essay: Essay) -> ResponseReturnValue:
    """Put the parts into the draft as chosen; what they replace goes to its history."""
    form = PartsForm(request.form)
    if form.validate():
        with refusals(form):
            _take_over(essay, form)
    if not (form.errors or form.form_errors):
        flash(gettext("The text is in your draft. Read it through before you hand it in."), "ok")
        return redirect(url_for("essays.edit", essay_id=essay.id))
    return closed(essay) or (_page(essay, form, again=True), 422)


def _take_over(essay: Essay, form: PartsForm) -> None:
    taking_over.take_over(
        db(),
        essay,
        form.parts,
        source=unseal(essay, form.original.data or ""),
        revision=form.seen,
        by=actor(),
        now=now(),
    )


def _page(essay: Essay, form: PartsForm, *, again: bool = False) -> str:
    """The page; shown again, it is about the draft as it is now."""
    if again:
        form.revision.data = str(essay.draft_revision)
    parts = [
        Part(
            question,
            form.texts.get(str(question.id), ""),
            essay.draft.get(str(question.id), ""),
            form.how(str(question.id)),
        )
        for question in essay.round.questions
    ]
    return render_template(
        "papers/check.html",
        essay=essay,
        round=essay.round,
        form=form,
        parts=parts,
        ways=(form.way.data or "").split(),
        file_name=_name(essay, form),
    )


def _name(essay: Essay, form: PartsForm) -> str:
    try:
        source = unseal(essay, form.original.data or "")
    except Unfit:
        return ""
    return source.name if source else ""
