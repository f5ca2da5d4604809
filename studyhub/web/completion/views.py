"""A unit in a round: the members of a cell, or the units below."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.completion import queries
from studyhub.completion.models import Tally
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.rounds.models import StudyRound
from studyhub.rounds.roster import tree_order
from studyhub.web.completion import cell_table, territory
from studyhub.web.completion.blueprint import completion
from studyhub.web.guard import holding, on
from studyhub.web.request import actor, db, now, today


@completion.get("/")
@holding(*policy.FOLLOWERS)
def home() -> ResponseReturnValue:
    """To the round that matters now, for the widest unit one follows."""
    unit = territory.widest(db(), actor())
    visible = scope.visible_rounds(actor())
    round_ = territory.latest_round(db(), unit, now=now(), visible=visible)
    if unit is None or round_ is None:
        return render_template("completion/empty.html", unit=unit)
    return redirect(url_for(".show", round_id=round_.id, unit_id=unit.id))


@completion.get("/of/<uuid:unit_id>")
@on(Unit, may=policy.follow_unit)
def choose(unit: Unit) -> ResponseReturnValue:
    """From the list of rounds to one of them, for the same unit."""
    chosen = request.args.get("round", type=UUID)
    if chosen is None:
        raise Missing(N_("There is nothing here."))
    return redirect(url_for(".show", round_id=chosen, unit_id=unit.id))


@completion.get("/<uuid:round_id>/<uuid:unit_id>")
@on(StudyRound, may=policy.see_round)
@on(Unit, may=policy.follow_unit)
def show(round_: StudyRound, unit: Unit) -> ResponseReturnValue:
    """How far this unit is in this round."""
    history = queries.history(db(), unit.id)
    tally = next((one for one in history if one.round_id == round_.id), None)
    if tally is None:
        raise Missing(N_("Nobody of this unit was summoned to this round."))
    rounds = [one.round for one in history]
    return _cell(round_, tally, rounds) if unit.is_cell else _tree(round_, tally, rounds)


def _cell(round_: StudyRound, tally: Tally, rounds: list[StudyRound]) -> str:
    members = queries.members_of_cell(db(), round_.id, tally.unit_id)
    shown = request.args.get("show", "all")
    table = cell_table.table(db(), round_, tally.unit_id, members, today())
    return render_template(
        "completion/cell.html",
        round=round_,
        rounds=rounds,
        tally=tally,
        table=table.rows,
        rows=[row for row in table.rows if shown in {"all", row.group}],
        shown=shown,
        sessions=table.sessions,
    )


def _tree(round_: StudyRound, tally: Tally, rounds: list[StudyRound]) -> str:
    children = queries.tallies_below(db(), round_.id, tally.path)
    return render_template(
        "completion/unit.html",
        round=round_,
        rounds=rounds,
        tally=tally,
        children=sorted(children, key=_slowest_first),
        leaders=territory.secretaries(db(), [child.unit_id for child in children], today()),
        may_follow_up=policy.manage_round(actor(), round_),
    )


def _slowest_first(tally: Tally) -> tuple[float, list[int]]:
    return (tally.done / tally.required if tally.required else 1.0, tree_order(tally.path))
