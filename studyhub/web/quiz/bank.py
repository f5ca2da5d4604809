"""The question bank of a unit: listed, found, added to, changed, exported."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.actor import Post
from studyhub.org.models import Unit
from studyhub.quiz import bank, pools, workbook
from studyhub.quiz.models import BankQuestion
from studyhub.web.attachments import attachment
from studyhub.web.forms import refusals
from studyhub.web.guard import holding, on
from studyhub.web.language import gettext
from studyhub.web.quiz.blueprint import XLSX, quiz
from studyhub.web.quiz.forms import QuestionForm
from studyhub.web.request import actor, db, now


@quiz.get("/bank")
@holding(Post.OFFICER)
def banks() -> ResponseReturnValue:
    """The banks I keep; the only one opens at once."""
    found = pools.banks(db(), actor().territory(Post.OFFICER))
    if len(found) == 1:
        return redirect(url_for(".show_bank", unit_id=found[0].unit.id))
    return render_template("quiz/banks.html", banks=found)


@quiz.get("/bank/<uuid:unit_id>")
@on(Unit, may=policy.keep_bank)
def show_bank(unit: Unit) -> ResponseReturnValue:
    """Its questions by topic, with their answers."""
    search, retired = request.args.get("q", "").strip(), "retired" in request.args
    part = request.args.get("part")
    return render_template(
        "quiz/bank.html",
        unit=unit,
        questions=pools.listed(db(), unit.id, part=part, search=search, retired=retired),
        parts_of_bank=pools.parts(db(), unit.id),
        part=part,
        search=search,
        retired=retired,
    )


@quiz.get("/bank/<uuid:unit_id>/questions.xlsx")
@on(Unit, may=policy.keep_bank)
def export(unit: Unit) -> ResponseReturnValue:
    """The questions in use, as they can be taken over elsewhere."""
    contents = [edition.content for edition in pools.listed(db(), unit.id)]
    name = f"{gettext('Question bank')} – {unit.name}.xlsx"
    return attachment(workbook.workbook(contents), name, XLSX)


@quiz.get("/bank/template.xlsx")
@holding(Post.OFFICER)
def template() -> ResponseReturnValue:
    """The columns with an example of each kind."""
    return attachment(workbook.template(), "StudyHub-mau-cau-hoi.xlsx", XLSX)


@quiz.get("/bank/<uuid:unit_id>/new")
@on(Unit, may=policy.keep_bank)
def new_question(unit: Unit) -> ResponseReturnValue:
    """A fresh form, under the topic one comes from."""
    form = QuestionForm(data={"part": request.args.get("part", "")})
    return _page(form, unit)


@quiz.post("/bank/<uuid:unit_id>/new")
@on(Unit, may=policy.keep_bank)
def add_question(unit: Unit) -> ResponseReturnValue:
    """Put it into the bank."""
    form = QuestionForm(request.form)
    if form.validate():
        with refusals(form):
            bank.add(db(), unit, form.content, by=actor(), now=now())
    if form.errors:
        return _page(form, unit), 422
    flash(gettext("The question is in the bank."), "ok")
    return redirect(url_for(".show_bank", unit_id=unit.id, part=form.part.data or None))


@quiz.get("/questions/<uuid:question_id>")
@on(BankQuestion, may=policy.change_bank_question)
def edit_question(question: BankQuestion) -> ResponseReturnValue:
    """The form with the question in it."""
    form = QuestionForm(data=QuestionForm.filled(question.edition.content))
    return _page(form, question.unit, question)


@quiz.post("/questions/<uuid:question_id>")
@on(BankQuestion, may=policy.change_bank_question)
def change_question(question: BankQuestion) -> ResponseReturnValue:
    """Ask it so from now on."""
    form = QuestionForm(request.form)
    if form.validate():
        with refusals(form):
            bank.change(db(), question, form.content, by=actor(), now=now())
    if form.errors:
        return _page(form, question.unit, question), 422
    flash(gettext("The question has been changed. Attempts already begun keep the old one."), "ok")
    return redirect(url_for(".show_bank", unit_id=question.unit_id, part=question.part or None))


@quiz.post("/questions/<uuid:question_id>/retire")
@on(BankQuestion, may=policy.change_bank_question)
def retire(question: BankQuestion) -> ResponseReturnValue:
    """Draw it no more; it can be taken back in."""
    bank.retire(db(), question, by=actor(), now=now())
    flash(gettext("The question is out of use. It stands under “Out of use”."), "ok")
    return redirect(url_for(".show_bank", unit_id=question.unit_id))


@quiz.post("/questions/<uuid:question_id>/restore")
@on(BankQuestion, may=policy.change_bank_question)
def restore(question: BankQuestion) -> ResponseReturnValue:
    """Draw it again."""
    bank.restore(db(), question, by=actor(), now=now())
    flash(gettext("The question is in use again."), "ok")
    return redirect(url_for(".show_bank", unit_id=question.unit_id))


def _page(form: QuestionForm, unit: Unit, question: BankQuestion | None = None) -> str:
    return render_template(
        "quiz/question.html",
        form=form,
        unit=unit,
        question=question,
        parts_of_bank=pools.parts(db(), unit.id),
    )
