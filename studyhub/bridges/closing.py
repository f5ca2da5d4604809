"""Head-count and list must agree or say why; then the list is signed off."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.bridges.marking import require_taking
from studyhub.bridges.models import BridgeMark, BridgePoint
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.kernel.ids import UserId
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.rounds.service import require_open

MOST_PAPERS = 20


def keep_papers(
    db: Session, point: BridgePoint, pictures: Sequence[dict[str, Any]], *, by: Actor, now: datetime
) -> None:
    """Keep photos of the paper list beside the list."""
    require_taking(point, now)
    if len(point.papers) + len(pictures) > MOST_PAPERS:
        raise Unfit(
            N_("At most %(most)s pictures or pages are taken here."), about="papers",
            most=MOST_PAPERS,
        )  # fmt: skip
    point.papers = [*point.papers, *pictures]
    record(db, Deed.BRIDGE_CHANGED, point.id, by=by, now=now, pictures=len(point.papers))


def sign_off(
    db: Session, point: BridgePoint, *, headcount: int, difference: str, by: Actor, now: datetime
) -> None:
    """Close the list. Where head-count and list differ, the reason is asked for."""
    require_taking(point, now)
    if now < point.session.starts_at:
        raise Untimely(N_("The list is signed off once the session has begun."))
    marked = count_marked(db, point)
    if headcount != marked and not tidy(difference):
        raise Unfit(
            N_("You counted %(counted)s people, the list has %(marked)s. Say why, or correct it."),
            about="difference", counted=headcount, marked=marked,
        )  # fmt: skip
    point.headcount = headcount
    point.difference = tidy(difference) if headcount != marked else ""
    point.signed_off_by, point.signed_off_at = UserId(by.user_id), now
    record(db, Deed.BRIDGE_SIGNED_OFF, point.id, by=by, now=now, counted=headcount, marked=marked)


def reopen(db: Session, point: BridgePoint, *, by: Actor, now: datetime) -> None:
    """Open a list that was signed off too early."""
    require_open(point.session.round)
    if point.signed_off_at is None:
        raise Untimely(N_("The list of this bridge point is open."))
    point.signed_off_by = point.signed_off_at = None
    record(db, Deed.BRIDGE_REOPENED, point.id, by=by, now=now)


def count_marked(db: Session, point: BridgePoint) -> int:
    """How many persons are marked here."""
    marks = select(func.count()).select_from(BridgeMark).where(BridgeMark.point_id == point.id)
    return db.scalar(marks) or 0
