"""An act is carried out: units end and begin, members go together, posts and successions follow."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.essays.leading import note_leaders
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.clock import ONE_DAY
from studyhub.org import closing, collective, placing, posts, rehosting, successions, units
from studyhub.org.models import Membership, Unit
from studyhub.org.stretches import lay_down_all, posts_in_cell
from studyhub.org.succession import Act, Reorganization, Role
from studyhub.reorganization import going_over, touched
from studyhub.reorganization.plan import NewUnit, plan_of
from studyhub.reorganization.scheme import STAYS, Scheme, scheme


class Doing:
    """One act under way; remembers for undoing what it changes."""

    def __init__(
        self, db: Session, act: Reorganization, *, by: Actor | None, now: datetime
    ) -> None:
        self.db, self.act, self.by, self.now = db, act, by, now
        self.plan = plan_of(act)
        if self.plan.act in REGROUPING:
            collective.members_to_move(db, _cells(db, self.plan.units))
        self.scheme: Scheme = scheme(db, self.plan)
        self.units_at: dict[str, Unit] = dict(self.scheme.others)
        self.before: dict[str, Any] = {
            "posts": {}, "units": {}, "founded": [], "appointed": [], "audience": [],
            "stays": [],
        }  # fmt: skip

    def carry_out(self) -> dict[str, Any]:
        """Do it all, in the transaction of the caller; tell what undoing needs."""
        touched.forget(self.db, self.act)
        touched.note(self.db, self.act, Role.BEFORE, self.scheme.units)
        {Act.RENAME: self._rename, Act.MOVE: self._move}.get(self.plan.act, self._regroup)()
        touched.note(self.db, self.act, Role.AFTER, self._after())
        return self.before

    def _rename(self) -> None:
        unit = self.scheme.units[0]
        placing.rename(
            self.db, unit, name=self.plan.name, short_name=self.plan.short_name, on=self.act.day,
            reorganization_id=self.act.id, by=self.by, now=self.now,
        )  # fmt: skip
        going_over.carry_branches(self.db, self.act, [unit], now=self.now)

    def _move(self) -> None:
        unit = self.scheme.units[0]
        self._put_below(unit, self.units_at[str(self.plan.target)])
        going_over.carry_branches(self.db, self.act, [unit], now=self.now)

    def _regroup(self) -> None:
        for new in self.plan.founded:
            self._found(new)
        if self.scheme.is_of_cells:
            self._move_members()
        else:
            self._move_units_below()
        self._end_units()
        self._appoint()
        self._take_rounds_along()

    def _take_rounds_along(self) -> None:
        db, found, now = self.db, self.scheme, self.now
        self.before["audience"] = going_over.replace_audience(db, found.ending, self._heirs)
        if found.is_of_cells:
            going_over.carry_members(db, self.act, found.units, self._heirs, now=now)
        else:
            going_over.carry_branches(db, self.act, found.children, now=now)

    def _found(self, new: NewUnit) -> None:
        first = self.scheme.units[0]
        founded = units.found_unit(
            self.db, first.parent, kind=first.kind, name=new.name, short_name=new.short_name,
            since=self.act.day, by=self.by, now=self.now,
        )  # fmt: skip
        self.units_at[new.key] = founded
        self.before["founded"].append(str(founded.id))

    def _move_members(self) -> None:
        for place in self.scheme.places:
            going = [one for one in self.scheme.arriving_at(place) if one.until is None]
            if self.plan.goes_on:
                self._lay_down_posts(going)
            collective.move_together(
                self.db, going, self.units_at[place], on=self.act.day, basis=self.act.basis,
                reorganization_id=self.act.id, by=self.by, now=self.now,
            )  # fmt: skip

    def _lay_down_posts(self, going: list[Membership]) -> None:
        last = self.act.day - ONE_DAY
        for one in going:
            held = posts_in_cell(self.db, one, last)
            self.before["posts"] |= closing.terms_of(held)
            lay_down_all(self.db, held, until=last, basis=self.act.basis, by=self.by, now=self.now)

    def _move_units_below(self) -> None:
        for child in self.scheme.children:
            place = self.scheme.place_of(child.id)
            if place != STAYS:
                self._put_below(child, self.units_at[place])

    def _put_below(self, unit: Unit, to: Unit) -> None:
        placing.move(
            self.db, unit, to, on=self.act.day, reorganization_id=self.act.id, by=self.by,
            now=self.now,
        )  # fmt: skip

    def _end_units(self) -> None:
        last = self.act.day - ONE_DAY
        for unit in self.scheme.ending:
            ended = closing.end_unit(
                self.db, unit, last=last, basis=self.act.basis, by=self.by, now=self.now
            )
            self.before["posts"] |= ended["posts"]
            self.before["units"] |= ended["units"]
            heirs = self._heirs(unit)
            self.before["stays"] += rehosting.move_stays(
                self.db, unit, next(iter(heirs), None), self.act.day, basis=self.act.basis,
                by=self.by, now=self.now,
            )  # fmt: skip
            successions.succeed(self.db, unit, heirs, reorganization_id=self.act.id)

    def _heirs(self, _unit: Unit) -> list[Unit]:
        """Who stands in the place of a unit that ends, the main one first."""
        used = {self.scheme.place_of(one.user_id) for one in self.scheme.members}
        used |= {self.scheme.place_of(one.id) for one in self.scheme.children}
        main = self.scheme.main_place
        return [self.units_at[place] for place in self.scheme.places if place in {main, *used}]

    def _appoint(self) -> None:
        if self.plan.secretary and self.scheme.main_place != STAYS:
            self._make_secretary(self.plan.secretary, self.units_at[self.scheme.main_place])
        for new in self.plan.founded:
            if new.secretary:
                self._make_secretary(new.secretary, self.units_at[new.key])

    def _make_secretary(self, user_id: UUID, cell: Unit) -> None:
        held = [one for one in closing.posts_until(self.db, cell, self.act.day - ONE_DAY)
                if one.post is Post.SECRETARY]  # fmt: skip
        if any(one.user_id == user_id for one in held):
            return
        self.before["posts"] |= closing.terms_of(held)
        last, basis = self.act.day - ONE_DAY, self.act.basis
        lay_down_all(self.db, held, until=last, basis=basis, by=self.by, now=self.now)
        appointed = posts.appoint(
            self.db, self.db.get_one(User, user_id), cell, Post.SECRETARY, since=self.act.day,
            basis=basis, by=self.by, now=self.now,
        )  # fmt: skip
        self.before["appointed"].append(str(appointed.id))
        note_leaders(self.db, self.act.day, who=appointed.user)

    def _after(self) -> list[Unit]:
        if self.plan.act not in REGROUPING:
            return list(self.scheme.units)
        going_on = list(self.scheme.units) if self.plan.goes_on else []
        return [*going_on, *(self.units_at[place] for place in self.scheme.places)]


REGROUPING = frozenset({Act.MERGE, Act.CONSOLIDATE, Act.SPLIT, Act.DISSOLVE})


def _cells(db: Session, ids: tuple[UUID, ...]) -> list[Unit]:
    found = (db.get(Unit, one) for one in ids)
    return [unit for unit in found if unit is not None and unit.is_cell]
