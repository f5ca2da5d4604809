"""Lays out the review page: queue, text with its margin, what changed, the decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import render_template

from studyhub.access import scope
from studyhub.essays.models import Essay, Version
from studyhub.kernel.errors import Untimely
from studyhub.kernel.ids import EssayId
from studyhub.kernel.words import N_
from studyhub.review import changes, queries
from studyhub.review.line import line
from studyhub.review.margins import Part, laid_out
from studyhub.review.models import Comment, Decision
from studyhub.similarity import queries as similarity
from studyhub.web.request import actor, db
from studyhub.web.review.forms import DeskForm


@dataclass(frozen=True)
class Earlier:
    """The version before, what was said about it, and what has become of that."""

    version: Version
    decision: Decision | None
    parts: list[Part]
    told: list[tuple[str, list[changes.Stretch]]]
    """Each part that changed: its title and what changed in it."""
    added: int
    removed: int
    answered: int
    asked: int


def page(essay_id: EssayId, form: DeskForm) -> str:
    """The page, with everything that was typed on it last."""
    essay = queries.for_judging(db(), essay_id)
    if not essay.open_versions:
        raise Untimely(N_("The author has taken this essay back."))
    shown = essay.open_versions[-1]
    visible = scope.judgeable_essays(actor())
    said = queries.comments_on(db(), essay.open_versions, reader_id=actor().user_id)
    decisions = queries.decisions_on(db(), essay.open_versions)
    return render_template(
        "review/show.html",
        essay=essay,
        round=essay.round,
        version=shown,
        form=form,
        parts=laid_out(shown, said[shown.id]),
        decision=decisions.get(shown.id),
        earlier=_earlier(essay, said, decisions),
        line=line(db(), visible, essay),
        shares=similarity.shares(db(), shown.id),
        decided=queries.lately_decided(db(), actor().user_id, visible),
    )


def _earlier(
    essay: Essay,
    said: dict[UUID, list[Comment]],
    decisions: dict[UUID, Decision],
) -> Earlier | None:
    if len(essay.open_versions) < 2:
        return None
    old, new = essay.open_versions[-2:]
    told = _told(old, new)
    sent = [comment for comment in said[old.id] if comment.sent_at]
    return Earlier(
        version=old,
        decision=decisions.get(old.id),
        parts=laid_out(old, sent),
        told=[
            (title, changes.shortened(part))
            for title, part in told
            if any(stretch.kind is not changes.Kind.SAME for stretch in part)
        ],
        added=sum(changes.count(part, changes.Kind.ADDED) for _, part in told),
        removed=sum(changes.count(part, changes.Kind.REMOVED) for _, part in told),
        answered=_answered(old, new, sent),
        asked=len(sent),
    )


def _told(old: Version, new: Version) -> list[tuple[str, list[changes.Stretch]]]:
    before = {part["title"]: part["text"] for part in old.parts}
    return [
        (part["title"], changes.changes(before.get(part["title"], ""), part["text"]))
        for part in new.parts
    ]


def _answered(old: Version, new: Version, sent: Sequence[Comment]) -> int:
    """Of the paragraphs that were commented on, how many no longer stand as they were."""
    rows = {(row.part, row.paragraph): row.text for part in laid_out(old, []) for row in part.rows}
    now_there = "\n".join(part["text"] for part in new.parts)
    asked = [rows.get((comment.part, comment.paragraph), "") for comment in sent]
    return sum(not changes.still_there(text, now_there) for text in asked)
