"""Deeds of handing in for a member who has no device; the member says later whether it is theirs.

The paper stays with the cell, and the version says where, by whom and on which day it was
received. Whether it is late is judged by that day, told by whoever hands it in, shown on the
receipt and logged: a paper that lay with the secretary in time is in time.

The member's own draft is neither read nor changed. Whoever hands in first has handed in: the
member may take the version back like any other until somebody reads it, and goes on with
their own draft; and where the member has handed in, nothing can be handed in for them.

Nobody can object a version away: it is marked as contested, and stays.
"""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.essays import transcribing
from studyhub.essays.drawing_up import drawn_up
from studyhub.essays.handing_in import expect_fit, hold, make
from studyhub.essays.lifecycle import State, Step, after
from studyhub.essays.models import Answer, Essay, Version
from studyhub.essays.transcribing import NOT_ONES_OWN
from studyhub.essays.transcripts import Transcript
from studyhub.essays.window import closed, returned_version
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.errors import Conflict, Forbidden, Unfit, Untimely
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.org.models import Appointment, Unit
from studyhub.org.tree import lineage
from studyhub.rounds.lifecycle import RoundState

LONGEST = 1000


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What is stated about the paper: on which day the cell received it, where it is kept.

    `zone` is where that day is a day.
    """

    received_on: date
    kept_where: str
    zone: tzinfo


def hand_in(
    db: Session, transcript: Transcript, paper: Paper, *, revision: int, by: Actor, now: datetime
) -> Version:
    """Make what was typed and scanned a version; a repeat gives the version made before."""
    essay = transcript.essay
    hold(db, essay)
    transcribing.hold(db, transcript)
    last, told = essay.latest, -1 - revision
    if essay.state is State.SUBMITTED and last and last.on_behalf_by and last.revision == told:
        return last
    if transcript.draft_revision != revision:
        raise Conflict(N_("This text was changed meanwhile. Look at it again, then hand it in."))
    transcript.received_on, transcript.kept_where = paper.received_on, paper.kept_where[:LONGEST]
    version = drawn_up(essay, transcript.draft, transcript.pages, revision=told)
    return submit(db, essay, version, paper, by=by, now=now)


def submit(
    db: Session, essay: Essay, version: Version, paper: Paper, *, by: Actor, now: datetime
) -> Version:
    """Hand this version in for the author of the essay, who is told."""
    if essay.author_id == by.user_id:
        raise Forbidden(NOT_ONES_OWN)
    after(essay.state, Step.SUBMIT)
    expect_paper(essay, paper, today=by.today)
    expect_fit(essay, version)
    version.on_behalf_by = UserId(by.user_id)
    version.received_on, version.kept_where = paper.received_on, paper.kept_where[:LONGEST]
    version.is_late = would_be_late(essay, paper)
    made = make(db, essay, version, by=by, now=now)
    notify(
        db, [essay.author_id], Kind.ESSAY_ON_BEHALF, subject_id=essay.id, by=by, now=now,
        person=str(by.user_id), cell=str(essay.cell_id),
    )  # fmt: skip
    return made


def would_be_late(essay: Essay, paper: Paper) -> bool:
    """By the day the paper was received; what was returned is late only if it was at first."""
    before = returned_version(essay)
    if before:
        return before.is_late
    return paper.received_on > _day(essay.deadline, paper.zone)


def expect_paper(essay: Essay, paper: Paper, *, today: date) -> None:
    """Refuse a day that cannot be, a paper without a place, and one that came too late."""
    if essay.round.state is not RoundState.OPEN or essay.round.opened_at is None:
        raise closed(essay.round)
    if paper.received_on > today:
        raise Unfit(N_("A paper cannot be received in the future."), about="received_on")
    if paper.received_on < _day(essay.round.opened_at, paper.zone):
        raise Unfit(
            N_("This day lies before the round was opened. State the day the paper came."),
            about="received_on",
        )
    if not paper.kept_where.strip():
        raise Unfit(N_("State where the cell keeps the paper."), about="kept_where")
    last = (essay.summons or essay.round).last_moment
    if not returned_version(essay) and paper.received_on > _day(last, paper.zone):
        raise closed(essay.round)


def answer(
    db: Session, version: Version, *, agrees: bool, words: str, by: Actor, now: datetime
) -> None:
    """The author says that it is their essay, or objects with a sentence; the last word counts."""
    essay = version.essay
    if essay.author_id != by.user_id:
        raise Forbidden(N_("Only its author can do this with an essay."))
    if version.on_behalf_by is None:
        raise Untimely(N_("You handed this version in yourself."))
    words = "" if agrees else words.strip()[:LONGEST]
    if not agrees and not words:
        raise Unfit(N_("Say in one sentence what is wrong."), about="words")
    said = version.answer
    if said and (said.agrees, said.words) == (agrees, words):
        return
    if said is None:
        said = version.answer = Answer(agrees=agrees, words=words, answered_at=now)
    said.agrees, said.words, said.answered_at = agrees, words, now
    db.flush()
    deed = Deed.ESSAY_CONFIRMED if agrees else Deed.ESSAY_CONTESTED
    record(db, deed, essay.id, by=by, now=now, version=version.number)
    told = [version.on_behalf_by] if agrees else [version.on_behalf_by, *_leaders(db, essay, by)]
    notify(
        db, told, Kind.ESSAY_CONFIRMED if agrees else Kind.ESSAY_CONTESTED, subject_id=essay.id,
        by=by, now=now, person=str(by.user_id), cell=str(essay.cell_id),
    )  # fmt: skip


def _leaders(db: Session, essay: Essay, by: Actor) -> list[UserId]:
    """The secretary and deputy of the cell, and the officers of the committees above."""
    found = db.scalars(
        select(Appointment.user_id)
        .join(Appointment.unit)
        .where(
            Unit.path.in_(lineage(essay.cell.path)),
            Appointment.post.in_((Post.SECRETARY, Post.DEPUTY, Post.OFFICER)),
            Appointment.covers(by.today),
        )
        .order_by(Unit.path.desc())
    )
    return list(found)


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()
