"""The whole tree, as far as one may see it, and the search for a person."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.kernel.actor import Post
from studyhub.org import overview, queries
from studyhub.web.guard import signed_in
from studyhub.web.org.blueprint import org
from studyhub.web.request import actor, db, today


@org.get("/")
@signed_in
def show_tree() -> ResponseReturnValue:
    """The units one may see, with their members counted; or who is meant by a name."""
    words = request.args.get("q", "").strip()[:100]
    if words:
        found = queries.search(db(), words, visible=scope.visible_members(actor()))
        return render_template("org/search.html", words=words, found=found)
    branches = overview.tree_on(db(), today(), visible=scope.visible_units(actor()))
    searches = actor().holds(*Post)  # whoever holds no post would find only themselves
    keeps = actor().holds(*policy.KEEPERS)
    return render_template("org/tree.html", branches=branches, searches=searches, keeps=keeps)
