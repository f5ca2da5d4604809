"""The shelf: rounds with published essays, those of a round or of a year, one to read."""

from flask import render_template
from flask.typing import ResponseReturnValue

from studyhub.access import policy, scope
from studyhub.booklet import making, shelf
from studyhub.booklet.making import Volume
from studyhub.booklet.models import GoodEssay
from studyhub.essays.paragraphs import paragraphs
from studyhub.kernel.actor import Post
from studyhub.org.models import Unit
from studyhub.rounds.models import StudyRound
from studyhub.web.booklet.blueprint import booklet
from studyhub.web.guard import on, signed_in
from studyhub.web.request import actor, db, files


@booklet.get("/")
@signed_in
def shelves() -> ResponseReturnValue:
    """Every round with something to read, by year."""
    mine = actor()
    return render_template(
        "booklet/shelves.html",
        found=shelf.shelves(db(), scope.read_shelves(mine)),
        yearly=lambda unit: policy.read_booklet(mine, unit),
        proposes=mine.holds(Post.SECRETARY, Post.DEPUTY, Post.OFFICER),
        waiting=shelf.waiting(db(), scope.decidable_good_essays(mine)),
    )


@booklet.get("/rounds/<uuid:round_id>")
@on(StudyRound, may=policy.read_shelf, known_by=policy.read_shelf)
def of_round(round_: StudyRound) -> ResponseReturnValue:
    """The published essays of a round, and its booklet."""
    return _page(Volume(round_.id), round_.unit, round_)


@booklet.get("/years/<uuid:unit_id>/<int:year>")
@on(Unit, may=policy.read_booklet, known_by=policy.read_booklet)
def of_year(unit: Unit, year: int) -> ResponseReturnValue:
    """Those of all rounds an organization held in a year, and their booklet."""
    return _page(Volume(unit.id, year), unit, None)


@booklet.get("/<uuid:good_id>/read")
@on(GoodEssay, may=policy.read_good_essay, secret=True)
def read(good: GoodEssay) -> ResponseReturnValue:
    """One essay, as its author lets it be seen."""
    whole = shelf.whole(db(), good.id)
    parts = [(part["title"], paragraphs(part["text"])) for part in whole.version.parts]
    return render_template("booklet/read.html", good=whole, round=whole.essay.round, parts=parts)


def _page(volume: Volume, unit: Unit, round_: StudyRound | None) -> str:
    found = making.contents(db(), volume)
    asked = making.jobs_of(db(), volume)
    return render_template(
        "booklet/shelf.html",
        found=found,
        unit=unit,
        round=round_,
        year=volume.year,
        is_short=len(found) <= making.SHORT,
        at_hand=making.at_hand(files(), asked, found),
    )
