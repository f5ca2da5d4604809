"""A forgotten password: a link by mail, for whoever has a confirmed address."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access.actors import actor_of
from studyhub.accounts import addresses, attempts, links, queries, service
from studyhub.accounts.links import Purpose
from studyhub.kernel.errors import StudyHubError
from studyhub.web import login
from studyhub.web.accounts.address import LONGEST_CODE
from studyhub.web.accounts.forms import ForgottenForm, NewPasswordForm
from studyhub.web.accounts.views import accounts, must_wait
from studyhub.web.forms import refusals
from studyhub.web.guard import public
from studyhub.web.language import gettext, say
from studyhub.web.request import db, now, settings, today


@accounts.get("/sign-in/forgotten")
@public
def forgotten() -> ResponseReturnValue:
    """Who wants a new password."""
    return _asking(ForgottenForm())


@accounts.post("/sign-in/forgotten")
@public
def ask_for_link() -> ResponseReturnValue:
    """The same answer, whether or not there is such a person; counted like wrong attempts."""
    form = ForgottenForm(request.form)
    if not form.validate():
        return _asking(form), 422
    name = queries.normalised(form.name.data or "")
    if must_wait(form, f"forgotten {name}"):
        return _asking(form), 429
    attempts.failed(db(), f"forgotten {name}", now=now())
    addresses.offer_password(db(), name, key=settings().secret_key, now=now())
    return redirect(url_for(".link_asked"))


@accounts.get("/sign-in/forgotten/asked")
@public
def link_asked() -> ResponseReturnValue:
    """What to do now."""
    return render_template("accounts/link_asked.html")


@accounts.get("/sign-in/new-password")
@public
def password_by_link() -> ResponseReturnValue:
    """Where the link in the letter leads. Looking uses nothing up: mail scanners look, too."""
    code = request.args.get("code", "")[:LONGEST_CODE]
    is_good = links.good(db(), Purpose.PASSWORD, code, now=now()) is not None
    return _choosing(NewPasswordForm(), code if is_good else "")


@accounts.post("/sign-in/new-password")
@public
def set_password_by_link() -> ResponseReturnValue:
    """Take the new password and let the person in; other machines are signed out."""
    form, code = NewPasswordForm(request.form), request.form.get("code", "")[:LONGEST_CODE]
    if not form.validate():
        return _choosing(form, code), 422
    try:
        user = addresses.let_in(db(), code, now=now())
    except StudyHubError as refusal:
        form.form_errors.append(say(refusal))
        return _choosing(form, ""), 422
    by = actor_of(db(), user.id, today())
    with refusals(form):
        service.choose_password(db(), user, form.new.data or "", by=by, now=now())
    if form.errors or form.form_errors:
        return _choosing(form, code), 422  # undone: the link is as good as before
    service.note_sign_in(db(), user, by=by, now=now())
    login.sign_in(user, stay=False)
    flash(gettext("The new password is set. Other machines are signed out."), "ok")
    return redirect(url_for("home.show"))


def _asking(form: ForgottenForm) -> str:
    return render_template("accounts/forgotten.html", form=form)


def _choosing(form: NewPasswordForm, code: str) -> str:
    return render_template("accounts/new_password.html", form=form, code=code)
