"""Giving a new first password, and the slip it is handed over on."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.accounts import service as accounts
from studyhub.accounts.models import User
from studyhub.kernel.errors import Forbidden
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.org import queries
from studyhub.org.models import Membership, Unit
from studyhub.web.guard import on, signed_in
from studyhub.web.org import slip
from studyhub.web.org.blueprint import org
from studyhub.web.org.posts import held_on
from studyhub.web.request import actor, db, now, today


@org.get("/members/<uuid:membership_id>/first-password")
@on(Membership, may=policy.change_member)
def ask_for_password(membership: Membership) -> ResponseReturnValue:
    """What will happen to the password the person has now."""
    return _question(membership.user, _page_of(membership))


@org.post("/members/<uuid:membership_id>/first-password")
@on(Membership, may=policy.change_member)
def give_password(membership: Membership) -> ResponseReturnValue:
    """Void the old password; the next page shows the new one, once."""
    return _give(membership.user, _page_of(membership))


@org.get("/units/<uuid:unit_id>/posts/<uuid:appointment_id>/first-password")
@on(Unit, may=policy.change_unit)
def ask_for_officers_password(unit: Unit, appointment_id: UUID) -> ResponseReturnValue:
    """The same for somebody who holds a post and belongs to no cell."""
    return _question(held_on(unit, appointment_id).user, _posts_of(unit))


@org.post("/units/<uuid:unit_id>/posts/<uuid:appointment_id>/first-password")
@on(Unit, may=policy.change_unit)
def give_officer_password(unit: Unit, appointment_id: UUID) -> ResponseReturnValue:
    """Void the old password; the next page shows the new one, once."""
    return _give(held_on(unit, appointment_id).user, _posts_of(unit))


@org.get("/slip")
@signed_in
def show_slip() -> ResponseReturnValue:
    """Name, sign-in name and first password, to be handed over; shown once."""
    return render_template("org/slip.html", slip=slip.take())


def _question(user: User, back: str) -> str:
    _require_power_over(user)
    return render_template("org/give_password.html", person=user, back=back)


def _give(user: User, back: str) -> ResponseReturnValue:
    _require_power_over(user)
    password = accounts.give_first_password(db(), user, by=actor(), now=now())
    slip.keep(user, password, back)
    return redirect(url_for(".show_slip"))


def _require_power_over(user: User) -> None:
    if user.id == actor().user_id:
        raise Forbidden(N_("Your own password is changed on the page of your account."))
    latest = queries.latest_membership(db(), user.id)
    if latest and not policy.change_member(actor(), latest):
        raise Forbidden(N_("The particulars of this person are kept elsewhere."))
    posts = queries.posts_of(db(), UserId(user.id), since=today())
    if not policy.give_password(actor(), posts):
        raise Forbidden(N_("Somebody with posts above yours gets a password from above."))


def _page_of(membership: Membership) -> str:
    return url_for(".show_member", membership_id=membership.id)


def _posts_of(unit: Unit) -> str:
    return url_for(".show_posts", unit_id=unit.id)
