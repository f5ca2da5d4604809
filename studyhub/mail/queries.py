"""Questions about letters: how many wait, which failed, what became of somebody's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from studyhub.kernel.ids import UserId
from studyhub.mail.models import NOT_NEEDED, Kind, Letter

MOST = 100
OPEN = and_(Letter.sent_at.is_(None), Letter.gave_up_at.is_(None))
FAILED = and_(Letter.gave_up_at.is_not(None), Letter.error != NOT_NEEDED)


@dataclass(frozen=True)
class Counts:
    """How the outbox stands."""

    waiting: int
    tried: int
    """Of those that wait, how many have been tried in vain."""
    sent: int
    failed: int


def counts(db: Session, *, since: datetime) -> Counts:
    """How many wait, left since that moment, and were given up."""
    tried = and_(OPEN, Letter.error != "")
    asked = [OPEN, tried, Letter.sent_at >= since, FAILED]
    columns = (select(func.count()).where(what).scalar_subquery() for what in asked)
    return Counts(*db.execute(select(*columns)).one())


def anything_waits(db: Session) -> bool:
    """Whether a letter has neither left nor been given up."""
    return db.scalar(select(Letter.id).where(OPEN).limit(1)) is not None


def last_sent_at(db: Session) -> datetime | None:
    """When the server took a letter last."""
    return db.scalar(select(func.max(Letter.sent_at)))


def last_error(db: Session) -> str:
    """Why the letter that is next in turn did not leave; "" when nothing is wrong."""
    found = select(Letter.error).where(OPEN, Letter.error != "").order_by(Letter.due_at).limit(1)
    return db.scalar(found) or ""


def failed(db: Session) -> Sequence[Letter]:
    """Those given up, the latest first."""
    found = select(Letter).where(FAILED).order_by(Letter.gave_up_at.desc(), Letter.id)
    return db.scalars(found.limit(MOST)).all()


def failed_ids(db: Session) -> Sequence[UUID]:
    """All that were given up."""
    return db.scalars(select(Letter.id).where(FAILED)).all()


def latest(db: Session, user_ids: Iterable[UserId], kind: Kind) -> dict[UserId, Letter]:
    """The last letter of this kind to each of these people."""
    found = (
        select(Letter)
        .where(Letter.user_id.in_(list(user_ids)), Letter.kind == kind.value)
        .order_by(Letter.made_at)
    )
    return {letter.user_id: letter for letter in db.scalars(found)}
