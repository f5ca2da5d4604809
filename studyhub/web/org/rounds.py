"""Open rounds beside a dated act: what it would change there, and changing what was chosen."""

from flask import request

from studyhub.access import policy, scope
from studyhub.accounts.models import User
from studyhub.kernel.errors import Conflict
from studyhub.kernel.words import N_
from studyhub.study import touched
from studyhub.study.touched import Step, Touched
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, now, zone

CHOSEN = "change"
"""The field of a form that names the rounds to be changed, by the person's place on the list."""


def foreseen(person: User, step: Step) -> Touched:
    """The open rounds the person is on, as far as one may see them."""
    return touched.touched(
        db(),
        person,
        step,
        visible=scope.visible_rounds(actor()),
        manages=lambda round_: policy.manage_round(actor(), round_),
        zone=zone(),
    )


def chosen() -> set[str]:
    """What was ticked."""
    return set(request.form.getlist(CHOSEN))


def change_calls(person: User, step: Step, *, reason: str, basis: str) -> None:
    """Change the rounds that were ticked; all of them, or the whole act is refused."""
    wanted = chosen()
    if not wanted:
        return
    open_to_change = {str(t.summons.id): t for t in foreseen(person, step).rounds if t.call}
    if wanted - open_to_change.keys():
        raise Conflict(
            N_("A round has changed since this page was shown. Look again at what will happen.")
        )
    said = touched.reason_of(step.act, reason)
    for key in sorted(wanted):
        touched.change(db(), open_to_change[key], reason=said, basis=basis, by=actor(), now=now())


def still_required(person: User, step: Step) -> str:
    """A sentence for the answer: the rounds that go on asking the person; "" when none does."""
    titles = [round_.title for round_ in foreseen(person, step).still_required]
    if not titles:
        return ""
    return gettext("Still required in: %(rounds)s.", rounds="; ".join(titles))
