"""The queue: what waits to be read, oldest first."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from studyhub.access import scope
from studyhub.review import handover, queries
from studyhub.review.line import SHOWN
from studyhub.web.guard import signed_in
from studyhub.web.request import actor, db
from studyhub.web.review.forms import as_id

review = Blueprint("review", __name__, url_prefix="/review")


@review.get("/")
@signed_in
def waiting() -> ResponseReturnValue:
    """What waits for me, by round if I choose one; a page of twenty at a time."""
    visible = scope.judgeable_essays(actor())
    chosen = as_id(request.args.get("round", ""))
    start = max(0, request.args.get("from", 0, type=int))
    rounds = queries.count_waiting(db(), visible)
    essays = queries.waiting(db(), visible, round_id=chosen, offset=start)
    total = sum(count for key, (_, count) in rounds.items() if chosen in (None, key))
    return render_template(
        "review/waiting.html",
        essays=essays,
        rounds=rounds,
        chosen=chosen,
        total=total,
        everything=sum(count for _, count in rounds.values()),
        start=start,
        following=start + SHOWN if start + SHOWN < total else None,
        preceding=max(0, start - SHOWN) if start else None,
        decided=queries.lately_decided(db(), actor().user_id, visible),
        unsent=handover.left_unsent(db(), actor().user_id, visible),
    )
