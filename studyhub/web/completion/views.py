"""A unit in a round: the members of a cell, or the units below."""

from datetime import date
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy, reach, scope
from studyhub.completion import queries
from studyhub.completion.models import Tally
from studyhub.completion.then_and_now import read_both_ways, reads_differently
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.org.tree import order
from studyhub.rounds.models import StudyRound
from studyhub.web.completion import cell_table, readings, territory
from studyhub.web.completion.blueprint import completion
from studyhub.web.completion.ending import ending
from studyhub.web.completion.guests import guests_of
from studyhub.web.completion.readings import Shown
from studyhub.web.filters import local
from studyhub.web.guard import holding, on
from studyhub.web.request import actor, db, now, today


@completion.get("/")
@holding(*reach.FOLLOWERS)
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
    history, differs = queries.history(
        db(),
        unit.id,
        visible=scope.visible_rounds(actor()),
        and_whether=reads_differently([round_], today=today()),
    )
    rounds = list(dict.fromkeys(one.round for one in history))
    mine = (one for one in history if (one.round_id, one.unit_id) == (round_.id, unit.id))
    both_ways = {} if differs is False else read_both_ways(db(), [round_], today=today())
    asked = request.args.get("reading", "")
    shown = readings.shown(db(), unit, next(mine, None), both_ways.get(round_.id), asked=asked)
    if shown is None:
        raise Missing(N_("Nobody of this unit was summoned to this round."))
    return (_cell if unit.is_cell else _tree)(round_, unit, shown, rounds)


def _cell(round_: StudyRound, unit: Unit, shown: Shown, rounds: list[StudyRound]) -> str:
    members = readings.members(db(), shown, round_, unit)
    group, shows_bands = request.args.get("show", "all"), _reads_essays(unit)
    table = cell_table.table(db(), round_, unit.id, members, today())
    return render_template(
        "completion/cell.html",
        round=round_,
        rounds=rounds,
        unit=unit,
        ending=ending(db(), unit, today=today()),
        figures=shown,
        tally=shown.table.whole,
        table=table.rows,
        rows=[row for row in table.rows if group in {"all", row.group, shows_bands and row.band}],
        shows_bands=shows_bands,
        shown=group,
        sessions=table.sessions,
        guests=guests_of(db(), round_, unit, _last_day(round_)),
    )


def _reads_essays(unit: Unit) -> bool:
    """Whether the person may read essays there: others see how many have a band, not who."""
    return policy.share_out(actor(), unit) or policy.see_samples(actor(), unit)


def _last_day(round_: StudyRound) -> date:
    """Today, or the day on which the round was closed."""
    return local(round_.closed_at).date() if round_.closed_at else today()


def _tree(round_: StudyRound, unit: Unit, shown: Shown, rounds: list[StudyRound]) -> str:
    children = sorted(shown.table.below, key=_slowest_first)
    return render_template(
        "completion/unit.html",
        round=round_,
        rounds=rounds,
        unit=unit,
        ending=ending(db(), unit, today=today()),
        figures=shown,
        tally=shown.table.whole,
        children=children,
        in_order=sorted(children, key=lambda tally: order(tally.path)),
        led=territory.led(db(), [child.unit_id for child in children], today()),
    )


def _slowest_first(tally: Tally) -> tuple[float, tuple[int, ...]]:
    return (tally.done / tally.required if tally.required else 1.0, order(tally.path))
