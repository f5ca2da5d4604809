"""Deeds on a pile of paper essays: to bring it, to sort its pages, to hand all of them in.

Until it is handed in it can be left and found again; nothing of it reaches an essay before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload, selectinload

from studyhub.audit.log import Deed, record
from studyhub.essays import on_behalf
from studyhub.essays.drafting import lay_out
from studyhub.essays.drawing_up import drawn_up
from studyhub.essays.handing_in import hold
from studyhub.essays.models import Essay, Version
from studyhub.essays.on_behalf import Paper
from studyhub.essays.window import closed
from studyhub.jobs import service as jobs
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing, Unfit, Untimely
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.papers import cover_sheets, pages
from studyhub.papers.pages import Kept
from studyhub.papers.pile_models import Pile, PilePage, PileState
from studyhub.papers.pile_reading import KIND
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, StudyRound, Summons


class Fate(StrEnum):
    """What becomes of the pages of one member."""

    HAND_IN = "hand_in"
    HAS_ESSAY = "has_essay"
    OWN = "own"


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """The pages of one member, and what will become of them."""

    summons: Summons
    pages: Sequence[PilePage]
    essay: Essay | None
    fate: Fate

    @property
    def is_exempt(self) -> bool:
        """Whether nothing is asked of them: what they wrote is handed in all the same."""
        return self.summons.call is Call.EXEMPT


def bring(
    db: Session, round_: StudyRound, cell: Unit, key: str, name: str, *, by: Actor, now: datetime
) -> tuple[Pile, bool]:
    """Keep a scanned pile and ask that it be read; whether it is new: the same file is no other."""
    if round_.state is not RoundState.OPEN:
        raise closed(round_)
    if not round_.takes_handwriting:
        raise Unfit(pages.TYPED_ONLY)
    found = db.scalars(
        select(Pile).where(
            Pile.round_id == round_.id, Pile.cell_id == cell.id, Pile.file_key == key
        )
    ).one_or_none()
    if found:
        return found, False
    pile = Pile(
        id=new_uuid(), round=round_, cell=cell, file_key=key, file_name=name[:200],
        state=PileState.READING, brought_by=UserId(by.user_id), brought_at=now, page_count=0,
    )  # fmt: skip
    db.add(pile)
    db.flush()
    jobs.ask(db, KIND, now=now, subject_id=pile.id)
    record(db, Deed.PILE_BROUGHT, pile.id, by=by, now=now, cell=str(cell.id), round=str(round_.id))
    return pile, True


def assign(pile: Pile, page_ids: Iterable[UUID], member_id: UserId, *, among: set[UserId]) -> None:
    """These pages are this member's."""
    if member_id not in among:
        raise Missing(N_("This comrade is not on the list of this round in this cell."))
    for page in _of(pile, page_ids):
        page.member_id, page.is_left_out = member_id, False


def leave_out(pile: Pile, page_ids: Iterable[UUID]) -> None:
    """These pages are no part of any essay; they can be taken in again."""
    for page in _of(pile, page_ids):
        page.is_left_out = True


def take_in(pile: Pile, page_ids: Iterable[UUID]) -> None:
    """These pages are part of an essay after all."""
    for page in _of(pile, page_ids):
        page.is_left_out = False


