"""A member takes a quiz: begins, answers, hands in; the clock is the server's."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from studyhub.access import policy
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.quiz import queries, taking
from studyhub.quiz.models import Attempt, Drawn, Quiz
from studyhub.quiz.rules import Kind
from studyhub.rounds.lifecycle import RoundState
from studyhub.study import queries as study
from studyhub.web import transaction
from studyhub.web.filters import time_of_day
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.quiz.blueprint import quiz
from studyhub.web.request import actor, db, now

MOST_ANSWERS = 200


@quiz.get("/<uuid:quiz_id>")
@on(Quiz, may=policy.see_quiz)
def show(one: Quiz) -> ResponseReturnValue:
    """What it asks, my own attempts, and a button to begin."""
    me = actor().user_id
    attempts = queries.attempts_of(db(), me, [one.id]).get(one.id, [])
    is_mine = study.my_round(db(), one.round_id, me) is not None
    is_live = one.round.state is RoundState.OPEN
    running = next((a for a in attempts if a.is_running and not taking.is_over(a, now())), None)
    return render_template(
        "quiz/show.html",
        quiz=one,
        attempts=attempts,
        running=running,
        is_mine=is_mine,
        may_begin=is_mine and is_live and not running and taking.may_begin(one, attempts, now()),
    )


@quiz.post("/<uuid:quiz_id>/begin")
@on(Quiz, may=policy.take_quiz, holds=False)
def begin(one: Quiz) -> ResponseReturnValue:
    """Draw the questions and start the clock; a second click goes on with the same."""
    attempt = taking.begin(db(), one, by=actor(), now=now())
    return redirect(url_for(".attempt", attempt_id=attempt.id))


@quiz.get("/attempts/<uuid:attempt_id>")
@on(Attempt, may=policy.see_attempt)
def attempt(mine: Attempt) -> ResponseReturnValue:
    """The questions while it runs; afterwards what came of it, as far as it is told."""
    mine = queries.with_questions(db(), mine)
    if mine.is_running and not taking.is_over(mine, now()):
        unanswered = [drawn.position for drawn in mine.drawn if not drawn.answer]
        return render_template(
            "quiz/take.html", attempt=mine, unanswered=unanswered, asks="check" in request.args
        )
    closed = mine.quiz.closes_at <= now() or mine.quiz.round.state is RoundState.CLOSED
    return render_template(
        "quiz/attempt.html",
        attempt=mine,
        score=taking.score_of(mine),
        tells=closed or mine.rules.shows_result,
        shows_answers=closed,
    )


@quiz.post("/attempts/<uuid:attempt_id>/answers")
@on(Attempt, may=policy.see_attempt)
def keep_answers(mine: Attempt) -> ResponseReturnValue:
    """Keep what the script sends: the answers of some questions, each with its moment."""
    if taking.close_if_over(db(), mine, now=now()):
        transaction.keep()  # a refusal, but what was saved in time is handed in by it
        return jsonify(error=gettext(taking.TIME_IS_UP)), 409
    told = request.get_json(silent=True)
    if not isinstance(told, dict) or not isinstance(told.get("answers"), dict):
        raise Unfit(N_("This page is incomplete. Reload it."))
    count = mine.answered
    for position, given in list(told["answers"].items())[:MOST_ANSWERS]:
        place, places, at = _sent(position, given)
        count = taking.keep(db(), mine, {place: places}, at=at, now=now())
    said = gettext("Saved at %(time)s", time=time_of_day(now()))
    return jsonify(saved=said, answered=count, now=_milliseconds(now()))


@quiz.post("/attempts/<uuid:attempt_id>/hand-in")
@on(Attempt, may=policy.see_attempt)
def hand_in(mine: Attempt) -> ResponseReturnValue:
    """Save what stands in the form, or hand it in; with empty answers it asks once more."""
    wants_all = request.form.get("do") == "hand_in"
    if mine.is_running and not taking.is_over(mine, now()):
        taking.keep(db(), mine, typed(mine, request.form), at=now(), now=now())
        is_whole = mine.answered == len(mine.drawn)
        if wants_all and (is_whole or "sure" in request.form):
            taking.hand_in(db(), mine, {}, by=actor(), now=now())
        elif not wants_all:
            flash(gettext("Your answers are saved. Hand them in before the time is up."), "ok")
        return redirect(url_for(".attempt", attempt_id=mine.id, check=1 if wants_all else None))
    taking.close_if_over(db(), mine, now=now())
    return redirect(url_for(".attempt", attempt_id=mine.id))


def typed(mine: Attempt, form: MultiDict[str, str]) -> dict[int, list[int]]:
    """The answers in a form, by position: places as they are shown.

    What is empty there says nothing: another device, or the script, may have answered it.
    """
    told = {drawn.position: _typed(drawn, form) for drawn in mine.drawn}
    return {position: places for position, places in told.items() if places}


def _typed(drawn: Drawn, form: MultiDict[str, str]) -> list[int]:
    name = f"q-{drawn.position}"
    if drawn.edition.kind is not Kind.ORDER:
        return [int(value) for value in form.getlist(name) if _is_place(value)]
    ranks = [form.get(f"{name}-{place}", "") for place in range(len(drawn.edition.options))]
    if not all(map(_is_place, ranks)) or len(set(ranks)) != len(ranks):
        return []
    return sorted(range(len(ranks)), key=lambda place: int(ranks[place]))


def _is_place(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 3


def _sent(position: str, given: Any) -> tuple[int, list[int], datetime]:
    """One answer as the script sends it; what cannot be one is refused."""
    try:
        places = [int(place) for place in given["places"]]
        at = datetime.fromtimestamp(int(given["at"]) / 1000, UTC)
        return int(position), places, at
    except (TypeError, ValueError, KeyError, OverflowError, OSError):
        raise Unfit(N_("This page is incomplete. Reload it.")) from None


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


@quiz.app_template_filter("milliseconds")
def milliseconds(moment: datetime) -> int:
    """For scripts: the moment as they count it."""
    return _milliseconds(moment)


@quiz.app_template_global("ranks_of")
def ranks_of(drawn: Drawn) -> Mapping[int, int]:
    """For a question of order: at which rank each shown option was put."""
    return {place: rank for rank, place in enumerate(drawn.chosen)}
