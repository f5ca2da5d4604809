"""More time for the authors of chosen essays that were returned, and for nobody else.

Each gets it by itself, as `rounds.extensions` gives it to one person. Where the round sets
days for completing an essay, these are moved, too: else the later deadline would help nobody.
How often an essay may be completed is another rule, and is not touched.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, defer, joinedload

from studyhub.accounts.models import User
from studyhub.audit.log import Deed, record
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.review.bulk import MOST
from studyhub.review.rewriting import times_returned_of
from studyhub.rounds.extensions import extend_person
from studyhub.rounds.models import Call, StudyRound
from studyhub.rounds.service import require_open


@dataclass(frozen=True)
class Owing:
    """Of the chosen essays of one round: those whose authors can be given time, and the others."""

    can: Sequence[Essay]
    cannot: Sequence[Essay]


def owing(
    db: Session, round_: StudyRound, essay_ids: Iterable[UUID], visible: ColumnElement[bool]
) -> Owing:
    """Only what was returned has something to complete, and may be completed once more."""
    found = db.scalars(
        select(Essay)
        .where(Essay.id.in_(list(essay_ids)[:MOST]), Essay.round_id == round_.id, visible)
        .order_by(Essay.id)
        .options(
            defer(Essay.draft),
            joinedload(Essay.author, innerjoin=True).load_only(User.full_name),
            joinedload(Essay.cell, innerjoin=True).load_only(Unit.name),
            joinedload(Essay.round, innerjoin=True),
            joinedload(Essay.summons),
        )
    ).all()
    times = times_returned_of(db, [essay.id for essay in found])
    able = {essay.id for essay in found if _is_owing(essay, times.get(essay.id, 0))}
    return Owing(
        [essay for essay in found if essay.id in able],
        [essay for essay in found if essay.id not in able],
    )


def give(
    db: Session,
    round_: StudyRound,
    essays: Sequence[Essay],
    until: datetime,
    *,
    reason: str,
    by: Actor,
    now: datetime,
) -> int:
    """Give each of these authors until then; how many that are."""
    require_open(round_)
    if not reason.strip():
        raise Unfit(N_("Give the reason."), about="reason")
    if until <= now:
        raise Unfit(N_("The new deadline must be to come."), about="closes_on")
    given, times = 0, times_returned_of(db, [essay.id for essay in essays])
    for essay in essays:  # in the order of their ids: all lock in the same order
        db.refresh(essay, ["state", "rewrite_until"], with_for_update={"of": Essay})
        if _is_owing(essay, times.get(essay.id, 0)):
            _give(db, essay, until, reason, by=by, now=now)
            given += 1
    return given


def _give(
    db: Session, essay: Essay, until: datetime, reason: str, *, by: Actor, now: datetime
) -> None:
    rewriting = essay.rewrite_until
    if rewriting is not None:
        essay.rewrite_until = max(rewriting, until)
        record(
            db, Deed.REWRITE_EXTENDED, essay.id, by=by, now=now,
            until=essay.rewrite_until.isoformat(),
        )  # fmt: skip
    if essay.summons is not None:
        extend_person(
            db, essay.summons, until, reason=reason, by=by, now=now, rewriting=rewriting is not None
        )


def _is_owing(essay: Essay, returned: int) -> bool:
    most = essay.round.rewrites
    return (
        essay.state is State.RETURNED
        and essay.summons is not None
        and essay.summons.call is not Call.RELEASED
        and (most is None or returned <= most)
    )
