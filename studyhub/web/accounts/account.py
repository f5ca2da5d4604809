"""One's own account: the password, and the visits."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.accounts import addresses, passwords, service
from studyhub.kernel.words import N_
from studyhub.org.guests import stays_of
from studyhub.org.queries import latest_membership
from studyhub.web import login, transaction
from studyhub.web.accounts.forms import (
    ChangePasswordForm,
    NewPasswordForm,
    PresentPasswordForm,
)
from studyhub.web.accounts.views import accounts
from studyhub.web.forms import refusals
from studyhub.web.guard import signed_in
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, me, now, today


@accounts.get("/account")
@signed_in
def show() -> ResponseReturnValue:
    """What is kept about me, and how to change it."""
    home, stays = latest_membership(db(), actor().user_id), stays_of(db(), actor().user_id)
    shown = [stay for stay in stays if stay.taken_back_at is None and stay.until >= today()]
    pending = addresses.asked(db(), me(), now=now())
    return render_template("accounts/show.html", home=home, stays=shown, pending=pending)


@accounts.get("/account/password")
@signed_in
def new_password() -> ResponseReturnValue:
    """Choose a password: at the first sign-in, or whenever one likes."""
    return _page(_form())


@accounts.post("/account/password")
@signed_in
def set_password() -> ResponseReturnValue:
    """Take the new password; other machines are signed out."""
    form = _form()
    if form.validate() and _knows_the_present_one(form):
        with refusals(form):
            service.choose_password(db(), me(), form.new.data or "", by=actor(), now=now())
    if form.errors:
        return _page(form), 422
    login.sign_in(me(), stay=False)
    flash(gettext("The new password is set. Other machines are signed out."), "ok")
    return redirect(url_for("home.show"))


@accounts.post("/account/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    """End every visit, this one too."""
    service.sign_out_everywhere(db(), me(), by=actor(), now=now())
    login.sign_out()
    flash(gettext("You are signed out on every machine."), "ok")
    return redirect(url_for(".sign_in"))


def _form() -> NewPasswordForm:
    """Whoever comes with a first password has just typed it and is not asked again."""
    return (
        NewPasswordForm(request.form)
        if me().must_change_password
        else (ChangePasswordForm(request.form))
    )


def _knows_the_present_one(form: NewPasswordForm) -> bool:
    return not isinstance(form, ChangePasswordForm) or knows_password(form)


def knows_password(form: PresentPasswordForm) -> bool:
    """Whether the present password fits; the form says so when it does not."""
    stored = me().password_hash
    with transaction.set_aside():
        fits = passwords.matches(stored, form.present.data or "")
    if not fits:
        form.present.errors = [N_("This is not your present password.")]
    return fits


def _page(form: NewPasswordForm) -> str:
    return render_template("accounts/password.html", form=form, first=me().must_change_password)
