"""The tree, as far as one may see it, on any day; and the search for people and units."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from studyhub.access import policy, reach, scope
from studyhub.kernel.actor import Post
from studyhub.kernel.ids import UnitId
from studyhub.org import branches, finding, ways
from studyhub.org.models import Unit
from studyhub.web.guard import on, signed_in
from studyhub.web.org.blueprint import org
from studyhub.web.org.tree_form import DayForm
from studyhub.web.request import actor, db, today


@org.get("/")
@signed_in
def show_tree() -> ResponseReturnValue:
    """The units one may see, with their members counted; or what is found under some words."""
    words = request.args.get("q", "").strip()[:100]
    return _found(words) if words else _tree()


@org.get("/units/<uuid:unit_id>/tree")
@on(Unit, may=policy.see_unit)
def show_branch(unit: Unit) -> ResponseReturnValue:
    """The tree from this unit down."""
    return _tree(unit)


def _found(words: str) -> str:
    reader = ways.Reader(
        user_id=actor().user_id,
        day=today(),
        visible=scope.visible_members(actor()),
        place=scope.registered_units(actor()),
    )
    return render_template(
        "org/search.html",
        words=words,
        found=finding.search(db(), words, by=reader),
        units=finding.units(db(), words, visible=scope.visible_units(actor())),
    )


def _tree(top: Unit | None = None) -> ResponseReturnValue:
    """Today's tree stands below a day that is none, so that one can correct it."""
    form = DayForm(request.args)
    is_day = form.validate()
    day = form.on.data or today()
    whole = bool(request.args.get("whole"))
    page = render_template(
        "org/tree_whole.html" if whole else "org/tree.html",
        top=top,
        form=form,
        day=day,
        is_today=day == today(),
        branches=branches.tree_on(
            db(),
            day,
            visible=scope.visible_units(actor()),
            counted=scope.registered_units(actor()),
            top=UnitId(top.id) if top else None,
            whole=whole,
        ),
        searches=actor().holds(*Post),  # whoever holds no post would find only themselves
        keeps=actor().holds(*reach.KEEPERS),
    )
    return page, 200 if is_day else 422
