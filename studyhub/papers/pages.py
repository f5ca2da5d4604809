"""Deeds on the handwritten pages of a draft: to add, order, straighten, turn, take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.essays import window
from studyhub.essays.flaws import Flaw
from studyhub.essays.lifecycle import REFUSALS, Step
from studyhub.essays.models import Essay
from studyhub.essays.page import Develops, Page
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing, StudyHubError, Unfit, Untimely
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.words import N_

MOST = 30
UNDONE_WITHIN = timedelta(days=1)

TYPED_ONLY = N_("This round takes no handwritten essays.")
TOO_MANY = N_("An essay has at most %(most)s handwritten pages. Take some away first.")
NO_PICTURE = N_("This page is not ready yet. Wait a moment.")


@dataclass(frozen=True)
class Kept:
    """The picture of a page, in the store; and the one made straight, where there is one."""

    key: str
    width: int
    height: int
    flaw: Flaw = Flaw.NONE
    straight: "Kept | None" = None


def add(
    db: Session, essay: Essay, *, name: str, source: str, replaces: UUID | None,
    by: Actor, now: datetime,
) -> Page:  # fmt: skip
    """A photo has arrived: its page, still to be developed. Sent again it is the page it was."""
    expect_wanted(essay, now)
    for page in essay.pages:
        if source and page.source == source and page.state is not Develops.UNREADABLE:
            return page
    old = _of(essay, replaces) if replaces else None
    if old is None and len(essay.pages) >= MOST:
        raise Unfit(TOO_MANY, most=MOST)
    made = _page(essay, name, source, now)
    order = list(essay.pages)
    order.insert(order.index(old) if old else len(order), made)
    if old:
        order.remove(old)
        old.removed_at = now
    db.add(made)
    _keep_order(db, essay, order)
    _note(db, essay, by=by, now=now)
    return made


def develop(
    db: Session, essay: Essay, page: Page, made: Sequence[Kept], *, by: Actor, now: datetime
) -> None:
    """Its pictures are there; a PDF gives further pages behind it."""
    order = [one for one in essay.pages if one is not page]
    if len(order) + len(made) > MOST:
        refuse(page, Unfit(TOO_MANY, most=MOST))
        return
    place = essay.pages.index(page) if page in essay.pages else len(order)
    more = [_page(essay, page.name, page.source, now) for _ in made[1:]]
    for one, kept in zip([page, *more], made, strict=True):
        _show(one, kept)
    db.add_all(more)
    here = [] if page.removed_at else [page]
    _keep_order(db, essay, [*order[:place], *here, *more, *order[place:]])
    _note(db, essay, by=by, now=now)


def refuse(page: Page, why: StudyHubError) -> None:
    """It could not be read, and says so until it is replaced or taken away."""
    page.state = Develops.UNREADABLE
    page.refusal = {"message": why.message, "values": why.values}


def remove(db: Session, essay: Essay, page_id: UUID, *, by: Actor, now: datetime) -> None:
    """Take a page away; the others close up. For a day it can be brought back."""
    expect_wanted(essay, now)
    page = _of(essay, page_id)
    page.removed_at = now
    _keep_order(db, essay, [one for one in essay.pages if one is not page])
    _note(db, essay, by=by, now=now)


def bring_back(db: Session, essay: Essay, page_id: UUID, *, by: Actor, now: datetime) -> None:
    """Undo the taking away: the page stands where it stood."""
    expect_wanted(essay, now)
    page = next((one for one in taken_away(db, essay, now=now) if one.id == page_id), None)
    if page is None:
        raise Missing(N_("This page is no longer there. Photograph it anew."))
    if len(essay.pages) >= MOST:
        raise Unfit(TOO_MANY, most=MOST)
    page.removed_at = None
    order = list(essay.pages)
    order.insert(page.position, page)
    _keep_order(db, essay, order)
    _note(db, essay, by=by, now=now)


def taken_away(db: Session, essay: Essay, *, now: datetime) -> Sequence[Page]:
    """Pages that can be brought back, the latest first."""
    return db.scalars(
        select(Page)
        .where(Page.essay_id == essay.id, Page.removed_at > now - UNDONE_WITHIN)
        .order_by(Page.removed_at.desc())
    ).all()


def move(db: Session, essay: Essay, page_id: UUID, steps: int, *, now: datetime) -> None:
    """One place up or down; at either end it stays."""
    expect_wanted(essay, now)
    page = _of(essay, page_id)
    at = essay.pages.index(page)
    others = [one for one in essay.pages if one is not page]
    others.insert(min(max(at + steps, 0), len(others)), page)
    arrange(db, essay, [one.id for one in others], now=now)


def arrange(db: Session, essay: Essay, wanted: Sequence[UUID], *, now: datetime) -> None:
    """Put the pages in this order; those not named follow as they were."""
    expect_wanted(essay, now)
    rank = {page_id: place for place, page_id in enumerate(wanted)}
    order = sorted(essay.pages, key=lambda page: (rank.get(page.id, len(rank)), page.position))
    _keep_order(db, essay, order)


def look(
    essay: Essay, page_id: UUID, made: Kept, *, straight: bool, turn: int, now: datetime
) -> None:
    """Show it so: made straight or as it was photographed, and turned by hand."""
    expect_wanted(essay, now)
    page = ready(essay, page_id)
    page.file_key, page.width, page.height = made.key, made.width, made.height
    page.is_straight, page.turn = straight, turn


def ready(essay: Essay, page_id: UUID) -> Page:
    """A page that has its picture."""
    page = _of(essay, page_id)
    if not page.is_done:
        raise Untimely(NO_PICTURE)
    return page


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


def _page(essay: Essay, name: str, source: str, now: datetime) -> Page:
    return Page(
        id=new_uuid(),
        essay_id=essay.id,
        position=0,
        file_key="",
        width=0,
        height=0,
        state=Develops.IN_WORK,
        name=name[:200],
        source=source,
        added_at=now,
    )


def _show(page: Page, kept: Kept) -> None:
    """Made straight where that was sure; its author can choose otherwise."""
    shown = kept.straight or kept
    page.plain_key, page.straight_key = kept.key, kept.straight.key if kept.straight else ""
    page.is_straight, page.flaw, page.state = bool(kept.straight), kept.flaw, Develops.DONE
    page.file_key, page.width, page.height = shown.key, shown.width, shown.height


def _keep_order(db: Session, essay: Essay, order: Sequence[Page]) -> None:
    for position, page in enumerate(order):
        page.position = position
    db.flush()
    db.expire(essay, ["pages"])


def _note(db: Session, essay: Essay, *, by: Actor, now: datetime) -> None:
    record(db, Deed.PAGES_CHANGED, essay.id, by=by, now=now, pages=len(essay.pages))
