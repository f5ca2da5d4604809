"""What a cell asks the committee above for its members: asking, the list, one request."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.access.reach import JUDGES, KEEPERS
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.org import pending, petitioning, queries
from studyhub.org.models import Membership
from studyhub.org.petitions import Petition, Wish
from studyhub.web.forms import refusals
from studyhub.web.guard import holding, on
from studyhub.web.language import gettext
from studyhub.web.org.asking_forms import (
    AnswerForm,
    AskEndForm,
    AskExemptionForm,
    AskForm,
    AskTransferForm,
)
from studyhub.web.org.blueprint import org
from studyhub.web.org.exemptions import following
from studyhub.web.request import actor, db, now, today

WISHES: dict[Wish, str] = {
    Wish.TRANSFER: N_("Transfer to another place"),
    Wish.EXEMPTION: N_("Exemption from party activity"),
    Wish.END_OF_EXEMPTION: N_("End of the exemption"),
}
FORMS: dict[Wish, type[AskForm]] = {
    Wish.TRANSFER: AskTransferForm,
    Wish.EXEMPTION: AskExemptionForm,
    Wish.END_OF_EXEMPTION: AskEndForm,
}


@org.context_processor
def _words() -> dict[str, Any]:
    return {"wishes": WISHES}


@org.get("/members/<uuid:membership_id>/ask/<wish>")
@on(Membership, may=policy.ask_for_member)
def ask_for(membership: Membership, wish: str) -> ResponseReturnValue:
    """What the cell asks for, and why."""
    meant = _meant(wish)
    filled = following(membership.user) if meant is Wish.EXEMPTION else {"since": today()}
    return _asking(membership, meant, FORMS[meant](**filled))


@org.post("/members/<uuid:membership_id>/ask/<wish>")
@on(Membership, may=policy.ask_for_member)
def ask(membership: Membership, wish: str) -> ResponseReturnValue:
    """Ask it."""
    meant = _meant(wish)
    form = FORMS[meant](request.form)
    if form.validate():
        words = {name: value or "" for name, value in form.data.items()}
        days = {"since": form["since"].data, "until": words.pop("until", None) or None}
        with refusals(form):
            petition = petitioning.ask(
                db(), membership, wish=meant, by=actor(), now=now(), **{**words, **days}
            )
    if form.errors:
        return _asking(membership, meant, form), 422
    flash(gettext("The request is sent to the committee above."), "ok")
    return redirect(url_for(".show_petition", petition_id=petition.id))


@org.get("/petitions/")
@holding(*JUDGES, *KEEPERS)
def list_petitions() -> ResponseReturnValue:
    """The requests that wait for an answer, and those answered last."""
    visible = scope.visible_petitions(actor())
    return render_template(
        "org/petitions.html",
        waiting=pending.waiting(db(), visible=visible),
        answered=pending.answered(db(), visible=visible),
    )


@org.get("/petitions/<uuid:petition_id>")
@on(Petition, may=policy.see_petition)
def show_petition(petition: Petition) -> ResponseReturnValue:
    """What is asked, why, and what has become of it."""
    return _page(petition, AnswerForm())


@org.post("/petitions/<uuid:petition_id>/withdraw")
@on(Petition, may=policy.ask_for_member)
def withdraw_petition(petition: Petition) -> ResponseReturnValue:
    """The cell asks no longer."""
    petitioning.withdraw(db(), petition, by=actor(), now=now())
    flash(gettext("The request is withdrawn."), "ok")
    return redirect(url_for(".show_petition", petition_id=petition.id))


@org.post("/petitions/<uuid:petition_id>/decline")
@on(Petition, may=policy.decide_petition)
def decline_petition(petition: Petition) -> ResponseReturnValue:
    """Not to be done, with the reason."""
    form = AnswerForm(request.form)
    if form.validate():
        with refusals(form):
            petitioning.decline(
                db(), petition, answer=form.answer.data or "", by=actor(), now=now()
            )
    if form.errors:
        return _page(petition, form), 422
    flash(gettext("The request is declined; the cell is told why."), "ok")
    return redirect(url_for(".show_petition", petition_id=petition.id))


def _meant(wish: str) -> Wish:
    if wish not in set(Wish):
        raise Missing(N_("There is nothing here."))
    return Wish(wish)


def _asking(membership: Membership, wish: Wish, form: AskForm) -> str:
    return render_template("org/ask.html", membership=membership, wish=wish, form=form)


def _page(petition: Petition, form: AnswerForm) -> str:
    meant = petitioning.membership_meant(db(), petition)
    latest = queries.latest_membership(db(), petition.user_id)
    return render_template(
        "org/petition.html", petition=petition, meant=meant, latest=latest, form=form
    )
