"""Sign-in cards for the members of a cell: for whom, and the sheet to print."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.accounts import cards
from studyhub.accounts.models import User
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.org.cards import Candidate, candidates
from studyhub.org.models import Unit
from studyhub.web.guard import on
from studyhub.web.org.blueprint import org
from studyhub.web.org.forms import CardsForm
from studyhub.web.request import actor, db, now, today

_KEY = "cards"

WANTED: Mapping[str, Callable[[Candidate], bool]] = {
    "": lambda row: row.is_new and not row.is_invited,
    "new": lambda row: row.is_new,
    "all": lambda _row: True,
}
"""Who is ticked at first, by the word in the address."""


@dataclass(frozen=True)
class Card:
    """What is printed on one slip."""

    user: User
    code: str
    picture: str
    expires_at: datetime


@org.get("/units/<uuid:unit_id>/cards")
@on(Unit, may=policy.change_unit)
def choose_cards(unit: Unit) -> ResponseReturnValue:
    """For whom; at first those are ticked who have not come in yet and are not invited by mail."""
    people, who = people_of(unit), request.args.get("who", "")
    wanted = WANTED.get(who, WANTED[""])
    ticked = [row for row in people if wanted(row) and not obstacle(row)]
    return _choice(unit, people, CardsForm(who=[str(row.user.id) for row in ticked]))


@org.post("/units/<uuid:unit_id>/cards")
@on(Unit, may=policy.change_unit)
def make_cards(unit: Unit) -> ResponseReturnValue:
    """Make them; the next page shows the sheet, once."""
    people, form = people_of(unit), CardsForm(request.form)
    chosen = [row.user for row in people if form.names(row.user) and not obstacle(row)]
    if not form.validate() or not chosen:
        form.who.errors = [N_("Tick at least one comrade.")]
        return _choice(unit, people, form), 422
    seed = cards.new_seed()
    cards.make(db(), chosen, seed=seed, place=unit.id, by=actor(), now=now())
    session[_KEY] = {"unit": str(unit.id), "seed": seed}
    return redirect(url_for(".show_sheet", unit_id=unit.id))


@org.get("/units/<uuid:unit_id>/cards/sheet")
@on(Unit, may=policy.change_unit)
def show_sheet(unit: Unit) -> ResponseReturnValue:
    """The slips to print and cut; shown once."""
    people, kept = people_of(unit), session.pop(_KEY, {})
    ours = kept.get("unit") == str(unit.id)
    slips = _printed(people, kept["seed"]) if ours else []
    return render_template("org/cards_sheet.html", unit=unit, slips=slips)


def people_of(unit: Unit) -> list[Candidate]:
    """The members of a cell; other units have none."""
    if not unit.is_cell:
        raise Missing(N_("There is nothing here."))
    return candidates(db(), unit, today())


def _choice(unit: Unit, people: Sequence[Candidate], form: CardsForm) -> str:
    return render_template(
        "org/cards.html",
        unit=unit,
        form=form,
        people=[(row, obstacle(row)) for row in people],
        lasts=cards.LASTS.days,
        invited=any(row.is_invited for row in people),
    )


def obstacle(row: Candidate) -> str:
    """Why the actor cannot make a card for this person; empty if they can."""
    user = row.user
    if user.id == actor().user_id:
        return N_("Your own password is changed on the page of your account.")
    if not policy.change_member(actor(), row.membership):
        return N_("The particulars of this person are kept elsewhere.")
    if not policy.give_password(actor(), row.posts):
        return N_("Somebody with posts above yours gets a password from above.")
    return _no_way_in(user)


def _no_way_in(user: User) -> str:
    if user.is_closed(now()):
        return N_("This account is closed.")
    nameless = not (user.card_number or user.email)
    return N_("Without card number and e-mail nobody can sign in. Add one first.") * nameless


def _printed(people: Sequence[Candidate], seed: str) -> list[Card]:
    made = {row.user.id: row.card for row in people if row.card}
    codes = cards.codes(made, [row.user for row in people], seed=seed)
    return [
        Card(row.user, cards.in_fours(code), _picture(code), made[row.user.id].expires_at)
        for row in people
        if (code := codes.get(row.user.id))
    ]


def _picture(code: str) -> str:
    """A QR code that leads to the sign-in page, with the code filled in already."""
    url = url_for("accounts.card", code=code, _external=True)
    drawn = segno.make(url, error="m", micro=False)
    return drawn.svg_data_uri(scale=4, border=2, dark="#000", light="#fff")
