"""Lays out the review page: queue, text with its margin, what changed, the decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import render_template

from studyhub.essays.models import Essay, Version
from studyhub.kernel.errors import Untimely
from studyhub.kernel.ids import EssayId
from studyhub.kernel.words import N_
from studyhub.review import queries, recalling, revision, substituting
from studyhub.review.line import Line, Waiting, line
from studyhub.review.margins import Note, Part, laid_out
from studyhub.review.models import Comment, Decision
from studyhub.review.revision import Block, Fate
from studyhub.review.standing import standing
from studyhub.similarity import queries as similarity
from studyhub.web.request import actor, db, now
from studyhub.web.review.forms import DeskForm
from studyhub.web.review.sieving import SHOWS, sieve
from studyhub.web.review.sight import sight


@dataclass(frozen=True)
class Asked:
    """A comment on the version before, and what has become of its paragraph."""

    note: Note
    block: Block

    @property
    def is_answered(self) -> bool:
        """Whether the paragraph no longer stands as it was."""
        return self.block.old != self.block.new


@dataclass(frozen=True)
class Earlier:
    """The version before, what was said about it, and what has become of that."""

    version: Version
    decision: Decision | None
    parts: list[Part]
    titles: list[str]
    blocks: list[Block]
    """What changed, paragraph by paragraph; those that are the same left out."""
    asked: list[Asked]

    @property
    def added(self) -> int:
        """Words that came; a paragraph that was moved brought none."""
        return sum(block.added for block in self.blocks)

    @property
    def removed(self) -> int:
        """Words that went."""
        return sum(block.removed for block in self.blocks)

    @property
    def moved(self) -> int:
        """Paragraphs that stand elsewhere now."""
        return sum(block.fate is Fate.MOVED for block in self.blocks)

    @property
    def answered(self) -> int:
        """Comments whose paragraph was changed."""
        return sum(one.is_answered for one in self.asked)


def page(essay_id: EssayId, form: DeskForm) -> str:
    """The page, with everything that was typed on it last."""
    essay = queries.for_judging(db(), essay_id)
    if not essay.open_versions:
        raise Untimely(N_("The author has taken this essay back."))
    shown = essay.open_versions[-1]
    said = queries.comments_on(db(), essay.open_versions, reader_id=actor().user_id)
    decisions = queries.decisions_on(db(), essay.open_versions)
    decision = decisions.get(shown.id)
    return render_template(
        "review/show.html",
        essay=essay,
        round=essay.round,
        version=shown,
        form=form,
        parts=laid_out(shown, said[shown.id]),
        decision=decision,
        standing=standing(db(), essay, shown, decision, reader_id=actor().user_id, now=now()),
        recall_until=_recall_until(essay, decision),
        standing_in=substituting.basis(db(), essay, by=actor()),
        earlier=_earlier(essay, said, decisions),
        line=line_of(essay),
        sieve=sieve(),
        shows=SHOWS,
        shares=similarity.shares(db(), shown.id),
        decided=queries.lately_decided(db(), actor().user_id, sight().judged),
    )


def line_of(essay: Essay) -> Line:
    """The queue around it, as far as it is wanted."""
    visible, each = sight().wanted(sieve())
    return line(
        db(), visible, essay, sieve=sieve(), reader_id=actor().user_id, each=each, now=now()
    )


def next_of(essay: Essay) -> Waiting | None:
    """The one behind it that nobody else reads."""
    return line_of(essay).following


def _recall_until(essay: Essay, decision: Decision | None) -> datetime | None:
    """Until when this person can take the decision back; None when they cannot."""
    if decision is None or recalling.why_not(db(), essay, decision, by=actor(), now=now()):
        return None
    return decision.decided_at + recalling.FOR


def _earlier(
    essay: Essay,
    said: dict[UUID, list[Comment]],
    decisions: dict[UUID, Decision],
) -> Earlier | None:
    if len(essay.open_versions) < 2:
        return None
    old, new = essay.open_versions[-2:]
    sent = [comment for comment in said[old.id] if comment.sent_at]
    parts = laid_out(old, sent)
    blocks = revision.compared(_texts(old), _texts(new))
    return Earlier(
        version=old,
        decision=decisions.get(old.id),
        parts=parts,
        titles=[part["title"] for part in new.parts],
        blocks=[block for block in blocks if block.fate is not Fate.SAME],
        asked=_asked(parts, blocks),
    )


def _texts(version: Version) -> list[str]:
    return [part["text"] for part in version.parts]


def _asked(parts: Sequence[Part], blocks: Sequence[Block]) -> list[Asked]:
    """Each comment, with what has become of the paragraph it was about."""
    became = revision.fates(blocks)
    return [
        Asked(note, became[row.part, row.paragraph])
        for part in parts
        for row in part.rows
        for note in row.notes
        if (row.part, row.paragraph) in became
    ]
