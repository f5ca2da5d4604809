"""Correcting what is known about a person."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.accounts import service as accounts
from studyhub.accounts.models import User
from studyhub.kernel.errors import Forbidden
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.org import queries
from studyhub.org.models import Membership, Unit
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.org.blueprint import org
from studyhub.web.org.forms import ChangePersonForm
from studyhub.web.org.posts import held_on
from studyhub.web.request import actor, db, now, today


@org.get("/members/<uuid:membership_id>/change")
@on(Membership, may=policy.change_member)
def edit_person(membership: Membership) -> ResponseReturnValue:
    """What is known about a member, to be corrected."""
    return _page(membership.user, _page_of(membership))


@org.post("/members/<uuid:membership_id>/change")
@on(Membership, may=policy.change_member)
def change_person(membership: Membership) -> ResponseReturnValue:
    """Correct it."""
    return _correct(membership.user, _page_of(membership))


@org.get("/units/<uuid:unit_id>/posts/<uuid:appointment_id>/change")
@on(Unit, may=policy.change_unit)
def edit_officer(unit: Unit, appointment_id: UUID) -> ResponseReturnValue:
    """The same for somebody who holds a post and belongs to no cell."""
    return _page(_held_by(unit, appointment_id), _posts_of(unit))


@org.post("/units/<uuid:unit_id>/posts/<uuid:appointment_id>/change")
@on(Unit, may=policy.change_unit)
def change_officer(unit: Unit, appointment_id: UUID) -> ResponseReturnValue:
    """Correct it."""
    return _correct(_held_by(unit, appointment_id), _posts_of(unit))


def _held_by(unit: Unit, appointment_id: UUID) -> User:
    """Whoever holds that post, if the actor keeps the register they stand in."""
    user = held_on(unit, appointment_id).user
    latest = queries.latest_membership(db(), user.id)
    posts = queries.posts_of(db(), UserId(user.id), since=today())
    keeps = latest is None or policy.change_member(actor(), latest)
    if not (keeps and policy.give_password(actor(), posts)):
        raise Forbidden(N_("The particulars of this person are kept elsewhere."))
    return user


def _page(user: User, back: str) -> ResponseReturnValue:
    return _form(user, ChangePersonForm(obj=user), back)


def _correct(user: User, back: str) -> ResponseReturnValue:
    form = ChangePersonForm(request.form)
    if form.validate():
        with refusals(form):
            no_email, who = bool(form.has_no_email.data), vars(form.who)
            accounts.change_person(db(), user, **who, no_email=no_email, by=actor(), now=now())
    if form.errors:
        return _form(user, form, back), 422
    flash(gettext("The particulars are changed."), "ok")
    return redirect(back)


def _form(user: User, form: ChangePersonForm, back: str) -> str:
    return render_template("org/edit_person.html", person=user, form=form, back_url=back)


def _page_of(membership: Membership) -> str:
    return url_for(".show_member", membership_id=membership.id)


def _posts_of(unit: Unit) -> str:
    return url_for(".show_posts", unit_id=unit.id)
