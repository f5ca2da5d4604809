"""The posts on a unit: who holds them, taking them up, laying them down."""

from collections.abc import Collection
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, reach, scope
from studyhub.accounts import service as accounts
from studyhub.accounts.models import User
from studyhub.essays.leading import note_leaders
from studyhub.kernel.actor import Post
from studyhub.kernel.errors import Forbidden, Missing, Unfit
from studyhub.kernel.words import N_
from studyhub.org import finding, queries, service
from studyhub.org.models import Appointment, Unit
from studyhub.org.rules import POSTS, STANDING_OVER
from studyhub.review import handover
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.org import slip
from studyhub.web.org.blueprint import POSTS as NAMES
from studyhub.web.org.blueprint import org
from studyhub.web.org.forms import AppointForm, EndForm, NewOfficerForm
from studyhub.web.request import actor, db, now, today


@org.get("/units/<uuid:unit_id>/posts")
@on(Unit, may=policy.change_unit)
def show_posts(unit: Unit) -> ResponseReturnValue:
    """Who holds which post, who held it before, and a form to give one."""
    return _page(unit, _appoint_form(unit))


@org.post("/units/<uuid:unit_id>/posts")
@on(Unit, may=policy.change_unit)
def appoint(unit: Unit) -> ResponseReturnValue:
    """Give somebody a post."""
    form = _appoint_form(unit)
    if form.validate():
        with refusals(form):
            given = _appoint(unit, meant(form.who.data or ""), form)
    if form.errors:
        return _page(unit, form), 422
    flash(_taken_up(given), "ok")
    return redirect(url_for(".show_posts", unit_id=unit.id))


@org.get("/units/<uuid:unit_id>/posts/<uuid:appointment_id>/lay-down")
@on(Unit, may=policy.change_unit)
def ask_to_lay_down(unit: Unit, appointment_id: UUID) -> ResponseReturnValue:
    """The last day of the post."""
    return _farewell(unit, held_on(unit, appointment_id), EndForm(until=today()))


@org.post("/units/<uuid:unit_id>/posts/<uuid:appointment_id>/lay-down")
@on(Unit, may=policy.change_unit)
def lay_down(unit: Unit, appointment_id: UUID) -> ResponseReturnValue:
    """The post ends on that day."""
    appointment, form = held_on(unit, appointment_id), EndForm(request.form)
    if form.validate() and form.until.data:
        basis = form.basis.data or ""
        with refusals(form):
            service.lay_down(
                db(), appointment, until=form.until.data, basis=basis, by=actor(), now=now()
            )
    if form.errors:
        return _farewell(unit, appointment, form), 422
    flash(gettext("The post is laid down."), "ok")
    return redirect(url_for(".show_posts", unit_id=unit.id))


@org.get("/units/<uuid:unit_id>/add-officer")
@on(Unit, may=policy.change_unit)
def new_officer(unit: Unit) -> ResponseReturnValue:
    """Somebody who belongs to none of the cells."""
    return render_template("org/new_officer.html", unit=unit, form=_officer_form(unit))


@org.post("/units/<uuid:unit_id>/add-officer")
@on(Unit, may=policy.change_unit)
def add_officer(unit: Unit) -> ResponseReturnValue:
    """Add the person with the post; the next page shows the first password, once."""
    form = _officer_form(unit)
    if form.validate():
        with refusals(form):
            user = _add_person(form)
            _appoint(unit, user, form)
            password = accounts.give_first_password(db(), user, by=actor(), now=now())
    if form.errors:
        return render_template("org/new_officer.html", unit=unit, form=form), 422
    slip.keep(user, password, url_for(".show_posts", unit_id=unit.id))
    return redirect(url_for(".show_slip"))


def held_on(unit: Unit, appointment_id: UUID) -> Appointment:
    """The post by its id, if it is one on this unit and the actor may change it."""
    found = db().get(Appointment, appointment_id)
    if found is None or found.unit_id != unit.id:
        raise Missing(N_("There is nothing here."))
    _require_power_over(unit, found.post)
    return found


def _appoint(unit: Unit, user: User, form: AppointForm | NewOfficerForm) -> Appointment:
    _require_power_over(unit, Post(form.post.data))
    if form.since.data is None:
        raise Unfit(N_("Type the day."))
    given = service.appoint(
        db(),
        user,
        unit,
        Post(form.post.data),
        since=form.since.data,
        until=form.until.data,
        basis=form.basis.data or "",
        by=actor(),
        now=now(),
    )
    note_leaders(db(), today(), who=user)
    return given


def _require_power_over(unit: Unit, post: Post) -> None:
    if post is Post.ADMIN and not policy.appoint_administrator(actor(), unit):
        raise Forbidden(N_("Administrators are appointed by administrators only."))


def _add_person(form: NewOfficerForm) -> User:
    if not form.can_sign_in:
        raise Unfit(
            N_("Type a card number or an e-mail address: one is needed to sign in."),
            about="card_number",
        )
    return accounts.add_person(db(), **vars(form.who), by=actor(), now=now())


def meant(typed: str, first: Collection[UUID] = ()) -> User:
    """Who is meant by a name, card number or address: one person, or a refusal that says why.

    Of several of one name it is the one who is among the `first`.
    """
    found = finding.meant_by(db(), typed, visible=scope.visible_members(actor()))
    if not found:
        raise Unfit(
            N_("Nobody is found under “%(typed)s”. Check the name."), about="who", typed=typed
        )
    if len(found) > 1:
        found = [one for one in found if one.id in first] or found
    if len(found) > 1:
        raise Unfit(
            N_("%(count)d people bear this name. Type the card number instead."),
            about="who",
            count=len(found),
        )
    return found[0]


def _appoint_form(unit: Unit) -> AppointForm:
    form = AppointForm(request.form or None, since=today())
    form.post.choices = _choices(unit, POSTS[unit.kind])
    return form


def _officer_form(unit: Unit) -> NewOfficerForm:
    form = NewOfficerForm(request.form or None, since=today())
    allowed = tuple(post for post in POSTS[unit.kind] if post in STANDING_OVER)
    form.post.choices = _choices(unit, allowed)
    return form


def _choices(unit: Unit, posts: tuple[Post, ...]) -> dict[str, str]:
    admins_too = policy.appoint_administrator(actor(), unit)
    allowed = [post for post in posts if admins_too or post is not Post.ADMIN]
    return {post.value: NAMES[post] for post in allowed}


def _page(unit: Unit, form: AppointForm) -> str:
    ever = queries.posts_ever(db(), unit)
    return render_template(
        "org/posts.html",
        unit=unit,
        form=form,
        held=sorted((row for row in ever if not _is_over(row)), key=queries.by_rank),
        former=[row for row in ever if _is_over(row)],
        members=queries.members_of(db(), unit, today()) if unit.is_cell else [],
        belonging=queries.belonging(db(), [row.user_id for row in ever]),
    )


def _is_over(row: Appointment) -> bool:
    return row.until is not None and row.until < today()


def _farewell(unit: Unit, appointment: Appointment, form: EndForm) -> str:
    judges = appointment.post in reach.JUDGES
    others = queries.posts_on(db(), unit, today()) if judges else []
    return render_template(
        "org/lay_down.html",
        unit=unit,
        appointment=appointment,
        form=form,
        piles=handover.piles(db(), unit, appointment.user_id) if judges else [],
        others=[row for row in others if row.post in reach.JUDGES and row.id != appointment.id],
    )


def _taken_up(given: Appointment) -> str:
    return gettext("%(name)s takes up the post.", name=given.user.full_name)
