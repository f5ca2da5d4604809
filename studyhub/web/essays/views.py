"""My essays, and one essay as its author and its readers see it."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays import queries, service, window
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.papers import taking_over
from studyhub.review import queries as desk
from studyhub.review import substitutions
from studyhub.review.margins import laid_out
from studyhub.review.models import Decision, Substitution
from studyhub.review.standing import Standing, standing
from studyhub.rounds.models import Call, StudyRound
from studyhub.study import queries as study
from studyhub.web import navigation, transaction
from studyhub.web.authors import is_blind
from studyhub.web.guard import on, signed_in
from studyhub.web.request import actor, db, now, today
from studyhub.web.seen import see_results

essays = Blueprint("essays", __name__, url_prefix="/essays")


@essays.get("/")
@signed_in
def mine() -> ResponseReturnValue:
    """Every round that asks me for an essay, and how far mine is."""
    rows = queries.mine(db(), actor().user_id)
    return render_template("essays/mine.html", rows=rows)


@essays.get("/new/<uuid:round_id>")
@on(StudyRound, may=policy.take_part)
def begin(round_: StudyRound) -> ResponseReturnValue:
    """What is asked, and a button to begin; whoever has begun goes on."""
    essay = queries.of_author(db(), round_.id, actor().user_id)
    if essay:
        return redirect(url_for(".edit", essay_id=essay.id))
    progress = study.my_round(db(), round_.id, actor().user_id)
    summons = progress.summons if progress else None
    return render_template(
        "essays/begin.html",
        round=round_,
        summons=summons,
        takes=(summons or round_).takes_essays(now()),
        exempt=summons is not None and summons.call is Call.EXEMPT,
    )


@essays.post("/new/<uuid:round_id>")
@on(StudyRound, may=policy.take_part)
def start(round_: StudyRound) -> ResponseReturnValue:
    """Begin, or go on with what was begun."""
    essay = service.begin(db(), round_, by=actor(), now=now())
    return redirect(url_for(".edit", essay_id=essay.id))


@essays.get("/<uuid:essay_id>")
@on(Essay, may=policy.read_essay)
def show(essay: Essay) -> ResponseReturnValue:
    """Where the essay stands: its text, what was said about it, what comes next."""
    if is_blind(essay):
        return to_the_desk(essay)
    see_results(essay.id)
    version = note_reading(essay, None)
    essay = queries.for_reading(db(), essay)
    comments = desk.comments_on(db(), essay.versions, reader_id=actor().user_id)
    shown = essay.versions[version - 1] if version else None
    decisions = desk.decisions_on(db(), essay.versions)
    return render_template(
        "essays/show.html",
        essay=essay,
        round=essay.round,
        is_mine=is_mine(essay),
        shown=shown,
        parts=laid_out(shown, comments[shown.id]) if shown else [],
        decisions=decisions,
        remarks={version_id: len(found) for version_id, found in comments.items()},
        readers=queries.readers_of(db(), essay, today()),
        standing=_standing(essay, shown, decisions),
        standing_in=_standing_in(essay),
        originals=taking_over.shown_originals(db(), essay, to=actor()),
        can_hand_in=window.can_hand_in(essay, now()),
        late=window.would_be_late(essay, now()),
    )


@essays.get("/<uuid:essay_id>/versions/<int:number>")
@on(Essay, may=policy.read_essay)
def version(essay: Essay, number: int) -> ResponseReturnValue:
    """One version as it was handed in, for reading and for print."""
    if is_blind(essay):
        return to_the_desk(essay)
    see_results(essay.id)
    note_reading(essay, number)
    essay = queries.for_reading(db(), essay)
    shown = open_to_me(essay, number)
    comments = desk.comments_on(db(), [shown], reader_id=actor().user_id)
    return render_template(
        "essays/version.html",
        essay=essay,
        round=essay.round,
        is_mine=is_mine(essay),
        version=shown,
        parts=laid_out(shown, comments[shown.id]),
        decision=desk.decisions_on(db(), [shown]).get(shown.id),
    )


def _standing(
    essay: Essay, shown: Version | None, decisions: dict[UUID, Decision]
) -> Standing | None:
    if shown is None:
        return None
    decision = decisions.get(shown.id)
    return standing(db(), essay, shown, decision, reader_id=actor().user_id, now=now())


def _standing_in(essay: Essay) -> Sequence[Substitution]:
    """Told to its author while it waits: who may judge it in place of the secretary."""
    if not is_mine(essay) or essay.state is not State.SUBMITTED:
        return []
    return substitutions.standing_in(db(), essay, today())


def is_mine(essay: Essay) -> bool:
    """Whether the person is its author."""
    return essay.author_id == actor().user_id


def to_the_desk(essay: Essay) -> ResponseReturnValue:
    """Whoever judges it blind reads it there and nowhere else."""
    return redirect(url_for("review.show", essay_id=essay.id))


def open_to_me(essay: Essay, number: int | None) -> Version:
    """The version of that number, or the last; one taken back exists for its author only."""
    seen = essay.versions if is_mine(essay) else essay.open_versions
    found = [one for one in seen if number in (None, one.number)]
    if not found:
        raise Missing(N_("There is nothing here."))
    return found[-1]


def note_reading(essay: Essay, number: int | None) -> int | None:
    """Put another's reading on record, in a transaction of its own; the number that is read."""
    if is_mine(essay):
        return number or (essay.latest.number if essay.latest else None)
    navigation.stand_under("completion")
    read = open_to_me(essay, number).number
    with transaction.own() as own:
        service.note_reading(own, own.get_one(Essay, essay.id), read, by=actor(), now=now())
    return read
