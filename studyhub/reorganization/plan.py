"""What an officer has decided, as a value: before anything is done, and kept with the act. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from studyhub.kernel.errors import Unfit
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.org.succession import Act, Reorganization


class Way(StrEnum):
    """What happens to an open round: it ends as it was summoned, or goes over to the successors."""

    CARRY = "carry"
    FINISH = "finish"


@dataclass(frozen=True, kw_only=True)
class NewUnit:
    """A unit to be founded by the act; `key` stands for it until it has an id."""

    key: str
    name: str
    short_name: str = ""
    secretary: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One act. Which of the fields it needs depends on what it does.

    `units` end, are divided, renamed or moved. `target` is the one that stays
    (merge), the new parent (move), or where those go who are given no place of
    their own (dissolve). `parts` gives members (of cells) or units below (of
    organizations) a place of their own: the key of a new unit, or a unit's id.
    """

    act: Act
    day: date
    basis: str
    units: tuple[UUID, ...]
    target: UUID | None = None
    founded: tuple[NewUnit, ...] = ()
    goes_on: bool = False
    parts: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    short_name: str = ""
    secretary: UUID | None = None
    rounds: Mapping[str, str] = field(default_factory=dict)

    def way_of(self, round_id: UUID) -> Way:
        """What was chosen for an open round; those opened since go over."""
        return Way(self.rounds.get(str(round_id), Way.CARRY))

    def as_kept(self) -> dict[str, Any]:
        """The plan as it is stored, without what the act has columns for."""
        return {
            "units": [str(one) for one in self.units],
            "target": _said(self.target),
            "founded": [
                {"key": one.key, "name": one.name, "short_name": one.short_name,
                 "secretary": _said(one.secretary)}
                for one in self.founded
            ],
            "goes_on": self.goes_on,
            "parts": dict(self.parts),
            "name": self.name,
            "short_name": self.short_name,
            "secretary": _said(self.secretary),
            "rounds": dict(self.rounds),
        }  # fmt: skip


def plan_of(reorganization: Reorganization) -> Plan:
    """The plan of an act, read back."""
    kept = reorganization.plan
    return Plan(
        act=reorganization.act,
        day=reorganization.day,
        basis=reorganization.basis,
        units=tuple(UUID(one) for one in kept["units"]),
        target=_read(kept["target"]),
        founded=tuple(
            NewUnit(**{**one, "secretary": _read(one["secretary"])}) for one in kept["founded"]
        ),
        goes_on=kept["goes_on"],
        parts=kept["parts"],
        name=kept["name"],
        short_name=kept["short_name"],
        secretary=_read(kept["secretary"]),
        rounds=kept["rounds"],
    )


LEAST_UNITS = {Act.CONSOLIDATE: 2}


def require_whole(plan: Plan) -> None:
    """Refuse a plan that does not say what its act needs to know."""
    if not tidy(plan.basis):
        raise Unfit(N_("A reorganization needs a decision: its number and day."), about="basis")
    least = LEAST_UNITS.get(plan.act, 1)
    if len(set(plan.units)) < least:
        raise Unfit(_TOO_FEW[plan.act], about="units")
    if plan.act in {Act.MERGE, Act.MOVE} and plan.target is None:
        raise Unfit(_NO_TARGET[plan.act], about="target")
    if plan.act in {Act.CONSOLIDATE, Act.SPLIT}:
        _require_new_units(plan)


_TOO_FEW = {
    Act.MERGE: N_("Choose at least one unit that is merged into another."),
    Act.CONSOLIDATE: N_("Choose at least two units that become one."),
}
_NO_TARGET = {
    Act.MERGE: N_("Choose the unit that stays."),
    Act.MOVE: N_("Choose the unit below which it will stand."),
}


def _require_new_units(plan: Plan) -> None:
    if any(not tidy(one.name) for one in plan.founded) or not plan.founded:
        raise Unfit(N_("A new unit needs a name."), about="name")
    if plan.act is Act.SPLIT and not plan.goes_on and len(plan.founded) < 2:
        raise Unfit(
            N_("A unit that ends is divided into at least two. Name them both."), about="founded"
        )
    names = [tidy(one.name).casefold() for one in plan.founded]
    if len(set(names)) < len(names):
        raise Unfit(N_("Two new units cannot have the same name."), about="founded")


def _said(identity: UUID | None) -> str | None:
    return str(identity) if identity else None


def _read(identity: str | None) -> UUID | None:
    return UUID(identity) if identity else None
