"""A file comes in, is read in a fenced process, and is shown to be checked; nothing is kept yet."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict

from studyhub.access import policy
from studyhub.essays.models import Essay
from studyhub.papers import kinds, sandbox, scanning
from studyhub.papers.runs import Told
from studyhub.papers.taking_over import Source
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.papers.blueprint import closed, papers
from studyhub.web.papers.checking import laid_out
from studyhub.web.papers.forms import SourceForm
from studyhub.web.papers.sealed import seal
from studyhub.web.request import db, files, settings
from studyhub.web.transaction import set_aside


@papers.get("/<uuid:essay_id>/file")
@on(Essay, may=policy.write_essay)
def choose(essay: Essay) -> ResponseReturnValue:
    """Where the text comes from."""
    return closed(essay) or _page(essay, SourceForm())


@papers.post("/<uuid:essay_id>/file")
@on(Essay, may=policy.write_essay)
def read(essay: Essay) -> ResponseReturnValue:
    """Read it, lay it into the parts, and show them."""
    with request:  # what was uploaded is let go at the end
        if elsewhere := closed(essay):
            return elsewhere
        form = SourceForm(CombinedMultiDict((request.files, request.form)))
        if form.validate():
            with refusals(form):
                return _read(essay, form)
    return _page(essay, form), 422


def _read(essay: Essay, form: SourceForm) -> ResponseReturnValue:
    data, name = form.source()
    with set_aside():
        told, source = _told(data, name)
    db().refresh(essay)
    return laid_out(essay, told, seal(essay, source) if source else "")


def _told(data: bytes, name: str) -> tuple[Told, Source | None]:
    """What the file says, and the file once it is kept: only what could be read is."""
    kind = kinds.kind_of(data)
    scanning.expect_harmless(data, settings().clamd)
    told = sandbox.read_safely(data)
    return told, Source(files().keep(data), name, kind) if name else None


def _page(essay: Essay, form: SourceForm) -> str:
    return render_template("papers/choose.html", essay=essay, round=essay.round, form=form)
