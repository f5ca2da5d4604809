"""More time for one person or one cell: granted, shown, and taken back, each with its reason."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing, Unfit, Untimely
from studyhub.kernel.ids import UnitId, UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.rounds.models import Call, Extension, StudyRound, Summons
from studyhub.rounds.service import require_open


def extend_person(
    db: Session,
    summons: Summons,
    until: datetime,
    *,
    reason: str,
    by: Actor,
    now: datetime,
    rewriting: bool = False,
) -> Extension:
    """Give one person on the list until then; `rewriting`: to complete what was returned.

    That has days of its own, which may end long before the deadline of the round.
    """
    if summons.call is Call.RELEASED:
        raise Untimely(N_("%(name)s is not on the list any more."), name=summons.user.full_name)
    least = now if rewriting else summons.round.closes_at
    _require_later(summons.round, until, reason, now=now, least=least)
    made = _extension(summons.round, until, reason=reason, by=by, now=now)
    made.summons = summons
    return _grant(db, made, [summons], by=by, now=now, person=str(summons.user_id))


def extend_cell(
    db: Session,
    round_: StudyRound,
    cell: Unit,
    until: datetime,
    *,
    reason: str,
    by: Actor,
    now: datetime,
) -> Extension:
    """Give everybody of a cell until then, and whoever is added to the list later."""
    listed = of_cell(db, round_, cell.id)
    if not listed:
        raise Missing(N_("Nobody of this unit was summoned to this round."))
    _require_later(round_, until, reason, now=now, least=round_.closes_at)
    made = _extension(round_, until, reason=reason, by=by, now=now)
    made.cell = cell
    return _grant(db, made, listed, by=by, now=now, cell=str(cell.id))


def take_back(db: Session, extension: Extension, *, reason: str, by: Actor, now: datetime) -> None:
    """The time is not given after all. What was handed in meanwhile stays as it is."""
    round_ = db.get_one(StudyRound, extension.round_id)
    require_open(round_)
    _require_reason(reason)
    if extension.taken_back_at is not None:
        raise Untimely(N_("This extension has ended already."))
    extension.taken_back_at, extension.taken_back_by = now, UserId(by.user_id)
    extension.taken_back_because = reason.strip()
    db.flush()
    _settle(db, round_, _reached(db, round_, extension))
    log.record(
        db, Deed.EXTENSION_TAKEN_BACK, round_.id, by=by, now=now, extension=str(extension.id)
    )


def settle_newcomer(db: Session, summons: Summons) -> None:
    """Whoever is added to the list later has the time that was given to their cell."""
    _settle(db, summons.round, [summons])


def of_cell(db: Session, round_: StudyRound, cell_id: UnitId) -> Sequence[Summons]:
    """Everybody of this cell on the list."""
    return db.scalars(
        select(Summons).where(Summons.round_id == round_.id, Summons.cell_id == cell_id)
    ).all()


def standing(db: Session, round_: StudyRound) -> Sequence[Extension]:
    """The extensions of a round that have not been taken back, the longest first."""
    return db.scalars(
        select(Extension)
        .where(Extension.round_id == round_.id, Extension.taken_back_at.is_(None))
        .order_by(Extension.until.desc(), Extension.made_at)
        .options(joinedload(Extension.maker))
    ).all()


def of_round(db: Session, round_: StudyRound) -> Sequence[Extension]:
    """Every extension of a round, those taken back too, the newest first."""
    return db.scalars(
        select(Extension)
        .where(Extension.round_id == round_.id)
        .order_by(Extension.made_at.desc(), Extension.id)
        .options(
            joinedload(Extension.maker),
            joinedload(Extension.cell),
            joinedload(Extension.summons).joinedload(Summons.user),
        )
    ).all()


def _require_later(
    round_: StudyRound, until: datetime, reason: str, *, now: datetime, least: datetime
) -> None:
    require_open(round_)
    if not round_.asks_for_essay:
        raise Untimely(N_("This study round asks for no essay."))
    _require_reason(reason)
    if until <= max(now, least):
        raise Unfit(
            N_("The new deadline must be later than the deadline of the round, and to come."),
            about="closes_on",
        )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Unfit(N_("Give the reason."), about="reason")


def _extension(
    round_: StudyRound, until: datetime, *, reason: str, by: Actor, now: datetime
) -> Extension:
    return Extension(
        id=new_uuid(),
        round_id=round_.id,
        until=until,
        reason=reason.strip(),
        made_by=UserId(by.user_id),
        made_at=now,
    )


def _grant(
    db: Session,
    made: Extension,
    reached: Iterable[Summons],
    *,
    by: Actor,
    now: datetime,
    **whom: str,
) -> Extension:
    db.add(made)
    db.flush()
    for summons in reached:
        summons.closes_at = max(made.until, summons.closes_at or made.until)
    log.record(
        db,
        Deed.EXTENSION_GRANTED,
        made.round_id,
        by=by,
        now=now,
        extension=str(made.id),
        until=made.until.isoformat(),
        **whom,
    )
    return made


def _reached(db: Session, round_: StudyRound, extension: Extension) -> Sequence[Summons]:
    if extension.cell_id is not None:
        return of_cell(db, round_, extension.cell_id)
    return [db.get_one(Summons, extension.summons_id)]


def _settle(db: Session, round_: StudyRound, listed: Iterable[Summons]) -> None:
    """Set each one's deadline to the latest that stands for them or for their cell."""
    given = standing(db, round_)
    for summons in listed:
        theirs = [one.until for one in given if _is_for(one, summons.id, summons.cell_id)]
        summons.closes_at = max(theirs, default=None)


def _is_for(extension: Extension, summons_id: UUID, cell_id: UnitId) -> bool:
    return summons_id == extension.summons_id or cell_id == extension.cell_id
