"""The addresses of one's calendars, and the calendars themselves."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, reach
from studyhub.calendars import queries, service
from studyhub.calendars.models import Feed
from studyhub.kernel.errors import Missing
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.web import transaction
from studyhub.web.calendars import addresses, ics
from studyhub.web.guard import on, public, signed_in
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now

calendars = Blueprint("calendars", __name__, url_prefix="/calendar")


@calendars.get("/")
@signed_in
def show() -> ResponseReturnValue:
    """One's own calendar, and those of the units one follows, each with its address."""
    feeds = queries.standing(db(), actor())
    units = queries.units_at(db(), actor().seats(*reach.FOLLOWERS))
    stands = queries.of_person(db(), UserId(actor().user_id), now=now())
    return render_template(
        "calendars/show.html",
        own=feeds.get(None),
        units=[(unit, feeds.get(unit.id)) for unit in units],
        address=addresses.of_feed,
        coming=[one for one in stands if one.ends_at > now()],
    )


@calendars.post("/")
@signed_in
def offer() -> ResponseReturnValue:
    """Give out the address of one's own calendar."""
    service.offer(db(), None, by=actor(), now=now())
    return _back(gettext("The address of your calendar stands below."))


@calendars.post("/units/<uuid:unit_id>")
@on(Unit, may=policy.follow_unit, holds=False)
def offer_unit(unit: Unit) -> ResponseReturnValue:
    """Give out the address of a unit's calendar, to one who follows it."""
    service.offer(db(), unit, by=actor(), now=now())
    return _back(gettext("The address of the calendar of %(unit)s stands below.", unit=unit.name))


@calendars.post("/<uuid:feed_id>/void")
@on(Feed, may=policy.keep_feed)
def void(feed: Feed) -> ResponseReturnValue:
    """The address answers nobody any more; where asked, a new one takes its place."""
    service.void(db(), feed, by=actor(), now=now())
    if request.form.get("do") != "renew":
        return _back(gettext("The address is void. Calendars that used it get nothing any more."))
    service.offer(db(), feed.unit, by=actor(), now=now())
    return _back(gettext("The old address is void. The new one stands below."))


@calendars.get("/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """The calendar of whoever has the address; it asks for no sign-in, as calendars cannot."""
    found = addresses.read(db(), token, now=now())
    if found is None:
        raise Missing(N_("There is nothing here."))
    entries = addresses.entries(db(), found, now=now())
    response = Response(ics.written(found, entries), mimetype="text/calendar")
    response.set_etag(ics.mark(found, entries))
    with transaction.own() as own:
        service.note_asked(own, found, now=now())
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Disposition"] = 'inline; filename="studyhub.ics"'
    return response.make_conditional(request)


def _back(said: str) -> ResponseReturnValue:
    flash(said, "ok")
    return redirect(url_for(".show"))
