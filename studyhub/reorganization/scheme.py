"""A plan with the units and people themselves at hand: checked, and ready to be shown or done."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, selectinload

from studyhub.accounts.models import User
from studyhub.kernel.clock import ONE_DAY
from studyhub.kernel.errors import Missing, Unfit
from studyhub.kernel.words import N_
from studyhub.org.models import Membership, Unit, UnitKind
from studyhub.org.placing import require_movable, require_renamable
from studyhub.org.quiet import require_quiet, require_standing
from studyhub.org.succession import Act
from studyhub.org.tree import is_within
from studyhub.reorganization.plan import Plan, require_whole

STAYS = ""
"""The place of whoever stays where they are."""


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """What the plan is about: units, the one that stays or takes in, members, units below."""

    plan: Plan
    units: Sequence[Unit]
    others: dict[str, Unit]
    """The units that take somebody in and exist already, by id as text."""
    members: Sequence[Membership]
    children: Sequence[Unit]

    @property
    def is_of_cells(self) -> bool:
        """Whether people go over, rather than units below."""
        return self.units[0].is_cell

    @property
    def ending(self) -> Sequence[Unit]:
        """The units that will no longer be there."""
        if self.plan.act in {Act.RENAME, Act.MOVE} or self.plan.goes_on:
            return ()
        return self.units

    @property
    def target(self) -> Unit | None:
        """The unit that stays, or takes in."""
        return self.others.get(str(self.plan.target))

    @property
    def main_place(self) -> str:
        """Where those go who have no place of their own: a key, an id, or nowhere."""
        if self.plan.act is Act.CONSOLIDATE:
            return self.plan.founded[0].key
        if self.plan.act in {Act.MERGE, Act.DISSOLVE}:
            return str(self.plan.target or STAYS)
        return STAYS

    def place_of(self, part_id: UUID) -> str:
        """Where a member, or a unit below, goes."""
        return self.plan.parts.get(str(part_id)) or self.main_place

    def arriving_at(self, place: str) -> list[Membership]:
        """The members who go there."""
        return [one for one in self.members if self.place_of(one.user_id) == place]

    @property
    def places(self) -> list[str]:
        """Every place somebody can go to, the main one first."""
        named = [one.key for one in self.plan.founded]
        used = [place for place in self.plan.parts.values() if place]
        return list(dict.fromkeys(filter(None, [self.main_place, *named, *used])))


def scheme(db: Session, plan: Plan) -> Scheme:
    """Look up all that the plan names and refuse what cannot be done, each time it is asked."""
    require_whole(plan)
    units = _units(db, plan.units)
    found = Scheme(
        plan=plan,
        units=units,
        others={str(one.id): one for one in _units(db, _other_ids(plan))},
        members=members_of(db, units) if units[0].is_cell else (),
        children=_children(db, units, plan) if not units[0].is_cell else (),
    )
    _CHECKS[plan.act](db, found)
    return found


def _other_ids(plan: Plan) -> list[UUID]:
    keys = {one.key for one in plan.founded}
    named = [UUID(place) for place in plan.parts.values() if place and place not in keys]
    return list(dict.fromkeys([*([plan.target] if plan.target else []), *named]))


def _units(db: Session, ids: Sequence[UUID]) -> Sequence[Unit]:
    rows = db.scalars(select(Unit).where(Unit.id.in_(ids)).options(selectinload(Unit.parent)))
    found = {unit.id: unit for unit in rows}
    if len(found) < len(set(ids)):
        raise Missing(N_("There is nothing here."))
    return [found[one] for one in dict.fromkeys(ids)]  # type: ignore[index]  # a UnitId is a UUID


def members_of(db: Session, units: Sequence[Unit]) -> Sequence[Membership]:
    """Who belongs to these cells until further notice, by name."""
    return db.scalars(
        select(Membership)
        .join(Membership.user)
        .where(Membership.cell_id.in_([unit.id for unit in units]), Membership.until.is_(None))
        .options(contains_eager(Membership.user))
        .order_by(User.name_order, User.born_on, User.id)
    ).all()


def _children(db: Session, units: Sequence[Unit], plan: Plan) -> Sequence[Unit]:
    return db.scalars(
        select(Unit)
        .where(Unit.parent_id.in_([unit.id for unit in units]), Unit.covers(plan.day))
        .order_by(Unit.path)
    ).all()


def _check_regrouping(db: Session, found: Scheme) -> None:
    """What holds whenever units end and their parts go elsewhere."""
    kinds = {unit.kind for unit in (*found.units, *found.others.values())}
    if len(kinds) > 1:
        raise Unfit(N_("Only units of one kind can be put together."), about="units")
    if UnitKind.GROUP in kinds:
        raise Unfit(N_("A group is part of its cell, and changes with it."), about="units")
    if any(unit.parent_id is None for unit in found.ending):
        raise Unfit(N_("The root of the tree cannot end."), about="units")
    require_quiet(db, found.units, found.plan.day)
    _check_others(found)


def _check_others(found: Scheme) -> None:
    for other in found.others.values():
        require_standing(other, found.plan.day + ONE_DAY)
        if other in found.units:
            raise Unfit(N_("A unit cannot be merged into itself."), about="target")
        if any(is_within(other.path, unit.path) for unit in found.units):
            raise Unfit(N_("A unit cannot stand below itself."), about="target")
        if any(is_within(unit.path, other.path) for unit in found.units):
            raise Unfit(
                N_("%(unit)s lies above a unit it would take in."), about="target", unit=other.name
            )


def _check_consolidation(db: Session, found: Scheme) -> None:
    _check_regrouping(db, found)
    for unit in found.units:
        if any(is_within(unit.path, other.path) for other in found.units if other is not unit):
            raise Unfit(N_("One of these units lies below another."), about="units")


def _check_split(db: Session, found: Scheme) -> None:
    _check_regrouping(db, found)
    parts: list[UUID] = [one.user_id for one in found.members]
    parts += [one.id for one in found.children]
    placed = [found.place_of(part) for part in parts]
    empty = next((one for one in found.plan.founded if one.key not in placed), None)
    if empty is not None:
        raise Unfit(N_("Nobody has been given a place in %(unit)s."), about="parts",
                    unit=empty.name)  # fmt: skip
    _require_all_placed(found, placed)


def _check_dissolution(db: Session, found: Scheme) -> None:
    _check_regrouping(db, found)
    if found.children:
        raise Unfit(
            N_("%(unit)s still has units below it. Move them first."),
            about="units", unit=found.units[0].name,
        )  # fmt: skip
    _require_all_placed(found, [found.place_of(one.user_id) for one in found.members])


def _require_all_placed(found: Scheme, placed: Sequence[str]) -> None:
    without = placed.count(STAYS)
    if found.ending and without:
        raise Unfit(
            N_("%(count)d have no place yet. Say where each of them goes."),
            about="parts", count=without,
        )  # fmt: skip


def _check_renaming(db: Session, found: Scheme) -> None:
    plan = found.plan
    require_renamable(db, found.units[0], plan.name, plan.short_name, plan.day)


def _check_moving(db: Session, found: Scheme) -> None:
    if found.target is None:
        raise Missing(N_("There is nothing here."))
    require_movable(db, found.units[0], found.target, found.plan.day)


_CHECKS = {
    Act.MERGE: _check_regrouping,
    Act.CONSOLIDATE: _check_consolidation,
    Act.SPLIT: _check_split,
    Act.DISSOLVE: _check_dissolution,
    Act.RENAME: _check_renaming,
    Act.MOVE: _check_moving,
}
