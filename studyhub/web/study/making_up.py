"""Making up a session: who still has to, what closes the gap, and planning a repetition."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, StringField
from wtforms.validators import InputRequired, Length

from studyhub.access import policy
from studyhub.access.reach import FOLLOWERS
from studyhub.kernel.errors import Missing, Unfit
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.study import gaps, making_up, rolls, sessions
from studyhub.study.models import Basis, StudySession
from studyhub.study.sessions import SessionPlan
from studyhub.web.fields import DayField, NameField, TimeField, moment
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext, ngettext
from studyhub.web.request import actor, db, now, zone
from studyhub.web.study.views import study

BASES: Mapping[Basis, str] = {
    Basis.SESSION: N_("at a repetition of the session"),
    Basis.RECORDING: N_("by the recording"),
    Basis.PAPER: N_("vouched for by the cell"),
}
_LONG = Length(max=1000, message=N_("At most 1,000 characters."))


class RepetitionForm(Form):
    """When and where those who missed the session meet again."""

    title = NameField(
        N_("Title"),
        [
            InputRequired(N_("Give the session a title.")),
            Length(max=200, message=N_("At most 200 characters.")),
        ],
    )
    on = DayField(N_("Day"), [InputRequired(N_("Give the day of the session."))])
    starts_at = TimeField(N_("Begins at"), [InputRequired(N_("Say when it begins."))])
    ends_at = TimeField(N_("Ends at"), [InputRequired(N_("Say when it ends."))])
    place = NameField(N_("Place"), [_LONG])
    link = StringField(N_("Link to join"), [_LONG])

    def plan(self) -> SessionPlan:
        """What was typed, as the deed takes it; check-in is open while it lasts."""
        day, starts, ends = self.on.data, self.starts_at.data, self.ends_at.data
        if not (day and starts and ends):
            raise Unfit(N_("This page is incomplete. Reload it."))
        begins, over = moment(day, starts, zone()), moment(day, ends, zone())
        return SessionPlan(
            title=self.title.data or "", starts_at=begins, ends_at=over,
            check_in_opens_at=begins, check_in_closes_at=over, place=self.place.data or "",
            link=(self.link.data or "").strip(),
        )  # fmt: skip


@study.get("/<uuid:session_id>/making-up")
@on(StudySession, may=policy.see_roll)
def gaps_by_cell(session: StudySession) -> ResponseReturnValue:
    """How many of each cell still have to make it up; who follows one cell goes to its list."""
    cells = rolls.roll_by_cell(db(), session, actor().territory(*FOLLOWERS))
    if len(cells) == 1:
        return redirect(url_for(".gap", session_id=session.id, unit_id=cells[0].cell.id))
    return render_template(
        "study/gaps.html", session=session, cells=cells, total=rolls.total(cells),
        repetitions=gaps.repetitions_of(db(), session),
    )  # fmt: skip


@study.get("/<uuid:session_id>/making-up/<uuid:unit_id>")
@on(StudySession, may=policy.see_roll)
@on(Unit, may=policy.follow_unit)
def gap(session: StudySession, unit: Unit) -> ResponseReturnValue:
    """Who of the cell still has to make it up, and who has, by what."""
    return render_template("study/gap.html", **_facts(session, unit))


@study.post("/<uuid:session_id>/making-up/<uuid:unit_id>")
@on(StudySession, may=policy.see_session)
@on(Unit, may=policy.call_roll)
def vouch(session: StudySession, unit: Unit) -> ResponseReturnValue:
    """These have made it up; the leaders of the cell vouch for it."""
    wanted = set(request.form.getlist("person"))
    ids = [
        UserId(line.summons.user_id)
        for line in gaps.gap_of(db(), session, unit).missing
        if str(line.summons.user_id) in wanted
    ]
    if not ids:
        flash(gettext("Tick those who have made up the session."), "warn")
    else:
        made = making_up.credit_many(
            db(), session, ids, basis=Basis.PAPER, by=actor(), now=now()
        )  # fmt: skip
        said = ngettext(
            "Recorded: %(num)d person has made up the session.",
            "Recorded: %(num)d persons have made up the session.",
            len(made),
        )
        flash(said, "ok")
    return redirect(url_for(".gap", session_id=session.id, unit_id=unit.id))


@study.post("/<uuid:session_id>/making-up/<uuid:unit_id>/<uuid:person_id>/back")
@on(StudySession, may=policy.see_session)
@on(Unit, may=policy.call_roll)
def take_making_up_back(session: StudySession, unit: Unit, person_id: UUID) -> ResponseReturnValue:
    """It was a mistake: back to what was recorded of the first round."""
    made_up = gaps.gap_of(db(), session, unit).made_up
    if person_id not in {line.summons.user_id for line in made_up}:
        raise Missing(N_("There is nothing here."))
    making_up.take_back(db(), session, UserId(person_id), by=actor(), now=now())
    flash(gettext("Taken back: the member is recorded as before."), "ok")
    return redirect(url_for(".gap", session_id=session.id, unit_id=unit.id))


@study.get("/<uuid:session_id>/repetition")
@on(StudySession, may=policy.manage_session)
def plan_repetition(session: StudySession) -> ResponseReturnValue:
    """The form, with what can be known of it."""
    title = gettext("Make-up: %(title)s", title=session.title)[:200]
    return _planning(session, RepetitionForm(data={"title": title, "place": session.place}))


@study.post("/<uuid:session_id>/repetition")
@on(StudySession, may=policy.manage_session)
def add_repetition(session: StudySession) -> ResponseReturnValue:
    """Plan it for those who missed the session."""
    form = RepetitionForm(request.form)
    if form.validate():
        with refusals(form):
            made = sessions.add(
                db(), session.round, form.plan(), made_up_of=session, by=actor(), now=now()
            )
    if form.errors:
        return _planning(session, form), 422
    flash(gettext("The repetition is planned. It asks only for those who missed the first."), "ok")
    return redirect(url_for(".show", session_id=made.id))


def _planning(session: StudySession, form: RepetitionForm) -> str:
    return render_template("study/repetition.html", session=session, form=form)


def _facts(session: StudySession, unit: Unit) -> dict[str, Any]:
    return {
        "session": session,
        "unit": unit,
        "gap": gaps.gap_of(db(), session, unit),
        "repetitions": gaps.repetitions_of(db(), session),
        "bases": BASES,
        "calls": policy.call_roll(actor(), unit) and session.round.state == "open",
    }
