"""Deeds on the handwritten pages of a draft: to add, to put in order, to take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.essays import window
from studyhub.essays.flaws import Flaw
from studyhub.essays.lifecycle import REFUSALS, Step
from studyhub.essays.models import Essay, Page
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing, Unfit, Untimely
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.words import N_

MOST = 30

TYPED_ONLY = N_("This round takes no handwritten essays.")
TOO_MANY = N_("An essay has at most %(most)s handwritten pages. Take some away first.")


@dataclass(frozen=True)
class Kept:
    """The picture of a page, in the store."""

    key: str
    width: int
    height: int
    flaw: Flaw


def add(db: Session, essay: Essay, made: Sequence[Kept], *, by: Actor, now: datetime) -> list[Page]:
    """Put pages behind the others; the same picture again, sent anew, is the page it was."""
    expect_wanted(essay, now)
    known = {page.file_key: page for page in essay.pages}
    fresh = [one for one in made if one.key not in known]
    if len(essay.pages) + len(fresh) > MOST:
        raise Unfit(TOO_MANY, most=MOST)
    for one in fresh:
        known[one.key] = _page(one, position=len(essay.pages), now=now)
        essay.pages.append(known[one.key])
    db.flush()
    if fresh:
        _note(db, essay, by=by, now=now)
    return [known[one.key] for one in made]


def remove(db: Session, essay: Essay, page_id: UUID, *, by: Actor, now: datetime) -> None:
    """Take a page away; the others close up."""
    expect_wanted(essay, now)
    essay.pages.remove(_of(essay, page_id))
    _count_anew(essay)
    db.flush()
    _note(db, essay, by=by, now=now)


def move(essay: Essay, page_id: UUID, steps: int, *, now: datetime) -> None:
    """One place up or down; at either end it stays."""
    expect_wanted(essay, now)
    page = _of(essay, page_id)
    at = essay.pages.index(page)
    others = [one for one in essay.pages if one is not page]
    others.insert(min(max(at + steps, 0), len(others)), page)
    arrange(essay, [one.id for one in others], now=now)


def arrange(essay: Essay, wanted: Sequence[UUID], *, now: datetime) -> None:
    """Put the pages in this order; those not named follow as they were."""
    expect_wanted(essay, now)
    rank = {page_id: place for place, page_id in enumerate(wanted)}
    essay.pages.sort(key=lambda page: (rank.get(page.id, len(rank)), page.position))
    _count_anew(essay)


def expect_wanted(essay: Essay, now: datetime) -> None:
    """Refuse where the round takes no handwriting, or nothing any more."""
    if not essay.round.takes_handwriting:
        raise Unfit(TYPED_ONLY)
    if not essay.is_writable:
        raise Untimely(REFUSALS[Step.SUBMIT])
    if not window.can_hand_in(essay, now):
        raise window.closed(essay.round)


def _of(essay: Essay, page_id: UUID) -> Page:
    for page in essay.pages:
        if page.id == page_id:
            return page
    raise Missing(N_("There is nothing here."))


def _page(kept: Kept, *, position: int, now: datetime) -> Page:
    return Page(
        id=new_uuid(),
        position=position,
        file_key=kept.key,
        width=kept.width,
        height=kept.height,
        flaw=kept.flaw,
        added_at=now,
    )


def _count_anew(essay: Essay) -> None:
    for position, page in enumerate(essay.pages):
        page.position = position


def _note(db: Session, essay: Essay, *, by: Actor, now: datetime) -> None:
    record(db, Deed.PAGES_CHANGED, essay.id, by=by, now=now, pages=len(essay.pages))