def chosen(pile: Pile, page_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The pictures of these pages, to be turned."""
    return {page.id: page.file_key for page in _of(pile, page_ids)}


def turn(db: Session, pile: Pile, made: Mapping[UUID, Kept]) -> None:
    """Show these pages as they were turned by hand."""
    _hold(db, pile)
    for page in _of(pile, made):
        kept = made[page.id]
        page.file_key, page.width, page.height = kept.key, kept.width, kept.height


def throw_away(db: Session, pile: Pile, *, by: Actor, now: datetime) -> None:
    """Forget a pile nobody wants: nothing of it is in an essay. Its file can be brought anew."""
    _hold(db, pile)
    if pile.state is PileState.HANDED_IN:
        raise Untimely(N_("This pile has been handed in already."))
    count = len(pile.pages)
    record(db, Deed.PILE_THROWN_AWAY, pile.id, by=by, now=now, cell=str(pile.cell_id), pages=count)
    db.execute(delete(PilePage).where(PilePage.pile_id == pile.id))
    db.execute(delete(Pile).where(Pile.id == pile.id))


def bundles(db: Session, pile: Pile) -> list[Bundle]:
    """The pages by member, in the order of the list; those without a page left out."""
    listed = cover_sheets.listed(db, pile.round, pile.cell)
    theirs: dict[UserId, list[PilePage]] = {one.user_id: [] for one in listed}
    for page in pile.pages:
        if page.member_id in theirs and not (page.is_left_out or page.is_cover):
            theirs[page.member_id].append(page)
    essays = _essays(db, pile, [member for member, found in theirs.items() if found])
    return [
        _bundle(one, theirs[one.user_id], essays.get(one.user_id))
        for one in listed
        if theirs[one.user_id]
    ]


def fates(found: Iterable[Bundle], by: Actor) -> list[Bundle]:
    """The same, one's own set apart: nobody hands in their own paper on behalf."""
    return [
        Bundle(summons=one.summons, pages=one.pages, essay=one.essay, fate=Fate.OWN)
        if one.summons.user_id == by.user_id
        else one
        for one in found
    ]


def hand_in(db: Session, pile: Pile, paper: Paper, *, by: Actor, now: datetime) -> list[Version]:
    """Hand in on behalf of all whose pages are sorted; a repeat hands in nothing more."""
    _hold(db, pile)
    if pile.state is PileState.HANDED_IN:
        return []
    _expect_sorted(pile)
    ready = [one for one in fates(bundles(db, pile), by) if one.fate is Fate.HAND_IN]
    if not ready:
        raise Unfit(N_("There is nothing to hand in: no page belongs to somebody who owes one."))
    made = [_hand_in(db, one, paper, by=by, now=now) for one in ready]
    pile.state, pile.handed_in_at = PileState.HANDED_IN, now
    count = sum(len(one.pages) for one in ready)
    record(db, Deed.PILE_HANDED_IN, pile.id, by=by, now=now, essays=len(made), pages=count)
    return made


def of_cell(db: Session, round_: StudyRound, cell: Unit) -> Sequence[Pile]:
    """The piles brought so far, the latest first."""
    found = select(Pile).where(Pile.round_id == round_.id, Pile.cell_id == cell.id)
    latest = found.order_by(Pile.brought_at.desc()).options(joinedload(Pile.bringer))
    return db.scalars(latest.options(selectinload(Pile.pages))).all()


def _hand_in(db: Session, one: Bundle, paper: Paper, *, by: Actor, now: datetime) -> Version:
    if len(one.pages) > pages.MOST:
        raise Unfit(
            N_("%(name)s has %(count)s pages; an essay has at most %(most)s."),
            name=one.summons.user.full_name, count=len(one.pages), most=pages.MOST,
        )  # fmt: skip
    essay = one.essay or lay_out(db, one.summons, today=by.today)
    hold(db, essay)
    version = drawn_up(essay, {}, [page.frozen for page in one.pages], revision=-1)
    return on_behalf.submit(db, essay, version, paper, by=by, now=now)


def _bundle(summons: Summons, found: Sequence[PilePage], essay: Essay | None) -> Bundle:
    fate = Fate.HAND_IN if essay is None or essay.is_writable else Fate.HAS_ESSAY
    return Bundle(summons=summons, pages=found, essay=essay, fate=fate)


def _essays(db: Session, pile: Pile, members: Sequence[UserId]) -> Mapping[UserId, Essay]:
    found = select(Essay).where(Essay.round_id == pile.round_id, Essay.author_id.in_(members))
    return {essay.author_id: essay for essay in db.scalars(found)}


def _of(pile: Pile, page_ids: Iterable[UUID]) -> list[PilePage]:
    expect_open(pile)
    wanted = set(page_ids)
    found = [page for page in pile.pages if page.id in wanted and not page.is_cover]
    if not found:
        raise Unfit(N_("Choose at least one page."))
    return found


def expect_open(pile: Pile) -> None:
    """Refuse while it is read, and when it has been handed in."""
    if pile.state is PileState.HANDED_IN:
        raise Untimely(N_("This pile has been handed in already."))
    if pile.state is not PileState.SORTING:
        raise Untimely(N_("This pile has not been read yet."))


def _expect_sorted(pile: Pile) -> None:
    expect_open(pile)
    if any(page.waits for page in pile.pages):
        raise Untimely(N_("Say of every page whose it is, or leave it out. Then hand in."))


def _hold(db: Session, pile: Pile) -> None:
    db.flush()
    db.refresh(pile, with_for_update={"of": Pile})
    for page in pile.pages:
        db.refresh(page)
