"""Bringing a list, choosing whom the doubtful lines mean, taking it over, undoing it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Form

from studyhub.access import attending, policy, scope
from studyhub.kernel.errors import Unfit
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.lists import queries, reading, taking
from studyhub.lists.models import AttendanceList
from studyhub.lists.taking import Brought
from studyhub.org.finding import meant_by
from studyhub.roster.errors import Unreadable
from studyhub.roster.sandbox import read_safely
from studyhub.study.models import Presence, StudySession
from studyhub.web.attachments import plain_name
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import ngettext
from studyhub.web.lists.forms import ListForm
from studyhub.web.request import actor, db, now
from studyhub.web.transaction import set_aside

lists = Blueprint("lists", __name__, url_prefix="/lists")

NOBODY = "nobody"


@lists.get("/of/<uuid:session_id>")
@on(StudySession, may=policy.import_list)
def choose(session: StudySession) -> ResponseReturnValue:
    """Which file; and the lists brought before."""
    return _choosing(session, ListForm(data={"least_minutes": 0}))


@lists.post("/of/<uuid:session_id>")
@on(StudySession, may=policy.import_list, holds=False)
def bring(session: StudySession) -> ResponseReturnValue:
    """Read it, and show whom it seems to mean; nothing is recorded yet."""
    with request:  # what was uploaded is let go at the end
        form = ListForm(CombinedMultiDict((request.files, request.form)))
        if form.validate():
            with refusals(form):
                brought = taking.bring(
                    db(), session, _read(form), within=_mine(), by=actor(), now=now()
                )
    if form.errors:
        return _choosing(session, form), 422
    return redirect(url_for(".show", list_id=brought.id))


@lists.get("/<uuid:list_id>")
@on(AttendanceList, may=policy.keep_list)
def show(brought: AttendanceList) -> ResponseReturnValue:
    """Whom the list means, what is doubtful, and what would be recorded."""
    return _page(brought, Form())


@lists.post("/<uuid:list_id>")
@on(AttendanceList, may=policy.keep_list)
def settle(brought: AttendanceList) -> ResponseReturnValue:
    """Keep what was chosen; by one of the buttons also take the list over."""
    form = Form()
    with refusals(form):
        taking.choose(db(), brought, _chosen(brought), within=_mine())
        if request.form.get("do") == "take":
            count = taking.take_over(db(), brought, by=actor(), now=now())
            said = ngettext("Recorded: %(num)d person.", "Recorded: %(num)d persons.", count)
            flash(said, "ok")
    if form.form_errors:
        return _page(brought, form), 422
    return redirect(url_for(".show", list_id=brought.id))


@lists.post("/<uuid:list_id>/undo")
@on(AttendanceList, may=policy.keep_list)
def undo(brought: AttendanceList) -> ResponseReturnValue:
    """Back to what was recorded before."""
    count = taking.undo(db(), brought, by=actor(), now=now())
    said = ngettext("Undone: %(num)d record.", "Undone: %(num)d records.", count)
    flash(said, "ok")
    return redirect(url_for(".show", list_id=brought.id))


def _read(form: ListForm) -> Brought:
    data, name = form.file.data.read(), plain_name(form.file.data.filename or "")
    with set_aside():
        try:
            said = reading.said_by(read_safely(data))
        except Unreadable as refusal:
            raise Unfit(refusal.message, about="file", **refusal.values) from refusal
    return Brought(
        name=name, said=said, taken_as=Presence(form.taken_as.data),
        least_minutes=form.least_minutes.data or 0,
    )  # fmt: skip


def _chosen(brought: AttendanceList) -> dict[int, UserId | None]:
    """What was said of each line: one of the candidates, nobody, or a number typed."""
    chosen: dict[int, UserId | None] = {}
    for line in brought.lines:
        said = request.form.get(f"line-{line.number}")
        typed = request.form.get(f"typed-{line.number}", "").strip()
        if typed:
            chosen[line.number] = _named(typed)
        elif said == NOBODY:
            chosen[line.number] = None
        elif said in {*line.candidates, str(line.user_id)}:
            chosen[line.number] = UserId(UUID(said))
    return chosen


def _named(typed: str) -> UserId:
    found = meant_by(db(), typed, visible=scope.visible_members(actor()))
    if len(found) != 1:
        raise Unfit(N_("“%(typed)s” names nobody, or several persons."), typed=typed[:100])
    return found[0].id


def _mine() -> ColumnElement[bool]:
    """The cells for which one may record somebody."""
    return attending.called_units(actor())


def _choosing(session: StudySession, form: ListForm) -> str:
    before = queries.brought_for(db(), session, visible=attending.kept_lists(actor()))
    return render_template("lists/choose.html", session=session, form=form, before=before)


def _page(brought: AttendanceList, form: Form) -> str:
    return render_template(
        "lists/show.html", brought=brought, session=brought.session, form=form,
        sorted=queries.sorted_out(db(), brought), nobody=NOBODY, said=request.form,
    )  # fmt: skip
