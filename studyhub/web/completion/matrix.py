"""Rounds × units for a year: every cell of it is a fraction, a percentage and a link."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from studyhub.access import policy, reach, scope
from studyhub.completion import queries
from studyhub.completion.models import Tally
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.org.tree import order
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from studyhub.web.completion import territory, yearly
from studyhub.web.completion.blueprint import completion
from studyhub.web.guard import holding, on
from studyhub.web.request import actor, db, today

VIEWS = {
    "done": N_("Completed"),
    "attended": N_("Attended"),
    "read": N_("Read the documents"),
    "handed_in": N_("Essay handed in"),
}


@dataclass(frozen=True)
class Line:
    """One unit through the year: its figures per round, None where it was not summoned."""

    name: str
    unit_id: object
    is_whole: bool
    tallies: tuple[Tally | None, ...]

    def total(self, view: str) -> tuple[int, int]:
        """Numerator and denominator of the whole year."""
        held = [tally for tally in self.tallies if tally]
        return sum(getattr(t, view) for t in held), sum(t.required for t in held)


@completion.get("/matrix")
@holding(*reach.FOLLOWERS)
def matrix() -> ResponseReturnValue:
    """The widest unit one follows, this year."""
    unit = territory.widest(db(), actor())
    if unit is None:
        raise Missing(N_("There is nothing here."))
    return _page(unit)


@completion.get("/matrix/<uuid:unit_id>")
@on(Unit, may=policy.follow_unit)
def matrix_of(unit: Unit) -> ResponseReturnValue:
    """The same of a unit further down."""
    return _page(unit)


def _page(unit: Unit) -> str:
    view = request.args.get("view", "done")
    year = request.args.get("year", today().year, type=int)
    asked = request.args.get("reading", "")
    rounds = _rounds(year, unit)
    shown = yearly.read(db(), rounds, unit, asked=asked, today=today())
    return render_template(
        "completion/matrix.html",
        unit=unit,
        year=year,
        years=_years() or [year],
        view=view if view in VIEWS else "done",
        views=VIEWS,
        rounds=rounds,
        lines=_lines(unit, rounds, shown.tallies),
        figures=shown,
        reachable=yearly.reachable(db(), shown.tallies, scope.followed_units(actor())),
    )


def _rounds(year: int, unit: Unit) -> Sequence[StudyRound]:
    return (
        db()
        .scalars(
            select(StudyRound)
            .join(Tally, Tally.round_id == StudyRound.id)
            .where(
                scope.visible_rounds(actor()),
                StudyRound.year == year,
                StudyRound.state != RoundState.DRAFT,
                queries.of_unit(unit.id),
            )
            .distinct()
            .order_by(StudyRound.opened_at)
        )
        .all()
    )


def _years() -> Sequence[int]:
    opened = (
        select(StudyRound.year)
        .where(StudyRound.state != RoundState.DRAFT, scope.visible_rounds(actor()))
        .group_by(StudyRound.year)
    )
    return sorted(db().scalars(opened), reverse=True)


def _lines(unit: Unit, rounds: Sequence[StudyRound], found: Sequence[Tally]) -> list[Line]:
    """The units below, in the order of the tree, and the whole at the end."""
    by_place = {(tally.unit_id, tally.round_id): tally for tally in found}
    names = {tally.unit_id: tally for tally in sorted(found, key=_place)}
    lines = [
        Line(
            tally.name,
            unit_id,
            unit_id == unit.id,
            tuple(by_place.get((unit_id, round_.id)) for round_ in rounds),
        )
        for unit_id, tally in names.items()
    ]
    return sorted(lines, key=lambda line: line.is_whole)


def _place(tally: Tally) -> tuple[int, ...]:
    return order(tally.path)
