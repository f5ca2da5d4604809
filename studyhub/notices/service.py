"""The deeds of the room: telling people, and noting that they have looked."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from studyhub.kernel.actor import Actor
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.notices.models import Kind, Notice


def notify(
    db: Session,
    user_ids: Iterable[UserId],
    kind: Kind,
    *,
    subject_id: UUID | None,
    by: Actor | None,
    now: datetime,
    **facts: str | int | None,
) -> None:
    """Tell each of these people once, in the transaction of the deed itself.

    Whoever did it knows already. `facts` are ids, days and figures; names are
    looked up when the notice is shown.
    """
    told = dict.fromkeys(user_ids)
    if by is not None:
        told.pop(UserId(by.user_id), None)
    kept = {name: value for name, value in facts.items() if value is not None}
    db.add_all(
        Notice(
            id=new_uuid(), user_id=user_id, kind=kind.value, subject_id=subject_id, at=now,
            facts=kept,
        )
        for user_id in told
    )  # fmt: skip


def mark_read(notice: Notice, *, now: datetime) -> None:
    """The person has looked; the first time counts."""
    notice.read_at = notice.read_at or now


def mark_all_read(db: Session, by: Actor, *, now: datetime) -> int:
    """The person has seen everything up to now; how many that were."""
    unread = (Notice.user_id == by.user_id) & Notice.read_at.is_(None)
    seen = update(Notice).where(unread).values(read_at=now)
    return int(db.execute(seen).rowcount)  # type: ignore[attr-defined]  # a result of an update
