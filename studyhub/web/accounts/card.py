"""Signing in with the code on a sign-in card."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access.actors import actor_of
from studyhub.accounts import attempts, cards, service
from studyhub.accounts.models import User
from studyhub.kernel.words import N_
from studyhub.web import login, transaction
from studyhub.web.accounts.forms import CardForm
from studyhub.web.accounts.views import accounts, must_wait
from studyhub.web.guard import public
from studyhub.web.request import db, now, today


@accounts.get("/sign-in/card")
@public
def card() -> ResponseReturnValue:
    """Where the code is typed; the picture on the card brings it along. Nobody is let in yet."""
    return _page(CardForm(code=request.args.get("code", "")[: CardForm.MOST]))


@accounts.get("/sign-in/invitation")
@public
def invitation() -> ResponseReturnValue:
    """Where the link of an invitation leads. Looking uses nothing up: mail scanners look, too."""
    form = CardForm(code=request.args.get("code", "")[: CardForm.MOST])
    return render_template("accounts/invitation.html", form=form)


@accounts.post("/sign-in/card")
@public
def enter_with_card() -> ResponseReturnValue:
    """Let the person in to choose a password; the card is used up."""
    form = CardForm(request.form)
    if not form.validate():
        return _page(form), 422
    code = cards.normalised(form.code.data or "")
    if must_wait(form, cards.counted_as(code)):
        return _page(form), 429
    user = cards.let_in(db(), code, now=now())
    return _welcome(user, code) if user else _refuse(form, code)


def _welcome(user: User, code: str) -> ResponseReturnValue:
    attempts.succeeded(db(), cards.counted_as(code))
    service.note_sign_in(db(), user, by=actor_of(db(), user.id, today()), now=now())
    login.sign_in(user, stay=False)
    return redirect(url_for(".new_password"))


def _refuse(form: CardForm, code: str) -> ResponseReturnValue:
    """The same sentence, whether the code is wrong, used, expired or replaced by a newer one."""
    attempts.failed(db(), cards.counted_as(code), now=now())
    transaction.keep()
    form.code.errors = [
        N_("This code does not let you in: mistyped, used, expired, or replaced by a newer slip.")
    ]
    return _page(form), 422


def _page(form: CardForm) -> str:
    return render_template("accounts/card.html", form=form)
