"""Deeds of judging while a secretary is away: an officer above takes it on, and ends it.

It moves no right from anybody: whoever may judge in the cell still may, whoever decides first
has decided, and the secretary can end it on coming back.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.essays.text import as_kept
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.errors import Conflict, Forbidden, Unfit, Untimely
from studyhub.kernel.ids import EssayId, UnitId, UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.org.models import Unit
from studyhub.review.blind import is_hidden
from studyhub.review.in_place import judges_in_place
from studyhub.review.models import Decision, Substitution
from studyhub.review.substitutions import basis_of, leaders_of, open_of

LONGEST = 1000
MOST_DAYS = 92
"""So long at most at a time; whoever is away for longer has a successor."""

FOR_ONE = timedelta(days=7)
"""Until when one essay may be decided so: long enough to read it, and to recall the decision."""


def substitute(
    db: Session, cell: Unit, *, since: date, until: date, reason: str, by: Actor, now: datetime
) -> Substitution:
    """Judge in this cell from one day to another; its secretary and deputies are told.

    The same again is the one of before.
    """
    if not cell.is_cell:
        raise Unfit(N_("Only in a cell are essays judged."))
    words = _fit(reason)
    _expect_days(since, until, by.today)
    same = (Substitution.cell_id == cell.id, Substitution.essay_id.is_(None))
    known = db.scalars(
        select(Substitution).where(
            *same, open_of(by.user_id), Substitution.since <= until, Substitution.until >= since
        )
    ).first()
    if known and (known.since, known.until, known.reason) == (since, until, words):
        return known
    if known:
        raise Conflict(
            N_("You stand in there already, from %(since)s to %(until)s."),
            since=f"{known.since:%d/%m/%Y}", until=f"{known.until:%d/%m/%Y}",
        )  # fmt: skip
    made = _made(db, cell, None, since, until, words, by=by, now=now)
    notify(
        db, _leaders(db, cell, by), Kind.SUBSTITUTED, subject_id=cell.id, by=by, now=now,
        officer=str(by.user_id), cell=str(cell.id),
        since=since.isoformat(), until=until.isoformat(),
    )  # fmt: skip
    return made


def substitute_on(
    db: Session, essay: Essay, *, reason: str, by: Actor, now: datetime
) -> Substitution:
    """Judge this one essay; asked again, it is the one of before."""
    words = _fit(reason)
    if essay.author_id == by.user_id:
        raise Forbidden(N_("Nobody judges their own essay."))
    if essay.state is not State.SUBMITTED:
        raise Untimely(N_("This essay is not waiting for review."))
    if is_hidden(essay):
        raise Untimely(
            N_("This essay is judged blind. Stand in for the whole cell: then you see a code only.")
        )
    known = db.scalars(basis_of(essay, by)).first()
    if known:
        return known
    cell, until = essay.cell, by.today + FOR_ONE
    made = _made(db, cell, essay.id, by.today, until, words, by=by, now=now)
    notify(
        db, _leaders(db, cell, by), Kind.SUBSTITUTED_ON, subject_id=essay.id, by=by, now=now,
        officer=str(by.user_id), cell=str(cell.id),
    )  # fmt: skip
    return made


def end(db: Session, substitution: Substitution, *, by: Actor, now: datetime) -> None:
    """From now on the officer judges there no more; what was decided stands. Again is once."""
    db.refresh(substitution, with_for_update={"of": Substitution})
    if substitution.ended_at is not None:
        return
    substitution.ended_at, substitution.ended_by = now, UserId(by.user_id)
    cell = substitution.cell
    record(db, Deed.SUBSTITUTION_ENDED, cell.id, by=by, now=now, substitution=str(substitution.id))
    told = [substitution.officer_id, *_leaders(db, cell, by)]
    notify(
        db, told, Kind.SUBSTITUTION_ENDED, subject_id=cell.id, by=by, now=now,
        officer=str(substitution.officer_id), cell=str(cell.id),
    )  # fmt: skip


def basis(db: Session, essay: Essay, *, by: Actor) -> Substitution | None:
    """By what this person judges it in place of the secretary; None in one's own right.

    `Forbidden` when it was ended while the page was open.
    """
    if not judges_in_place(by, essay):
        return None
    found = db.scalars(basis_of(essay, by)).first()
    if found is None:
        raise Forbidden(N_("You no longer stand in for the secretary of this cell."))
    return found


def tell_secretary(db: Session, essay: Essay, decision: Decision, *, by: Actor) -> None:
    """Those who lead the cell are told of a decision made in their place."""
    if decision.substitution_id is None:
        return
    notify(
        db, _leaders(db, essay.cell, by), Kind.DECIDED_IN_PLACE, subject_id=essay.id, by=by,
        now=decision.decided_at, officer=str(by.user_id), cell=str(essay.cell_id),
    )  # fmt: skip


def _made(
    db: Session,
    cell: Unit,
    essay_id: EssayId | None,
    since: date,
    until: date,
    reason: str,
    *,
    by: Actor,
    now: datetime,
) -> Substitution:
    leaders = leaders_of(db, cell, by.today)
    if by.user_id in {held.user_id for held in leaders}:
        raise Forbidden(N_("You lead this cell yourself."))
    absent = next((held.user_id for held in leaders if held.post is Post.SECRETARY), None)
    made = Substitution(
        id=new_uuid(), cell_id=UnitId(cell.id), essay_id=essay_id, absent_id=absent,
        officer_id=UserId(by.user_id), reason=reason, since=since, until=until, made_at=now,
    )  # fmt: skip
    db.add(made)
    db.flush()
    record(
        db, Deed.SUBSTITUTION_BEGUN, cell.id, by=by, now=now, substitution=str(made.id),
        since=since.isoformat(), until=until.isoformat(),
        **({"essay": str(essay_id)} if essay_id else {}),
    )  # fmt: skip
    return made


def _fit(reason: str) -> str:
    words = as_kept(reason).strip()
    if not words:
        raise Unfit(N_("Say why the secretary cannot decide."), about="reason")
    if len(words) > LONGEST:
        raise Unfit(N_("At most %(most)d characters."), about="reason", most=LONGEST)
    return words


def _expect_days(since: date, until: date, today: date) -> None:
    if since < today:
        raise Unfit(N_("It begins today at the earliest."), about="since")
    if until < since:
        raise Unfit(N_("The last day lies before the first."), about="until")
    if until > since + timedelta(days=MOST_DAYS):
        raise Unfit(N_("At most %(most)d days at a time."), about="until", most=MOST_DAYS)


def _leaders(db: Session, cell: Unit, by: Actor) -> list[UserId]:
    return [held.user_id for held in leaders_of(db, cell, by.today)]
