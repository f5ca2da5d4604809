"""The plan that a form tells, and what is shown of it before it is carried out."""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy import select

from studyhub.access import scope
from studyhub.accounts.models import User
from studyhub.org.succession import Act
from studyhub.reorganization.plan import NewUnit, Plan, Way
from studyhub.reorganization.preview import Preview, preview
from studyhub.reorganization.rounds_met import TouchedRound
from studyhub.rounds.models import StudyRound
from studyhub.web.reorganization.desk import Desk, identity, key_of
from studyhub.web.request import actor, db, today

WAY = "way-"
"""Before the id of a round: the name of the choice what happens to it."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """All that will happen; of rounds that are not theirs to see people hear only how many."""

    plan: Plan
    preview: Preview
    rounds: list[TouchedRound]
    elsewhere: int
    drafts: list[StudyRound]
    drafts_elsewhere: int
    seen: str

    @property
    def waiting(self) -> int:
        """Essays that wait for review in these rounds."""
        return sum(one.waiting for one in self.rounds)


def plan_of(desk: Desk) -> Plan:
    """What was typed, as a plan: not checked yet."""
    form = desk.form
    return Plan(
        act=desk.act,
        day=form.day.data or today(),
        basis=form.basis.data or "",
        rounds=_ways(),
        **_FACTS[desk.act](desk),
    )


def units_in(plan: Plan) -> set[UUID]:
    """Every unit that the plan names."""
    keys = {one.key for one in plan.founded}
    sent = {identity(place) for place in plan.parts.values() if place not in keys}
    return {*plan.units, *sent, *([plan.target] if plan.target else [])}


def look(plan: Plan) -> Shown:
    """What carrying it out would do now, as this person may know it; or its refusal."""
    told = preview(db(), plan)
    people = {post.user_id for post in told.posts}
    _at_hand = db().scalars(select(User).where(User.id.in_(people))).all()
    visible = _visible([one.round for one in told.rounds] + list(told.drafts))
    rounds = [one for one in told.rounds if one.round.id in visible]
    drafts = [one for one in told.drafts if one.id in visible]
    return Shown(
        plan=plan,
        preview=told,
        rounds=rounds,
        elsewhere=len(told.rounds) - len(rounds),
        drafts=drafts,
        drafts_elsewhere=len(told.drafts) - len(drafts),
        seen=_fingerprint(plan, told),
    )


def _visible(rounds: Collection[StudyRound]) -> set[UUID]:
    ids = [one.id for one in rounds]
    mine = select(StudyRound.id).where(StudyRound.id.in_(ids), scope.visible_rounds(actor()))
    return set(db().scalars(mine))


def _fingerprint(plan: Plan, told: Preview) -> str:
    """Of all that was shown: nobody carries out something else than they have looked at."""
    kept = {**plan.as_kept(), "rounds": None, "day": plan.day.isoformat()}
    sides = [[one.name, one.members] for one in (*told.before, *told.after)]
    rounds = [[str(one.round.id), one.waiting, one.can_go_over] for one in told.rounds]
    posts = [str(post.id) for post in told.posts]
    words = json.dumps([kept, sides, rounds, posts], sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _ways() -> dict[str, str]:
    sent = (
        (name.removeprefix(WAY), way) for name, way in request.form.items() if name.startswith(WAY)
    )
    return {round_id: way for round_id, way in sent if way in set(Way)}


def _merge(desk: Desk) -> dict[str, Any]:
    target = identity(desk.form.target.data)
    return {
        "units": tuple(one for one in desk.chosen if one != target),
        "target": target,
        "secretary": _secretary(desk.form.secretary.data),
    }


def _consolidate(desk: Desk) -> dict[str, Any]:
    form = desk.form
    new = NewUnit(key=key_of(0), name=form.name.data, short_name=form.short_name.data or "")
    secretary = _secretary(form.secretary.data)
    return {"units": desk.chosen, "founded": (new,), "secretary": secretary}


def _split(desk: Desk) -> dict[str, Any]:
    counts = desk.counts
    founded = [
        NewUnit(
            key=key_of(number),
            name=row.form.name.data or "",
            short_name=row.form.short_name.data or "",
            secretary=_secretary(row.form.secretary.data),
        )
        for number, row in enumerate(desk.form.founded)
        if row.form.name.data or counts[key_of(number)]
    ]
    keys = {one.key for one in founded}
    return {
        "units": desk.chosen,
        "founded": tuple(founded),
        "goes_on": bool(desk.form.goes_on.data),
        "parts": {part: place for part, place in desk.places.items() if place in keys},
    }


def _rename(desk: Desk) -> dict[str, Any]:
    form = desk.form
    names = {"name": form.name.data or "", "short_name": form.short_name.data or ""}
    return {"units": desk.chosen, **names}


def _move(desk: Desk) -> dict[str, Any]:
    target = desk.form.target.data
    return {"units": desk.chosen, "target": identity(target) if target else None}


def _dissolve(desk: Desk) -> dict[str, Any]:
    return {**_move(desk), "parts": desk.places}


def _secretary(user_id: str | None) -> UUID | None:
    return identity(user_id) if user_id else None


_FACTS: dict[Act, Callable[[Desk], dict[str, Any]]] = {
    Act.MERGE: _merge,
    Act.CONSOLIDATE: _consolidate,
    Act.SPLIT: _split,
    Act.RENAME: _rename,
    Act.MOVE: _move,
    Act.DISSOLVE: _dissolve,
}
