"""The receipt of a hand-in, and taking back what was handed in."""

import io
from datetime import timedelta

import segno
from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays import queries, sealing, service, window
from studyhub.essays.models import Essay, Version
from studyhub.essays.receipts import in_fours
from studyhub.kernel.errors import Missing, StudyHubError
from studyhub.kernel.words import N_
from studyhub.web.essays.views import essays
from studyhub.web.guard import on
from studyhub.web.language import gettext, ngettext, say
from studyhub.web.request import actor, db, now, today


@essays.get("/<uuid:essay_id>/receipt/<int:number>")
@on(Essay, may=policy.write_essay)
def receipt(essay: Essay, number: int) -> ResponseReturnValue:
    """Proof of a hand-in: code, time, hash, and what comes next."""
    version = _numbered(essay, number)
    essay = queries.for_reading(db(), essay)
    seal = sealing.of_version(db(), version)
    return render_template(
        "essays/receipt.html",
        essay=essay,
        round=essay.round,
        version=version,
        hash=in_fours(version.content_hash),
        seal=in_fours(seal.link) if seal else "",
        early_or_late=_early_or_late(version),
        waits=version in essay.open_versions and version is essay.latest and not essay.is_writable,
        can_withdraw=_can_withdraw(essay, version),
        readers=queries.readers_of(db(), essay, today()),
    )


@essays.get("/<uuid:essay_id>/receipt/<int:number>/code.svg")
@on(Essay, may=policy.write_essay)
def receipt_code(essay: Essay, number: int) -> ResponseReturnValue:
    """The way to the public check, with the code, as a picture that a telephone reads."""
    version = _numbered(essay, number)
    told = url_for("check.ask", code=version.receipt_code, _external=True)
    picture = io.BytesIO()
    segno.make(told, error="m", micro=False).save(
        picture, kind="svg", scale=4, border=3, dark="#000", light="#fff", xmldecl=False
    )
    return Response(picture.getvalue(), mimetype="image/svg+xml")


@essays.get("/<uuid:essay_id>/withdraw")
@on(Essay, may=policy.write_essay)
def taking_back(essay: Essay) -> ResponseReturnValue:
    """What will happen when the essay is taken back."""
    if not (essay.latest and _can_withdraw(essay, essay.latest)):
        return redirect(url_for(".show", essay_id=essay.id))
    return render_template(
        "essays/withdraw.html",
        essay=essay,
        round=essay.round,
        late=window.would_be_late(essay, now()),
    )


@essays.post("/<uuid:essay_id>/withdraw")
@on(Essay, may=policy.write_essay)
def withdraw(essay: Essay) -> ResponseReturnValue:
    """Take it back, if nobody reads it yet; either way the person is told how it stands."""
    try:
        service.withdraw(db(), essay, by=actor(), now=now())
    except StudyHubError as refusal:
        flash(say(refusal), "warn")
        return redirect(url_for(".show", essay_id=essay.id))
    flash(gettext("The essay is taken back. Nobody but you sees it now."), "ok")
    return redirect(url_for(".edit", essay_id=essay.id))


def _can_withdraw(essay: Essay, version: Version) -> bool:
    waits = version is essay.latest and "withdraw" in essay.steps
    return waits and not version.reading_began_at and window.can_hand_in(essay, now())


def _early_or_late(version: Version) -> str:
    """How far from the deadline it was; a revision is in time whenever it comes."""
    due, came = version.due_at, version.submitted_at
    if version.on_behalf_by:
        return gettext("late") if version.is_late else gettext("in time")
    if due is None or version.by_rule:
        return gettext("late") if version.is_late else ""
    if came <= due:
        return gettext("%(time)s before the deadline", time=_lapse(due - came))
    if version.is_late:
        return gettext("%(time)s after the deadline", time=_lapse(came - due))
    return gettext("in time, as a revision")


def _lapse(lapse: timedelta) -> str:
    """A stretch of time in its two largest units."""
    minutes = max(1, int(lapse.total_seconds() // 60))
    days, hours = minutes // (24 * 60), minutes // 60 % 24
    told = [
        ngettext("%(num)d day", "%(num)d days", days) if days else "",
        ngettext("%(num)d hour", "%(num)d hours", hours) if hours else "",
        ngettext("%(num)d minute", "%(num)d minutes", minutes % 60) if minutes % 60 else "",
    ]
    return " ".join([words for words in told if words][:2])


def _numbered(essay: Essay, number: int) -> Version:
    version = queries.numbered(db(), essay, number)
    if version is None:
        raise Missing(N_("There is nothing here."))
    return version
