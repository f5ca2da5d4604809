"""The list to call of a cell, and what StudyHub sent to its people."""

from collections.abc import Mapping
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.kernel.errors import Missing
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.mail.models import Kind
from studyhub.org.models import Unit
from studyhub.reminding import calling, service
from studyhub.reminding.lacking import WORDS, Lack
from studyhub.rounds.models import StudyRound
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.reminding.views import reminding
from studyhub.web.request import actor, db, now

LETTERS: Mapping[str, str] = {
    Kind.INVITATION.value: N_("Invitation"),
    Kind.RECEIPT.value: N_("Receipt"),
    Kind.DECISION.value: N_("Result of an essay"),
    Kind.REMINDER.value: N_("Reminder of what is still to be done"),
}
TO_TELL = {**WORDS, Lack.SESSION: N_("come to the next session")}
"""The words of a list to call: its session need not be tomorrow."""


@reminding.get("/<uuid:round_id>/<uuid:unit_id>/calls")
@on(StudyRound, may=policy.see_round)
@on(Unit, may=policy.remind_in)
def calls(round_: StudyRound, cell: Unit) -> ResponseReturnValue:
    """Who has no mail or never signed in, what they are to be told, and their telephone."""
    found = calling.to_call(db(), round_, cell.id, by=actor(), now=now())
    return render_template(
        "reminding/calls.html", round=round_, unit=cell, callees=found, words=TO_TELL,
        next=calling.next_session(db(), round_, now=now()), today=actor().today,
    )  # fmt: skip


@reminding.post("/<uuid:round_id>/<uuid:unit_id>/calls")
@on(StudyRound, may=policy.see_round, holds=False)
@on(Unit, may=policy.remind_in, holds=False)
def called(round_: StudyRound, cell: Unit) -> ResponseReturnValue:
    """Told in person; or that was ticked by mistake."""
    person = request.form.get("told", type=UUID) or request.form.get("back", type=UUID)
    if person is None:
        raise Missing(N_("There is nothing here."))
    is_told = "told" in request.form
    deed = service.note_called if is_told else service.take_back_told
    deed(db(), round_, cell, UserId(person), by=actor(), now=now())
    flash(gettext(N_("Noted: told in person.") if is_told else N_("Taken back.")), "ok")
    return redirect(url_for(".calls", round_id=round_.id, unit_id=cell.id))


@reminding.get("/<uuid:round_id>/<uuid:unit_id>/sent")
@on(StudyRound, may=policy.see_round)
@on(Unit, may=policy.remind_in)
def sent(round_: StudyRound, cell: Unit) -> ResponseReturnValue:
    """Which letters and reminders went out to the people of the cell, and whether they arrived."""
    return render_template(
        "reminding/sent.html", round=round_, unit=cell, letters=LETTERS,
        sent=calling.sent_to(db(), round_, cell.id, now=now()), words=TO_TELL,
    )  # fmt: skip
