"""Two versions side by side, for their author and their readers; and a version as plain text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays import queries
from studyhub.essays.comparing import Block, blocks
from studyhub.essays.models import Essay, Version
from studyhub.essays.text import normal_form
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.review.changes import Kind, Stretch, changes, count
from studyhub.web.authors import called, is_blind
from studyhub.web.essays.views import essays, is_mine, note_reading, open_to_me, to_the_desk
from studyhub.web.guard import on
from studyhub.web.request import db


@dataclass(frozen=True)
class Pair:
    """A paragraph as it was and as it is; either may be missing."""

    before: Sequence[Stretch]
    after: Sequence[Stretch]

    @property
    def is_same(self) -> bool:
        """Whether nothing changed in it."""
        return all(stretch.kind is Kind.SAME for stretch in (*self.before, *self.after))


@essays.get("/<uuid:essay_id>/versions/<int:number>/changes")
@on(Essay, may=policy.read_essay)
def compare(essay: Essay, number: int) -> ResponseReturnValue:
    """This version beside an earlier one: the one asked for, else the one before."""
    if is_blind(essay):
        return to_the_desk(essay)
    since = request.args.get("since", type=int) or number - 1
    if [open_to_me(essay, one).number for one in (since, number)] != [since, number]:
        raise Missing(N_("There is nothing here."))
    for one in (since, number):
        note_reading(essay, one)
    essay = queries.for_reading(db(), essay)
    old, new = open_to_me(essay, since), open_to_me(essay, number)
    if old.number >= new.number:
        raise Missing(N_("There is nothing here."))
    parts = _parts(old, new)
    told = [stretch for _, pairs in parts for p in pairs for stretch in (*p.before, *p.after)]
    return render_template(
        "essays/compare.html",
        essay=essay,
        round=essay.round,
        is_mine=is_mine(essay),
        old=old,
        new=new,
        parts=parts,
        added=count(told, Kind.ADDED),
        removed=count(told, Kind.REMOVED),
        versions=essay.versions if is_mine(essay) else essay.open_versions,
    )


@essays.get("/<uuid:essay_id>/versions/<int:number>/text")
@on(Essay, may=policy.read_essay)
def text(essay: Essay, number: int) -> ResponseReturnValue:
    """The version as plain text in its normal form: its SHA-256 is the one on the receipt."""
    note_reading(essay, number)
    version = open_to_me(queries.for_reading(db(), essay), number)
    answer = Response(normal_form(version.parts), mimetype="text/plain")
    name = f"{called(essay.id) if is_blind(essay) else version.receipt_code}.txt"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _parts(old: Version, new: Version) -> list[tuple[str, list[Pair]]]:
    """Every part of the two, by its title, in the order of the newer one."""
    before = {part["title"]: part["text"] for part in old.parts}
    after = {part["title"]: part["text"] for part in new.parts}
    return [
        (title, list(_pairs(before.get(title, ""), after.get(title, ""))))
        for title in dict.fromkeys([*after, *before])
    ]


def _pairs(old: str, new: str) -> Iterator[Pair]:
    for block in blocks(old, new):
        yield from _rows(block)


def _rows(block: Block) -> Iterator[Pair]:
    was = [line for line in block.mine if line.strip()]
    now_is = [line for line in block.theirs if line.strip()]
    if block.is_same:
        same = [[Stretch(Kind.SAME, line)] for line in now_is]
        yield from (Pair(line, line) for line in same)
    elif not was or not now_is:
        yield from (Pair([Stretch(Kind.REMOVED, line)], []) for line in was)
        yield from (Pair([], [Stretch(Kind.ADDED, line)]) for line in now_is)
    else:
        told = changes("\n".join(was), "\n".join(now_is))
        yield Pair(
            [stretch for stretch in told if stretch.kind is not Kind.ADDED],
            [stretch for stretch in told if stretch.kind is not Kind.REMOVED],
        )
