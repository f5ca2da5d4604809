"""Who reads an essay now: a soft hold for half an hour, renewed while the page is open.

It stops nobody: whoever wants to read the same essay is told who has it, and may go
on. What is decided is guarded elsewhere (`turns`). One row for each essay, of the
reader who came last; it also tells where a reader was in the queue.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Uuid, bindparam, insert, select, update
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.audit.log import Deed, record
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Actor
from studyhub.kernel.database import Base
from studyhub.kernel.ids import EssayId, UserId

FOR = timedelta(minutes=30)


class Reservation(Base):
    """That a reader has had the essay open since then, and was last heard of at `seen_at`."""

    __tablename__ = "essay_reservation"
    __table_args__ = (Index("ix_essay_reservation_reader", "reader_id", "seen_at"),)

    essay_id: Mapped[EssayId] = mapped_column(ForeignKey(Essay.id), primary_key=True)
    reader_id: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    since: Mapped[datetime]
    seen_at: Mapped[datetime]

    reader: Mapped[User] = relationship()


@dataclass(frozen=True)
class Held:
    """Who has an essay open, and since when."""

    reader_id: UUID
    name: str
    since: datetime
    seen_at: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Whether the hold still counts."""
        return self.seen_at > now - FOR


def reserve(
    db: Session, essay_id: EssayId, *, by: Actor, now: datetime, over: bool = False
) -> Held | None:
    """Hold it for this reader; None when it is theirs now, else who has it.

    To take it `over` from another is put on record. The essay is locked meanwhile.
    """
    held = _held(db, essay_id)
    if held is None:
        told = {"essay_id": essay_id, "reader_id": by.user_id, "since": now, "seen_at": now}
        db.execute(_BEGIN, told)
        return None
    mine, fresh = held.reader_id == by.user_id, held.is_fresh(now)
    if fresh and not mine and not over:
        return held
    if fresh and not mine:
        reader = str(held.reader_id)
        record(db, Deed.ESSAY_TAKEN_OVER, essay_id, by=by, now=now, reader=reader)
    since = held.since if mine and fresh else now
    changed = {"reader_id": by.user_id, "since": since, "seen_at": now}
    db.execute(_CHANGE, {"which": essay_id, **changed})
    return None


def renew(db: Session, essay_id: EssayId, *, by: Actor, now: datetime) -> Held | None:
    """The page is still open; None when it is theirs, else who has taken it meanwhile."""
    mine = (
        update(Reservation)
        .where(Reservation.essay_id == essay_id, Reservation.reader_id == by.user_id)
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )
    if db.execute(mine).rowcount:  # type: ignore[attr-defined]  # an UPDATE always has one
        return None
    held = _held(db, essay_id)
    return held if held and held.is_fresh(now) else None


def leave(db: Session, essay_id: EssayId, *, by: Actor, now: datetime) -> None:
    """The reader has closed the page, or is done with it: others need not wait."""
    db.execute(
        update(Reservation)
        .where(Reservation.essay_id == essay_id, Reservation.reader_id == by.user_id)
        .values(since=now - FOR, seen_at=now - FOR)
        .execution_options(synchronize_session=False)
    )


def readers_now(
    db: Session, essay_ids: list[EssayId], *, besides: UUID, now: datetime
) -> dict[EssayId, Reservation]:
    """Who else reads which of these essays."""
    found = db.scalars(
        select(Reservation)
        .where(
            Reservation.essay_id.in_(essay_ids),
            Reservation.reader_id != besides,
            Reservation.seen_at > now - FOR,
        )
        .options(joinedload(Reservation.reader, innerjoin=True).load_only(User.full_name))
    )
    return {held.essay_id: held for held in found}


def read_last(db: Session, reader_id: UUID) -> EssayId | None:
    """The essay this reader opened last: where they were in the queue."""
    return db.scalars(
        select(Reservation.essay_id)
        .where(Reservation.reader_id == reader_id)
        .order_by(Reservation.seen_at.desc())
        .limit(1)
    ).first()


_HELD = (
    select(
        Reservation.reader_id,
        User.full_name.label("name"),
        Reservation.since,
        Reservation.seen_at,
    )
    .select_from(Essay)
    .outerjoin(Reservation, Reservation.essay_id == Essay.id)
    .outerjoin(User, User.id == Reservation.reader_id)
    .where(Essay.id == bindparam("which", type_=Uuid()))
    .with_for_update(of=Essay)
)
_TABLE = Reservation.metadata.tables[Reservation.__tablename__]
_BEGIN = insert(_TABLE)
_CHANGE = update(_TABLE).where(_TABLE.c.essay_id == bindparam("which", type_=Uuid()))


def _held(db: Session, essay_id: EssayId) -> Held | None:
    row = db.execute(_HELD, {"which": essay_id}).first()
    return Held(*row) if row and row.reader_id else None
