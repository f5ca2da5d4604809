"""The deeds on a round as a whole: freezing its list when it opens, extending, closing.

Opening for real is `study.opening.open_round`: it also begins the figures and
counts what was read before, which this floor knows nothing about.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.words import N_
from studyhub.rounds.lifecycle import RoundState, RoundStep, after
from studyhub.rounds.models import Call, StudyRound, Summons
from studyhub.rounds.roster import Member, audience_paths, roster


def open_round(db: Session, round_: StudyRound, *, by: Actor, now: datetime) -> Sequence[Summons]:
    """Freeze the list as it is on the stated day; from now on members see the round."""
    round_.state = after(round_.state, RoundStep.OPEN)
    round_.opened_at = now
    summonses = [
        _summons(round_, member) for member in roster(db, audience_paths(round_), round_.roster_on)
    ]
    db.add_all(summonses)
    db.flush()
    exempt = sum(summons.call is Call.EXEMPT for summons in summonses)
    log.record(
        db,
        Deed.ROUND_OPENED,
        round_.id,
        by=by,
        now=now,
        summoned=len(summonses) - exempt,
        exempt=exempt,
    )
    return summonses


def extend(
    db: Session, round_: StudyRound, closes_at: datetime, *, reason: str, by: Actor, now: datetime
) -> None:
    """Move the deadline to a later moment; a closed round is open again until then."""
    state = after(round_.state, RoundStep.EXTEND)
    if not reason.strip():
        raise Unfit(N_("Give the reason."))
    if closes_at <= max(now, round_.closes_at):
        raise Unfit(N_("The new deadline must be later than the present one, and still to come."))
    round_.state, round_.closed_at = state, None
    if round_.late_until and round_.late_until < closes_at:
        round_.late_until = closes_at
    before, round_.closes_at = round_.closes_at, closes_at
    log.record(
        db,
        Deed.ROUND_EXTENDED,
        round_.id,
        by=by,
        now=now,
        before=before.isoformat(),
        until=closes_at.isoformat(),
        reason=reason.strip(),
    )


def close(db: Session, round_: StudyRound, *, by: Actor, now: datetime) -> None:
    """End the round: nothing more is handed in or recorded, and the figures stand."""
    round_.state = after(round_.state, RoundStep.CLOSE)
    round_.closed_at = now
    log.record(db, Deed.ROUND_CLOSED, round_.id, by=by, now=now)


def require_open(round_: StudyRound) -> None:
    """Refuse what is possible only while a round is open."""
    if round_.state is RoundState.DRAFT:
        raise Untimely(N_("This study round has not been opened yet."))
    if round_.state is RoundState.CLOSED:
        raise Untimely(N_("This study round has been closed."))


def _summons(round_: StudyRound, member: Member) -> Summons:
    return Summons(
        id=new_uuid(),
        round=round_,
        user_id=member.user_id,
        cell_id=member.cell_id,
        cell_path=member.cell_path,
        standing=member.standing,
        call=Call.EXEMPT if member.exemption else Call.REQUIRED,
        reason=member.exemption,
        added_late=False,
    )
