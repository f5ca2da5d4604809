"""One's own e-mail address, and the letters to it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.accounts import addresses, links
from studyhub.accounts.links import Purpose
from studyhub.kernel.errors import StudyHubError
from studyhub.web.accounts.account import knows_password
from studyhub.web.accounts.forms import AddressForm, PresentPasswordForm
from studyhub.web.accounts.views import accounts
from studyhub.web.forms import refusals
from studyhub.web.guard import public, signed_in
from studyhub.web.language import gettext, say
from studyhub.web.request import actor, db, me, now, settings

LONGEST_CODE = 100


@accounts.get("/account/address")
@signed_in
def new_address() -> ResponseReturnValue:
    """Give an address, or another one."""
    return _page(AddressForm(email=me().email or ""))


@accounts.post("/account/address")
@signed_in
def ask_address() -> ResponseReturnValue:
    """A letter goes there; until its link is opened nothing changes."""
    form = AddressForm(request.form)
    if form.validate() and knows_password(form):
        key, typed = settings().secret_key, form.email.data or ""
        with refusals(form):
            addresses.ask(db(), me(), typed, key=key, by=actor(), now=now())
    if form.errors or form.form_errors:
        return _page(form), 422
    flash(gettext("A letter is on its way to that address. Open the link in it."), "ok")
    return redirect(url_for(".show"))


@accounts.get("/account/address/remove")
@signed_in
def removing_address() -> ResponseReturnValue:
    """What happens without an address."""
    return render_template("accounts/remove_address.html", form=PresentPasswordForm())


@accounts.post("/account/address/remove")
@signed_in
def remove_address() -> ResponseReturnValue:
    """No letters any more."""
    form = PresentPasswordForm(request.form)
    if form.validate() and knows_password(form):
        with refusals(form):
            addresses.remove(db(), me(), by=actor(), now=now())
    if form.errors or form.form_errors:
        return render_template("accounts/remove_address.html", form=form), 422
    flash(gettext("The e-mail address is removed."), "ok")
    return redirect(url_for(".show"))


@accounts.get("/account/address/confirm")
@public
def confirming_address() -> ResponseReturnValue:
    """Where the link in the letter leads. Looking confirms nothing: mail scanners look, too."""
    code = request.args.get("code", "")[:LONGEST_CODE]
    link = links.good(db(), Purpose.CONFIRM, code, now=now())
    return render_template("accounts/confirm_address.html", link=link, code=code, refusal="")


@accounts.post("/account/address/confirm")
@public
def confirm_address() -> ResponseReturnValue:
    """From now on the address is theirs."""
    code = request.form.get("code", "")[:LONGEST_CODE]
    try:
        addresses.confirm(db(), code, now=now())
    except StudyHubError as refusal:
        told = say(refusal)
        page = render_template("accounts/confirm_address.html", link=None, code="", refusal=told)
        return page, 422
    return redirect(url_for(".address_confirmed"))


@accounts.get("/account/address/confirmed")
@public
def address_confirmed() -> ResponseReturnValue:
    """It is done, whoever is signed in on this machine."""
    return render_template("accounts/address_confirmed.html")


@accounts.post("/account/letters")
@signed_in
def choose_letters() -> ResponseReturnValue:
    """Whether receipts and results come by mail."""
    me().receipts_by_mail = request.form.get("receipts") == "on"
    flash(gettext("Saved."), "ok")
    return redirect(url_for(".show"))


def _page(form: AddressForm) -> str:
    return render_template("accounts/address.html", form=form)
