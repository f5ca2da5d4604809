"""Lays out the writing page: the parts with what is typed in them, and the resolution beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import current_app, render_template, request
from werkzeug.wrappers import Response

from studyhub.essays import queries, window
from studyhub.essays.comparing import Block, blocks
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.kernel.vietnamese import count_syllables, fold
from studyhub.library.models import Document, DocumentPart
from studyhub.review import queries as review
from studyhub.review.margins import Row, laid_out
from studyhub.review.models import Decision
from studyhub.rounds.models import Question
from studyhub.web import noted
from studyhub.web.assets import A_YEAR
from studyhub.web.essays.forms import DraftForm
from studyhub.web.request import actor, db, now

VIEW, ONE = "writing", "one"
"""The cookie that remembers how the page is wanted: one part at a time, in large letters."""


@dataclass(frozen=True)
class Sheet:
    """One part of the essay as it stands on the page."""

    question: Question
    text: str
    compared: Sequence[Block]
    """Both texts paragraph by paragraph, where two windows differ."""
    choices: Mapping[int, str]
    remarked: tuple[Row, ...] = ()
    """The paragraphs of the returned version that have comments."""

    @property
    def key(self) -> str:
        """The id of its question: what its fields are named by."""
        return str(self.question.id)

    @property
    def syllables(self) -> int:
        """How long it is."""
        return count_syllables(self.text)


@dataclass(frozen=True)
class Hit:
    """A part of a document that has what is looked for."""

    document: Document
    part: DocumentPart
    paragraphs: tuple[list[tuple[bool, str]], ...]
    """Each as its pieces: whether it is what was looked for, and the words."""


@dataclass(frozen=True)
class Deadline:
    """What the script says when the deadline comes near, and passes."""

    at: datetime
    now: int
    until: datetime | None
    """Until when one may still hand in, late."""
    by_rule: bool

    @property
    def closes(self) -> int:
        """The moment as scripts count: in milliseconds."""
        return int(self.at.timestamp() * 1000)


def page(essay: Essay, form: DraftForm | None = None, *, conflict: bool = False) -> str:
    """The page, with what was typed last in its fields: the form's words, else the draft's."""
    essay = queries.for_writing(db(), essay)
    version, decision = _returned(essay)
    remarks = _remarks(version) if version else {}
    sheets = [
        replace(_sheet(essay, question, form, conflict=conflict), remarked=remarks.get(n, ()))
        for n, question in enumerate(essay.round.questions)
    ]
    looked_for = form.question if form else ""
    return render_template(
        "essays/edit.html",
        essay=essay,
        round=essay.round,
        form=form,
        sheets=sheets,
        conflict=conflict,
        decision=decision,
        revision=essay.draft_revision if conflict or not form else form.seen,
        kept=all(sheet.text == essay.draft.get(sheet.key, "") for sheet in sheets),
        total=sum(sheet.syllables for sheet in sheets),
        takes=window.can_hand_in(essay, now()),
        late=window.would_be_late(essay, now()),
        settled=request.args.get("settled", type=int),
        deadline=_deadline(essay),
        one=request.cookies.get(VIEW) == ONE,
        looked_for=looked_for,
        hits=search(essay, looked_for) if looked_for else [],
        own_notes=noted.own([entry.document for entry in essay.round.documents]),
        quotation=noted.quotation,
    )


def remember_view(response: Response, wanted: str) -> Response:
    """On this machine: one part at a time in large letters, or all of them; else as it was."""
    if wanted in {"view-one", "view-all"}:
        response.set_cookie(
            VIEW,
            wanted.removeprefix("view-"),
            max_age=A_YEAR,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response


def last_changed(essay: Essay, before: Mapping[str, str]) -> int:
    """The number of the last part that differs from before: where the writer was; 0 for none."""
    changed = [
        number
        for number, question in enumerate(essay.round.questions, 1)
        if essay.draft.get(str(question.id)) != before.get(str(question.id))
    ]
    return changed[-1] if changed else 0


def search(essay: Essay, looked_for: str) -> list[Hit]:
    """The passages of the round's documents that have these words, marks or no marks."""
    words = fold(looked_for)
    hits = []
    for entry in essay.round.documents:
        for part in entry.document.parts:
            found = tuple(marked(text, words) for text in part.paragraphs if words in fold(text))
            if found or words in fold(part.title):
                hits.append(Hit(entry.document, part, found))
    return hits


def marked(text: str, folded_words: str) -> list[tuple[bool, str]]:
    """The text in pieces, those that read like the folded words marked."""
    folded = fold(text)
    if len(folded) != len(text) or not folded_words:
        return [(False, text)]
    pieces, at = [], 0
    while (found := folded.find(folded_words, at)) >= 0:
        end = found + len(folded_words)
        pieces += [(False, text[at:found]), (True, text[found:end])]
        at = end
    return [piece for piece in [*pieces, (False, text[at:])] if piece[1]]


def _deadline(essay: Essay) -> Deadline | None:
    """None where nothing ends: what was returned may be handed in as long as the round is open,
    unless the round gives days for it."""
    if not window.can_hand_in(essay, now()):
        return None
    moment = int(now().timestamp() * 1000)
    if window.returned_version(essay):
        at = essay.rewrite_until
        return Deadline(at=at, now=moment, until=None, by_rule=False) if at else None
    at = essay.deadline
    last = (essay.summons or essay.round).last_moment
    return Deadline(
        at=at,
        now=moment,
        until=last if last > at else None,
        by_rule=essay.round.hands_in_drafts,
    )


def _returned(essay: Essay) -> tuple[Version | None, Decision | None]:
    """The version that is to be completed, and why."""
    if essay.state is not State.RETURNED or essay.latest is None:
        return None, None
    return essay.latest, review.decisions_on(db(), [essay.latest]).get(essay.latest.id)


def _remarks(version: Version) -> dict[int, tuple[Row, ...]]:
    comments = review.comments_on(db(), [version], reader_id=actor().user_id)
    parts = laid_out(version, comments[version.id])
    return {n: tuple(row for row in part.rows if row.notes) for n, part in enumerate(parts)}


def _sheet(essay: Essay, question: Question, form: DraftForm | None, *, conflict: bool) -> Sheet:
    key = str(question.id)
    kept = essay.draft.get(key, "")
    typed = form.texts.get(key, kept) if form else kept
    differs = conflict and typed != kept
    compared = blocks(typed, kept) if differs else ()
    return Sheet(question, typed, compared, form.choices(key) if form else {})
