"""The desk of an act: its form, the units and members to choose among, and the plan they make."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy import ColumnElement

from studyhub.access import policy, scope
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.org.models import Membership, Unit, UnitKind
from studyhub.org.succession import Act
from studyhub.reorganization import candidates as choice
from studyhub.reorganization.candidates import Candidates
from studyhub.reorganization.scheme import members_of
from studyhub.web.reorganization.forms import (
    ActForm,
    ConsolidateForm,
    DissolveForm,
    MergeForm,
    MoveForm,
    RenameForm,
    SplitForm,
)
from studyhub.web.request import actor, db, today

FORMS: dict[Act, type[ActForm]] = {
    Act.MERGE: MergeForm,
    Act.CONSOLIDATE: ConsolidateForm,
    Act.SPLIT: SplitForm,
    Act.RENAME: RenameForm,
    Act.MOVE: MoveForm,
    Act.DISSOLVE: DissolveForm,
}
FOUNDING = (Act.CONSOLIDATE, Act.SPLIT)
"""They found units below the one above; so one needs to keep that, too."""

NOBODY = Candidates((), {})


@dataclass(kw_only=True)
class Desk:
    """All that lies on it. `members` are those who may become secretary, or are given a place."""

    act: Act
    unit: Unit
    form: Any
    """One of the forms of `FORMS`."""
    chosen: tuple[UUID, ...] = ()
    """The units that take part, the one in the address first."""
    candidates: Candidates = NOBODY
    members: Sequence[Membership] = ()
    children: Sequence[Unit] = ()
    places: dict[str, str] = field(default_factory=dict)
    """Where each part goes, by its id, as it was chosen."""

    @property
    def parts(self) -> list[UUID]:
        """The members, or the units below, that a split or a dissolution gives places to."""
        return [one.user_id for one in self.members] if self.unit.is_cell else self._children

    @property
    def _children(self) -> list[UUID]:
        return [one.id for one in self.children]

    @property
    def counts(self) -> Counter[str]:
        """How many go to each place."""
        return Counter(self.places.get(str(part), "") for part in self.parts)

    @property
    def label(self) -> str:
        """The words for units of this kind: cells, or organizations."""
        return "cells" if self.unit.is_cell else "organizations"


def possible(by: Actor, unit: Unit) -> tuple[Act, ...]:
    """What this person can do to this unit, as it stands in the tree."""
    if unit.kind is UnitKind.GROUP or (unit.until is not None and unit.until < by.today):
        return ()
    if unit.parent is None:
        return (Act.RENAME,)
    keeps_above = policy.reorganize(by, unit.parent)
    return tuple(act for act in Act if keeps_above or act not in FOUNDING)


def desk_for(act: Act, unit: Unit) -> Desk:
    """The form as it was sent, or an empty one, with its choices."""
    form = FORMS[act](request.form or None, **_defaults(unit))
    desk = Desk(act=act, unit=unit, form=form, chosen=(unit.id,))
    _FILL[act](desk)
    return desk


def within() -> ColumnElement[bool]:
    """The units one may reorganize; all others are not there."""
    return scope.kept_units(actor())


def identity(text: str | None) -> UUID:
    """An id out of a form; what is none, is nothing here."""
    try:
        return UUID(text or "")
    except ValueError:
        raise Missing(N_("There is nothing here.")) from None


def _defaults(unit: Unit) -> dict[str, Any]:
    return {
        "day": today(),
        "goes_on": True,
        "name": "",
        "short_name": "",
        "target": str(unit.id),
    }


def _among(desk: Desk, where: ColumnElement[bool], chosen: Sequence[UUID]) -> None:
    """The units to choose from, those that were chosen among them whatever they are."""
    words = (desk.form.find.data or "")[:200]
    desk.candidates = choice.candidates(
        db(), desk.unit, within() & where, words=words, chosen=chosen
    )
    choice.units_of(db(), chosen, within=within())


def _fill_regrouping(desk: Desk) -> None:
    """Merging and consolidating: units to tick, and a secretary out of their members."""
    form = desk.form
    ticked = [identity(one) for one in form.units.data or ()]
    if desk.act is Act.MERGE and form.target.data:
        ticked.append(identity(form.target.data))
    others = [one for one in dict.fromkeys(ticked) if one != desk.unit.id]
    desk.chosen = (desk.unit.id, *others)
    _among(desk, choice.like(desk.unit), others)
    if desk.act is Act.MERGE:
        form.target.choices = _named([desk.unit, *desk.candidates.units])
    if desk.unit.is_cell:
        desk.members = members_of(db(), choice.units_of(db(), desk.chosen, within=within()))
    form.secretary.choices = _people(desk.members, several=len(desk.chosen) > 1)


def _fill_split(desk: Desk) -> None:
    _take_parts(desk)
    form = desk.form
    if request.form.get("step") == "add":
        form.founded.append_entry()
    _put_the_rest(desk)
    for number, row in enumerate(form.founded):
        coming = [one for one in desk.members if _place(desk, one) == key_of(number)]
        row.form.secretary.choices = _people(coming, several=False)


def _put_the_rest(desk: Desk) -> None:
    """The button that sends all who have no place yet to one of the new units."""
    step, _, place = request.form.get("step", "").partition(":")
    if step == "rest":
        free = [str(one) for one in desk.parts if not desk.places.get(str(one))]
        desk.places |= dict.fromkeys(free, place)


def _fill_dissolution(desk: Desk) -> None:
    _take_parts(desk)
    sent = [desk.form.target.data or "", *desk.places.values()]
    chosen = [identity(one) for one in sent if one and one != str(desk.unit.id)]
    _among(desk, choice.like(desk.unit), chosen)
    target = desk.form.target
    target.choices = {"": N_("Choose"), **_named(desk.candidates.units)}
    if target.data == str(desk.unit.id):
        target.data = ""


def _fill_move(desk: Desk) -> None:
    target = desk.form.target
    if target.data == str(desk.unit.id):
        target.data = ""
    _among(desk, choice.above(desk.unit), [identity(target.data)] if target.data else [])
    target.choices = _named(desk.candidates.units)


def _fill_names(desk: Desk) -> None:
    """Nothing to choose; the names are those of now until others are typed."""
    if not request.form:
        desk.form.name.data = desk.unit.name
        desk.form.short_name.data = desk.unit.short_name


def _take_parts(desk: Desk) -> None:
    if desk.unit.is_cell:
        desk.members = members_of(db(), [desk.unit])
    else:
        day = desk.form.day.data or today()
        desk.children = choice.children_on(db(), desk.unit, day)
    sent = ((str(part), request.form.get(f"place-{part}", "")) for part in desk.parts)
    desk.places = {part: place for part, place in sent if place}


def key_of(number: int) -> str:
    """What stands for a new unit until it has an id."""
    return f"new{number}"


def _place(desk: Desk, member: Membership) -> str:
    return desk.places.get(str(member.user_id), "")


def _named(units: Sequence[Unit]) -> dict[str, str]:
    return {str(one.id): one.name for one in units}


def _people(members: Sequence[Membership], *, several: bool) -> dict[str, str]:
    named = {
        str(one.user_id): f"{one.user.full_name} ({one.cell.label})"
        if several
        else one.user.full_name
        for one in members
    }
    return {"": N_("Nobody is appointed now"), **named}


_FILL = {
    Act.MERGE: _fill_regrouping,
    Act.CONSOLIDATE: _fill_regrouping,
    Act.SPLIT: _fill_split,
    Act.RENAME: _fill_names,
    Act.MOVE: _fill_move,
    Act.DISSOLVE: _fill_dissolution,
}
