"""The public check: whether text, pages or file and a receipt code belong together; no more."""

import time
from functools import cached_property

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from wtforms import Form, MultipleFileField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from studyhub.essays import checking
from studyhub.kernel.words import N_
from studyhub.papers import verifying
from studyhub.papers.verifying import Held, Verdict
from studyhub.web import transaction
from studyhub.web.fields import NameField
from studyhub.web.guard import public
from studyhub.web.request import db, now, settings

check = Blueprint("check", __name__)

PATIENCE = 0.3
"""Seconds that every answer takes, so that their length tells nothing."""

LONGEST = 400_000


class CheckForm(Form):
    """The code of a receipt, and what is held: text, pasted or as a file; pages; the original."""

    code = NameField(
        N_("Receipt code"),
        [
            InputRequired(N_("Type the code that stands on the receipt.")),
            Length(max=40, message=N_("This is too long for a receipt code.")),
        ],
    )
    text = TextAreaField(N_("Text of the essay"))
    file = MultipleFileField(N_("Or files, as they were downloaded"))

    def validate_text(self, field: TextAreaField) -> None:
        """Something to compare, and not too much of it."""
        held = self.held
        if not held.text.strip() and not held.files:
            raise ValidationError(N_("Paste the text, or choose a file."))
        if len(held.text) > LONGEST:
            raise ValidationError(N_("This text is longer than any essay."))

    @cached_property
    def held(self) -> Held:
        """The pasted text, else that of a text file; and files of other kinds."""
        given = [_bytes(upload) for upload in request.files.getlist("file")]
        typed: str = self.text.data or ""
        texts = [typed, *(_text(data) for data in given if not verifying.is_file(data))]
        return Held(
            next((text for text in texts if text.strip()), ""),
            [data for data in given if verifying.is_file(data)],
        )


@check.get("/check")
@public
def ask() -> ResponseReturnValue:
    """Where text and code are given; the picture on a receipt brings the code along."""
    return _page(CheckForm(code=request.args.get("code", "")[:40]))


@check.post("/check")
@public
def answer() -> ResponseReturnValue:
    """They agree, or they do not."""
    form = CheckForm(request.form)
    if not form.validate():
        return _page(form), 422
    code, until = form.code.data or "", time.monotonic() + PATIENCE
    with transaction.looking() as looking:
        verdict = verifying.compare(looking, code, form.held)
    time.sleep(max(0.0, until - time.monotonic()))  # nobody stands in line meanwhile
    may_answer = checking.may_answer(
        db(),
        address=request.remote_addr or "",
        code=code,
        is_right=verdict is not Verdict.NO,
        key=settings().secret_key,
        now=now(),
    )
    if not may_answer:
        form.form_errors.append(N_("There were too many attempts. Try again in an hour."))
        return _page(form), 429
    return _page(form, verdict=verdict)


def _page(form: CheckForm, verdict: str = "") -> str:
    return render_template("essays/check.html", form=form, verdict=verdict)


def _bytes(upload: FileStorage) -> bytes:
    upload.stream.seek(0)
    data: bytes = upload.read()
    return data


def _text(data: bytes) -> str:
    """The file as text: UTF-8, or UTF-16 as Notepad writes it; all else agrees with nothing."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    return data.decode(encoding, errors="replace")
