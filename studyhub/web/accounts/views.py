"""Signing in and out."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from studyhub.access.actors import actor_of
from studyhub.accounts import attempts, cast, passwords, queries, service
from studyhub.accounts.models import User
from studyhub.kernel.words import N_
from studyhub.web import kept, login, transaction
from studyhub.web.accounts.forms import SignInForm
from studyhub.web.filters import time_of_day
from studyhub.web.guard import public, signed_in
from studyhub.web.language import gettext, ngettext
from studyhub.web.request import db, now, today

accounts = Blueprint("accounts", __name__)


@accounts.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The sign-in page; whoever is signed in already goes where they were going."""
    goal = kept.local_path(request.args.get("next", "")) or url_for("home.show")
    if login.recognise():
        return redirect(goal)
    return _page(SignInForm(next=request.args.get("next", "")))


@accounts.post("/sign-in")
@public
def enter() -> ResponseReturnValue:
    """Let the person in, or say alike to everybody that it did not fit."""
    form = SignInForm(request.form)
    if not form.validate():
        return _page(form), 422
    name = queries.normalised(form.name.data or "")
    if must_wait(form, name):
        return _page(form), 429
    user = _who_fits(name, form.password.data or "")
    return _welcome(user, form, name) if user else _refuse(form, name)


@accounts.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """End the visit on this machine."""
    login.sign_out()
    flash(gettext("You are signed out."), "ok")
    return redirect(url_for(".sign_in"))


def _who_fits(name: str, password: str) -> User | None:
    user = queries.by_sign_in_name(db(), name, now=now())
    stored = user.password_hash if user else None
    with transaction.set_aside():  # comparing takes a tenth of a second; nobody waits for it
        fits = passwords.matches(stored, password)
    return user if fits else None


def must_wait(form: Form, name: str) -> bool:
    """Whether too many attempts were wrong; the form then says until when."""
    until = attempts.locked_until(db(), name, now=now())
    if until is None:
        return False
    if (until - now()).total_seconds() > 60:
        message = N_("Too many wrong attempts. Try again at %(time)s, or ask your secretary.")
    else:
        message = N_("Wait a few seconds, then try again.")
    form.form_errors.append(gettext(message, time=time_of_day(until)))
    return True


def _refuse(form: SignInForm, name: str) -> ResponseReturnValue:
    attempts.failed(db(), name, now=now())
    transaction.keep()
    left = attempts.tries_left(db(), name, now=now())
    form.form_errors.append(
        ngettext(
            "Card number or password is not right. %(num)d attempt left.",
            "Card number or password is not right. %(num)d attempts left.",
            left,
        )
    )
    return _page(form), 422


def _welcome(user: User, form: SignInForm, name: str) -> ResponseReturnValue:
    attempts.succeeded(db(), name)
    service.note_sign_in(db(), user, by=actor_of(db(), user.id, today()), now=now())
    login.sign_in(user, stay=bool(form.stay.data))
    words = kept.Kept.from_text(request.form.get("kept", ""))
    if words and words.is_for(str(user.id)):
        login.recognise()
        return kept.offer(words)
    return redirect(kept.local_path(form.next.data or "") or url_for("home.show"))


def _page(form: SignInForm) -> str:
    words = kept.Kept.from_text(request.form.get("kept", ""))
    return render_template(
        "accounts/sign_in.html",
        form=form,
        kept=words,
        sign_ins=cast.SIGN_INS,
        demo_password=cast.PASSWORD,
    )
