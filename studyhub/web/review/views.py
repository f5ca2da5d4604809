"""The queue: what waits to be read, oldest first, by what is wanted of it."""

from collections.abc import Sequence
from functools import partial

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from studyhub.access.reach import JUDGES
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Post
from studyhub.review import assigning, handover, listing, queries, reserving, substitutions
from studyhub.review.listing import Listed
from studyhub.review.models import Substitution
from studyhub.review.queue import LONG, Show, Turn
from studyhub.web.guard import signed_in
from studyhub.web.request import actor, db, now, today
from studyhub.web.review.sieving import SHOWS, as_id, sieve, turn, written
from studyhub.web.review.sight import sight

review = Blueprint("review", __name__, url_prefix="/review")


@review.get("/")
@signed_in
def waiting() -> ResponseReturnValue:
    """What waits for me, a page of twenty at a time; on coming back, the page I was on."""
    visible = sight().judged
    chosen = sieve()
    page = _page()
    return render_template(
        "review/waiting.html",
        page=page,
        sieve=chosen,
        shows=SHOWS,
        choices=listing.choices(db(), sight().wanted(chosen)[0], chosen, now()),
        long=LONG,
        is_queue=chosen.show is not Show.RETURNED,
        later=written(page.later) if page.later else None,
        first=written(_turn_of(page.essays[0])) if page.essays and page.earlier else None,
        reading=reserving.readers_now(
            db(), [essay.id for essay in page.essays], besides=actor().user_id, now=now()
        ),
        may_share=actor().holds(*JUDGES, Post.OFFICER),
        assigned=assigning.reviewers_of(db(), [essay.id for essay in page.essays]),
        standing_in=_standing_in(),
        seen_last=reserving.read_last(db(), actor().user_id),
        decided=queries.lately_decided(db(), actor().user_id, visible),
        unsent=handover.left_unsent(db(), actor().user_id, visible),
    )


def _standing_in() -> Sequence[Substitution]:
    """Where I judge in place of a secretary, now or soon; officers alone can."""
    if not actor().holds(Post.OFFICER):
        return []
    return substitutions.open_ones(db(), officer_id=actor().user_id, day=today())


def _page() -> Listed:
    wanted, each = sight().wanted(sieve())
    show = partial(listing.listed, db(), wanted, sieve(), now=now(), each=each)
    since, before = turn("since") or _opened_last(), turn("before")
    if before:
        return show(since=before, back=True)
    page = show(since=since)
    return page if page.essays or since is None else show()  # nothing stands behind it


def _opened_last() -> Turn | None:
    """On the way back from an essay: a little before it, so that it stands on the page."""
    identity = as_id(request.args.get("at", ""))
    return (
        listing.page_before(db(), sight().wanted(sieve())[0], sieve(), identity, now=now())
        if identity
        else None
    )


def _turn_of(essay: Essay) -> Turn:
    return Turn(essay.submitted_at or now(), essay.id)
