"""What was done to the organization, and what is planned: the list, and one act."""

from collections.abc import Sequence

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from studyhub.access import policy, scope
from studyhub.kernel.errors import StudyHubError
from studyhub.org.succession import Reorganization, Stage
from studyhub.reorganization import queries
from studyhub.reorganization.told import Told, target_names, told_of
from studyhub.reorganization.undoing import require_undoable, undoable_until
from studyhub.rounds.models import StudyRound
from studyhub.web.guard import on, signed_in
from studyhub.web.language import say
from studyhub.web.reorganization.blueprint import reorganization
from studyhub.web.request import actor, db, now


@reorganization.get("/")
@signed_in
def listing() -> ResponseReturnValue:
    """The acts on units one may see: those to come and those stuck first, then the latest."""
    acts = queries.acts(db(), visible=scope.visible_units(actor()))
    ahead = [one for one in acts if one.stage in {Stage.PLANNED, Stage.STUCK}]
    past = [one for one in acts if one not in ahead]
    return render_template(
        "reorganization/listing.html",
        ahead=ahead,
        past=past,
        obstacles=obstacles(ahead),
        targets=target_names(db(), acts),
    )


@reorganization.get("/<uuid:reorganization_id>")
@on(Reorganization, may=policy.see_reorganization)
def show(act: Reorganization) -> ResponseReturnValue:
    """What it was before and after, by which decision, and the way back."""
    told = told_of(db(), act)
    may_change = policy.change_reorganization(actor(), act)
    return render_template(
        "reorganization/show.html",
        act=act,
        told=told,
        targets=target_names(db(), [act]),
        rounds=_visible(told),
        may_change=may_change,
        may_count=all(policy.see_register(actor(), one.unit) for one in act.units),
        until=undoable_until(act),
        in_the_way=_in_the_way(act) if may_change and act.stage is Stage.DONE else "",
        obstacle=obstacles([act]).get(act.id, ""),
    )


def obstacles(acts: Sequence[Reorganization]) -> dict[object, str]:
    """Why those that are stuck could not be carried out, in the language of the reader."""
    said: dict[object, str] = {}
    for act in acts:
        if act.stage is Stage.STUCK:
            kept = act.before.get("obstacle")
            refusal = StudyHubError(kept[0], **kept[1]) if kept else StudyHubError(act.obstacle)
            said[act.id] = say(refusal)
    return said


def _in_the_way(act: Reorganization) -> str:
    """Why it can no longer be undone; nothing when it can."""
    try:
        require_undoable(db(), act, now=now())
    except StudyHubError as refusal:
        return say(refusal)
    return ""


def _visible(told: Told) -> list[tuple[StudyRound, int]]:
    """The rounds one may see, of those that went along."""
    ids = [round_.id for round_, _ in told.rounds]
    mine = select(StudyRound.id).where(StudyRound.id.in_(ids), scope.visible_rounds(actor()))
    visible = set(db().scalars(mine))
    return [(round_, count) for round_, count in told.rounds if round_.id in visible]
