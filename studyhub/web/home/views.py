"""The first page, the page with everything, help, and the reader's preferences."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.completion.models import Progress
from studyhub.essays.unconfirmed import unconfirmed
from studyhub.kernel.actor import Post
from studyhub.rounds.lifecycle import RoundState
from studyhub.web.guard import public, signed_in
from studyhub.web.home import plan
from studyhub.web.home.preferences import remember
from studyhub.web.kept import local_path
from studyhub.web.language import LANGUAGES
from studyhub.web.login import recognise
from studyhub.web.request import actor, db, me, now, today

home = Blueprint("home", __name__)


@home.get("/")
@signed_in
def show() -> ResponseReturnValue:
    """What is due for me, and what waits for me in each of my offices."""
    progresses = plan.mine(db(), actor())
    tasks = plan.tasks(db(), progresses)
    return render_template(
        "home/show.html",
        tasks=tasks,
        due=[task for task in tasks if task.next_step],
        unconfirmed=unconfirmed(db(), me().id),
        past=[p for p in progresses if _is_past(p)],
        ahead=plan.coming_up(tasks, now()),
        waiting=plan.waiting_for_review(db(), actor()),
        followed=plan.followed(db(), actor()),
        unopened=plan.unopened(db(), actor()),
        units_kept=plan.units_kept(db(), actor()),
        watch=plan.posts_to_see_to(db(), actor()),
        keeps_register=actor().holds(Post.ADMIN),
        year=today().year,
    )


@home.get("/more")
@signed_in
def more() -> ResponseReturnValue:
    """Everything the navigation has, on one page: for phones."""
    return render_template("home/more.html")


@home.get("/help")
@public
def help_page() -> ResponseReturnValue:
    """How to do the common things, in words."""
    recognise()
    return render_template("home/help.html")


@home.post("/preferences")
@public
def prefer() -> ResponseReturnValue:
    """Remember theme, text size and language on this machine; back to the page."""
    goal = local_path(request.form.get("next", "")) or url_for(".show")
    if recognise() and request.form.get("language") in LANGUAGES:
        me().language = request.form["language"]  # that of their letters, too
    return remember(redirect(goal), request.form)


def _is_past(progress: Progress) -> bool:
    return progress.summons.round.state is RoundState.CLOSED
