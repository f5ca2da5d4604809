"""A sample to take away: as a table for other programs, and as a record for the files."""

import csv
import io
from collections.abc import Iterator

from flask import render_template
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.fairness import queries, summary
from studyhub.fairness.models import Reread, Sample
from studyhub.kernel.words import N_
from studyhub.rounds.grading import write_points
from studyhub.web.attachments import attachment, plain_name
from studyhub.web.fairness.views import fairness
from studyhub.web.filters import local
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import db

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula when a cell begins with it."""


@fairness.get("/samples/<uuid:sample_id>/record")
@on(Sample, may=policy.see_sample)
def record(sample: Sample) -> ResponseReturnValue:
    """The record, for print: how it was drawn, so that anybody can draw it once more."""
    sample = queries.whole(db(), sample)
    return render_template(
        "fairness/record.html",
        sample=sample,
        whole=summary.count(sample.rereads),
        cells=summary.by_cell(sample.rereads),
    )


@fairness.get("/samples/<uuid:sample_id>/csv")
@on(Sample, may=policy.see_sample)
def table(sample: Sample) -> ResponseReturnValue:
    """One line for each drawn essay, without names of authors and of those who judged."""
    sample = queries.whole(db(), sample)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([gettext(head) for head in HEADS])
    writer.writerows([_plain(value) for value in _row(one)] for one in sample.rereads)
    name = plain_name(f"Chấm kiểm tra - {sample.round.title} - {sample.seed}".replace("/", "-"))
    answer = attachment(
        text.getvalue().encode("utf-8-sig"), f"{name[:120]}.csv", "text/csv; charset=utf-8"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


HEADS = (
    N_("Number in the draw"), N_("Code"), N_("Cell"), N_("Decision"), N_("Points"),
    N_("Read again by"), N_("Read again on"), N_("Opinion"), N_("Remark"),
)  # fmt: skip


def _row(one: Reread) -> Iterator[str]:
    yield str(one.position)
    yield one.code
    yield one.cell.name
    yield gettext("Accepted") if one.outcome == "accept" else gettext("To be completed")
    yield write_points(one.points) if one.points is not None else ""
    yield one.reader.full_name if one.reader else ""
    yield f"{local(one.read_at):%d/%m/%Y}" if one.read_at else ""
    yield {None: "", True: gettext("agrees"), False: gettext("another opinion")}[one.agrees]
    yield one.remark


def _plain(value: str) -> str:
    """As words, whatever program opens it."""
    return f"'{value}" if value.startswith(DANGEROUS) else value
