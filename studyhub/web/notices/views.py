"""The list of notices. Looking at the list writes nothing; opening one is a form of its own."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.notices import queries, service
from studyhub.notices.models import Notice
from studyhub.web.guard import on, signed_in
from studyhub.web.language import gettext
from studyhub.web.notices.blueprint import notices
from studyhub.web.notices.telling import lines, target_of
from studyhub.web.request import actor, db, now

LAST_PAGE = 200


@notices.get("/")
@signed_in
def listing() -> ResponseReturnValue:
    """What I have been told, the newest first."""
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    told = queries.told_to(db(), actor().user_id, skip=(page - 1) * queries.MOST)
    shown = lines(db(), told.notices)
    return render_template("notices/listing.html", lines=shown, older=told.older, page=page)


@notices.post("/<uuid:notice_id>/open")
@on(Notice, may=policy.see_notice)
def open_one(notice: Notice) -> ResponseReturnValue:
    """I have looked at it: on to what it is about."""
    service.mark_read(notice, now=now())
    return redirect(target_of(notice) or url_for(".listing"), 303)


@notices.post("/read")
@signed_in
def read_all() -> ResponseReturnValue:
    """I have seen them all."""
    service.mark_all_read(db(), actor(), now=now())
    flash(gettext("All notices are marked as read."), "ok")
    return redirect(url_for(".listing"), 303)
