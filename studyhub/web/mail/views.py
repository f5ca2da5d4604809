"""Letters: whether they are sent, what waits, what failed, and trying it out."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from studyhub.access import policy
from studyhub.accounts.models import User
from studyhub.kernel.actor import Post
from studyhub.kernel.errors import Forbidden, Missing
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.letters.composing import composed
from studyhub.mail import queries, service
from studyhub.mail.models import Kind, Letter
from studyhub.mail.server import hand_over, visit
from studyhub.mail.troubles import Trouble
from studyhub.web import transaction
from studyhub.web.guard import holding
from studyhub.web.language import gettext, ngettext
from studyhub.web.mail.words import ERRORS, KINDS
from studyhub.web.request import actor, db, me, now, settings, zone

mail = Blueprint("mail", __name__, url_prefix="/mail")

LATELY = timedelta(days=30)
PATIENCE = 10.0
"""Seconds that whoever tries it out waits for each answer of the server."""


@mail.get("/")
@holding(Post.ADMIN)
def outbox() -> ResponseReturnValue:
    """How it stands with the letters."""
    _require_power()
    failed = queries.failed(db())
    found = select(User.id, User.full_name).where(User.id.in_({one.user_id for one in failed}))
    names = {row.id: row.full_name for row in db().execute(found)}
    return render_template(
        "mail/outbox.html",
        server=settings(),
        counts=queries.counts(db(), since=now() - LATELY),
        last_sent_at=queries.last_sent_at(db()),
        last_error=queries.last_error(db()),
        failed=failed,
        names=names,
        kinds=KINDS,
        errors=ERRORS,
    )


@mail.post("/<uuid:letter_id>/again")
@holding(Post.ADMIN)
def send_again(letter_id: UUID) -> ResponseReturnValue:
    """Try a letter again that was given up."""
    _require_power()
    letter = db().get(Letter, letter_id, with_for_update=True)
    if letter is None:
        raise Missing(N_("There is nothing here."))
    return _again([letter])


@mail.post("/again")
@holding(Post.ADMIN)
def send_all_again() -> ResponseReturnValue:
    """Try all of them again."""
    _require_power()
    return _again(db().scalars(select(Letter).where(queries.FAILED).with_for_update()).all())


@mail.post("/test")
@holding(Post.ADMIN)
def test() -> ResponseReturnValue:
    """Send a letter to myself, at once, and say how it went."""
    _require_power()
    if not settings().sends_mail:
        flash(gettext("No mail is sent from here: no mail server is set up."), "warn")
    elif not me().email:
        flash(gettext("Your account has no e-mail address to send a letter to."), "warn")
    else:
        _try_out(me().email or "")
    return redirect(url_for(".outbox"))


def _try_out(address: str) -> None:
    letter = Letter(
        id=new_uuid(),
        user_id=UserId(actor().user_id),
        address=address,
        kind=Kind.TEST.value,
        facts={},
        made_at=now(),
    )
    message = composed(db(), letter, settings=settings(), zone=zone(), now=now())
    try:
        with transaction.set_aside(), visit(settings(), patience=PATIENCE) as server:
            if message is not None:
                hand_over(server, message)
    except Trouble as trouble:
        flash(gettext(ERRORS[trouble.error]), "bad")
    else:
        flash(gettext("The mail server has taken a letter to %(address)s.", address=address), "ok")


def _again(letters: Sequence[Letter]) -> ResponseReturnValue:
    for letter in letters:
        service.send_again(db(), letter, by=actor(), now=now())
    flash(
        ngettext(
            "%(num)d letter is tried again.", "%(num)d letters are tried again.", len(letters)
        ),
        "ok",
    )
    return redirect(url_for(".outbox"))


def _require_power() -> None:
    if not policy.keep_mail(actor()):
        raise Forbidden(N_("You may see this, but not do that."))
