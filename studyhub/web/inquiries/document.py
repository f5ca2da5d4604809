"""The questions of a round that were answered for all: a page to read and print, and for Word."""

from itertools import groupby

from flask import render_template
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.inquiries import queries
from studyhub.printing.answers import answers_docx
from studyhub.rounds.models import StudyRound
from studyhub.web.attachments import attachment, plain_name
from studyhub.web.guard import on
from studyhub.web.inquiries.blueprint import inquiries
from studyhub.web.request import db, now, zone

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@inquiries.get("/rounds/<uuid:round_id>/answers")
@on(StudyRound, may=policy.see_round)
def document(round_: StudyRound) -> ResponseReturnValue:
    """Session by session."""
    found = queries.published_of_round(db(), round_.id)
    sessions = [
        (title, list(asked)) for title, asked in groupby(found, key=lambda one: one.session)
    ]
    return render_template("inquiries/document.html", round=round_, sessions=sessions)


@inquiries.get("/rounds/<uuid:round_id>/answers/docx")
@on(StudyRound, may=policy.see_round)
def docx(round_: StudyRound) -> ResponseReturnValue:
    """The same as a party document for Word."""
    found = queries.published_of_round(db(), round_.id)
    made = answers_docx(round_, found, day=now().astimezone(zone()).date())
    name = plain_name(f"Hỏi đáp - {round_.title}".replace("/", "-"))[:120].strip(" .")
    return attachment(made, f"{name}.docx", WORD)
