"""The history of a draft, for its author alone: looked through, and restored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from studyhub.access import policy
from studyhub.essays import history, queries
from studyhub.essays.glance import Glance, glance
from studyhub.essays.models import Essay, KeptDraft
from studyhub.kernel.errors import Missing
from studyhub.kernel.vietnamese import count_syllables
from studyhub.kernel.words import N_
from studyhub.review.changes import Stretch, changes, shortened
from studyhub.web.essays.views import essays
from studyhub.web.fields import RevisionField
from studyhub.web.filters import day, day_and_time
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.request import db, now

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class RestoreForm(Form):
    """The revision of the draft that was shown, so that nothing newer is written over."""

    revision = RevisionField()


@dataclass(frozen=True)
class Line:
    """A text of the draft as the list tells it; `then` is what changed in the one that followed."""

    kept: KeptDraft
    syllables: int
    then: Glance


@dataclass(frozen=True)
class Part:
    """A part of an older text, and what became of it in the text that followed."""

    title: str
    text: str
    told: Sequence[Stretch]


@essays.get("/<uuid:essay_id>/history")
@on(Essay, may=policy.write_essay, secret=True)
def show_history(essay: Essay) -> ResponseReturnValue:
    """The texts the draft once had, the latest first."""
    before = _moment(request.args.get("before", type=int))
    found = history.entries(db(), essay, before=before, most=history.MANY + 1)
    shown = found[: history.MANY]
    return render_template(
        "essays/history.html",
        essay=essay,
        round=essay.round,
        days=_by_day(_lines(essay, shown)),
        is_first=before is None,
        syllables=_syllables(essay.draft),
        older=_counted(shown[-1].kept_at) if len(found) > len(shown) else None,
        until=history.ends_at(essay.round),
    )


@essays.get("/<uuid:essay_id>/history/<uuid:kept_id>")
@on(Essay, may=policy.write_essay, secret=True)
def show_kept(essay: Essay, kept_id: UUID) -> ResponseReturnValue:
    """One of them, and what happens when it is restored."""
    return _page(essay, _kept(essay, kept_id), RestoreForm())


@essays.post("/<uuid:essay_id>/history/<uuid:kept_id>/restore")
@on(Essay, may=policy.write_essay, secret=True)
def restore(essay: Essay, kept_id: UUID) -> ResponseReturnValue:
    """Make it the draft again."""
    kept, form = _kept(essay, kept_id), RestoreForm(request.form)
    if form.validate():
        with refusals(form):
            history.restore(db(), essay, kept, revision=int(form.revision.data or 0), now=now())
    if form.errors:
        return _page(essay, kept, form), 422
    flash(
        gettext("The text of %(when)s is your draft again.", when=day_and_time(kept.kept_at)), "ok"
    )
    return redirect(url_for(".edit", essay_id=essay.id, settled=essay.draft_revision))


def _page(essay: Essay, kept: KeptDraft, form: RestoreForm) -> str:
    essay = queries.for_writing(db(), essay)
    after = history.following(db(), kept)
    form.revision.data = str(essay.draft_revision)
    return render_template(
        "essays/kept.html",
        essay=essay,
        round=essay.round,
        form=form,
        kept=kept,
        after=after,
        parts=list(_parts(essay, kept.draft, after.draft if after else essay.draft)),
        syllables=_syllables(kept.draft),
        now_syllables=_syllables(essay.draft),
        is_now=all(kept.draft.get(part, "") == text for part, text in essay.draft.items()),
    )


def _kept(essay: Essay, kept_id: UUID) -> KeptDraft:
    found = history.entry(db(), essay, kept_id)
    if found is None:
        raise Missing(N_("There is nothing here."))
    return found


def _lines(essay: Essay, shown: Sequence[KeptDraft]) -> Iterator[Line]:
    """Each with what changed in the text after it; the latest with the draft there is now."""
    newer: list[Mapping[str, str]] = [_newest(essay, shown), *(kept.draft for kept in shown)]
    for kept, (after, draft) in zip(shown, pairwise(newer), strict=True):
        yield Line(kept, _syllables(draft), glance(draft, after))


def _newest(essay: Essay, shown: Sequence[KeptDraft]) -> Mapping[str, str]:
    after = history.following(db(), shown[0]) if shown else None
    return after.draft if after else essay.draft


def _by_day(lines: Iterator[Line]) -> list[tuple[datetime, list[Line]]]:
    days: dict[str, tuple[datetime, list[Line]]] = {}
    for line in lines:
        moment = line.kept.kept_at
        days.setdefault(day(moment), (moment, []))[1].append(line)
    return list(days.values())


def _parts(essay: Essay, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Part]:
    for question in essay.round.questions:
        before, after = old.get(str(question.id), ""), new.get(str(question.id), "")
        told = shortened(changes(before, after)) if before != after else []
        yield Part(question.title, before, told)


def _syllables(texts: Mapping[str, str]) -> int:
    return sum(count_syllables(text) for text in texts.values())


def _counted(moment: datetime) -> int:
    """The moment in microseconds, for an address."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def _moment(counted: int | None) -> datetime | None:
    try:
        return EPOCH + timedelta(microseconds=counted) if counted is not None else None
    except OverflowError:
        return None
