"""Adding a member, and the page of a person."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, reach, scope
from studyhub.accounts.models import User
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.org import pending, queries, service
from studyhub.org.models import Membership, Standing, Transfer, Unit
from studyhub.org.petitions import Petition
from studyhub.org.queries import History
from studyhub.org.service import Newcomer
from studyhub.org.stays import Stay
from studyhub.study.record import Record, record_of
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.org import slip
from studyhub.web.org.blueprint import org
from studyhub.web.org.forms import NewMemberForm
from studyhub.web.org.history import present_of
from studyhub.web.org.recorded import subjects, told
from studyhub.web.request import actor, db, now, today, zone


@org.get("/units/<uuid:unit_id>/add-member")
@on(Unit, may=policy.change_unit)
def new_member(unit: Unit) -> ResponseReturnValue:
    """Who is admitted to the cell."""
    return _admission(unit, _new_member_form(unit))


@org.post("/units/<uuid:unit_id>/add-member")
@on(Unit, may=policy.change_unit)
def add_member(unit: Unit) -> ResponseReturnValue:
    """Admit them; the next page shows the first password, once."""
    form = _new_member_form(unit)
    if form.validate():
        with refusals(form):
            added = _admit(unit, form)
    if form.errors:
        return _admission(unit, form), 422
    return _hand_over(added)


@org.get("/members/<uuid:membership_id>")
@on(Membership, may=policy.see_member)
def show_member(membership: Membership) -> ResponseReturnValue:
    """The person: how to reach them, posts, exemptions, and their whole way."""
    history = queries.history_of(db(), membership.user_id)
    latest, present = history.memberships[0], present_of(history, today())
    is_latest = present.id == membership.id
    if not is_latest and policy.see_member(actor(), present):
        return redirect(url_for(".show_member", membership_id=present.id))
    record = _record(history) if is_latest else Record()
    return render_template(
        "org/member.html",
        membership=membership,
        person=membership.user,
        is_latest=is_latest,
        exemption=next((row for row in history.exemptions if row.covers(today())), None),
        coming=[row for row in history.exemptions if row.since > today()],
        posts=[row for row in history.appointments if row.covers(today())],
        events=told(history, record, zone()) if is_latest else [],
        still_required=record.still_required,
        stays=[row for row in history.stays if is_latest and _goes_on(row)],
        asked=_asked_about(membership) if is_latest else [],
        coming_to=latest if latest.id != present.id else None,
        moved=_may_take_back(history),
    )


def _record(history: History) -> Record:
    visible = scope.visible_rounds(actor())
    person_id = history.memberships[0].user_id
    return record_of(db(), person_id, subjects(history), visible=visible)


def _asked_about(membership: Membership) -> Sequence[Petition]:
    """The requests that wait, for those who asked and those who decide."""
    if not actor().holds(*reach.JUDGES, *reach.KEEPERS):
        return []
    return pending.about(db(), membership.user_id, visible=scope.visible_petitions(actor()))


def _goes_on(stay: Stay) -> bool:
    return stay.taken_back_at is None and stay.until >= today()


def _may_take_back(history: History) -> Transfer | None:
    """The transfer that led to where the person is last, if it can be taken back by the actor."""
    latest = history.memberships[0]
    return next(
        (
            moved
            for moved in history.transfers
            if moved.begun_id == latest.id
            and moved.reorganization_id is None
            and moved.taken_back_at is None
            and latest.until is None
            and policy.change_member(actor(), latest)
            and policy.change_unit(actor(), moved.origin)
        ),
        None,
    )


def _admit(unit: Unit, form: NewMemberForm) -> Newcomer:
    if form.since.data is None:
        raise Unfit(N_("Type the day."))
    groups = {str(group.id): group for group in queries.groups_of(db(), unit, form.since.data)}
    return service.add_member(
        db(),
        unit,
        form.who,
        standing=Standing(form.standing.data),
        since=form.since.data,
        group=groups.get(form.group.data or ""),
        basis=form.basis.data or "",
        give_password=form.can_sign_in,
        by=actor(),
        now=now(),
    )


def _hand_over(added: Newcomer) -> ResponseReturnValue:
    page = url_for(".show_member", membership_id=added.membership.id)
    user: User = added.membership.user
    flash(gettext("%(name)s is admitted to the cell.", name=user.full_name), "ok")
    if added.first_password is None:
        return redirect(page)
    slip.keep(user, added.first_password, page)
    return redirect(url_for(".show_slip"))


def _new_member_form(cell: Unit) -> NewMemberForm:
    form = NewMemberForm(request.form or None, since=today())
    groups = queries.groups_of(db(), cell, today())
    form.group.choices = {"": N_("None"), **{str(group.id): group.name for group in groups}}
    return form


def _admission(cell: Unit, form: NewMemberForm) -> str:
    return render_template("org/new_member.html", unit=cell, form=form)
