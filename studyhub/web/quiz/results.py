"""For the reporter and the organization: which questions were misunderstood, how many passed."""

import csv
import io

import xlsxwriter
from flask import render_template
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.quiz import results as told
from studyhub.quiz.models import Quiz
from studyhub.quiz.results import Results
from studyhub.quiz.rules import LETTERS
from studyhub.web.attachments import attachment
from studyhub.web.filters import percent
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.quiz.blueprint import XLSX, quiz
from studyhub.web.request import db


@quiz.get("/<uuid:quiz_id>/results")
@on(Quiz, may=policy.manage_quiz)
def results(one: Quiz) -> ResponseReturnValue:
    """Question by question, the most misunderstood first; by unit as fractions."""
    found = told.of_quiz(db(), one)
    return render_template("quiz/results.html", quiz=one, round=one.round, results=found)


@quiz.get("/<uuid:quiz_id>/results.csv")
@on(Quiz, may=policy.manage_quiz)
def results_csv(one: Quiz) -> ResponseReturnValue:
    """The same as a table for every program: UTF-8 with its mark, so that Excel sees it."""
    kept = io.StringIO()
    csv.writer(kept).writerows([_harmless(cell) for cell in row] for row in _rows(one))
    data = kept.getvalue().encode("utf-8-sig")
    return attachment(data, f"{one.title}.csv", "text/csv; charset=utf-8")


@quiz.get("/<uuid:quiz_id>/results.xlsx")
@on(Quiz, may=policy.manage_quiz)
def results_xlsx(one: Quiz) -> ResponseReturnValue:
    """The same as a workbook."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    page, bold = book.add_worksheet(), book.add_format({"bold": True})
    page.set_column(0, 1, 40)
    for line, row in enumerate(_rows(one)):
        for place, cell in enumerate(row):
            write = page.write_number if isinstance(cell, int) else page.write_string
            write(line, place, cell, bold if line == 0 else None)
    page.freeze_panes(1, 0)
    book.close()
    return attachment(kept.getvalue(), f"{one.title}.xlsx", XLSX)


def _rows(one: Quiz) -> list[list[str | int]]:
    found = told.of_quiz(db(), one)
    most = max((len(question.options) for question in found.questions), default=0)
    head = [
        gettext("Topic"),
        gettext("Question"),
        gettext("Right answer"),
        gettext("Asked"),
        gettext("Right"),
        gettext("Share right"),
        *LETTERS[:most],
        gettext("No answer"),
    ]
    return [head, *_questions(found, most), *_units(found)]


def _questions(found: Results, most: int) -> list[list[str | int]]:
    return [
        [
            question.edition.question.part,
            question.edition.text,
            ", ".join(LETTERS[place] for place in question.edition.places),
            question.asked,
            question.right,
            percent(question.right, question.asked),
            *[option.chosen for option in question.options],
            *[""] * (most - len(question.options)),
            question.empty,
        ]
        for question in found.questions
    ]


def _units(found: Results) -> list[list[str | int]]:
    if not found.units:
        return []
    head: list[str | int] = [gettext("Unit"), gettext("Passed the quiz"), gettext("Must take part")]
    rows: list[list[str | int]] = [[one.name, one.quizzed, one.required] for one in found.units]
    return [[], head, *rows]


def _harmless(cell: str | int) -> str | int:
    """A text that a spreadsheet would take for a formula is kept a text."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell
