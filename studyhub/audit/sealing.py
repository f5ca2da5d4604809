"""The chain over the log: what has been entered once cannot be altered unnoticed.

Entries are sealed some time after they were made, many at once, so that no
deed waits for another one's seal. A seal is the SHA-256 of the seal before and
of every entry since; so every later seal vouches for every earlier entry.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.audit.models import AuditEntry, AuditSeal

SETTLED = timedelta(minutes=10)
"""Longer than any transaction lasts: entries older than this are all there."""

AT_ONCE = 500
"""Entries under one seal: an alteration is told to so many entries exactly."""


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was sealed."""

    what: str


def seal(db: Session, *, now: datetime) -> int:
    """Seal what is old enough and has no seal yet; how many entries that were."""
    last = _last(db)
    found = db.scalars(
        select(AuditEntry)
        .where(AuditEntry.id > (last.last_id if last else 0), AuditEntry.at < now - SETTLED)
        .order_by(AuditEntry.id)
        .limit(AT_ONCE)
    ).all()
    settled = _without_gap(db, found, now)
    if settled:
        db.add(
            AuditSeal(
                place=last.place + 1 if last else 1,
                last_id=settled[-1].id,
                entries=len(settled),
                link=_link(last.link if last else "", settled),
                made_at=now,
            )
        )
    return len(settled)


def faults(db: Session) -> Iterator[Fault]:
    """Everything in the log that differs from what was sealed."""
    before: AuditSeal | None = None
    for sealed in db.scalars(select(AuditSeal).order_by(AuditSeal.place)):
        first = before.last_id + 1 if before else 0
        entries = _entries(db, first, sealed.last_id)
        where = f"log entries {first} to {sealed.last_id}"
        if sealed.place != (before.place + 1 if before else 1):
            yield Fault(f"{where}: a seal before these is missing")
        elif len(entries) != sealed.entries:
            yield Fault(f"{where}: {sealed.entries} were sealed, {len(entries)} are there")
        elif _link(before.link if before else "", entries) != sealed.link:
            yield Fault(f"{where}: altered since {sealed.made_at:%Y-%m-%d %H:%M}Z")
        before = sealed


def head(db: Session) -> AuditSeal | None:
    """The last seal: it vouches for all before."""
    return _last(db)


def _last(db: Session) -> AuditSeal | None:
    return db.scalars(select(AuditSeal).order_by(AuditSeal.place.desc()).limit(1)).first()


def _without_gap(db: Session, found: Iterable[AuditEntry], now: datetime) -> list[AuditEntry]:
    """Those before the first younger entry: numbers are given before transactions end."""
    young = db.scalar(select(func.min(AuditEntry.id)).where(AuditEntry.at >= now - SETTLED))
    return [entry for entry in found if young is None or entry.id < young]


def _entries(db: Session, first: int, last: int) -> list[AuditEntry]:
    which = select(AuditEntry).where(AuditEntry.id.between(first, last)).order_by(AuditEntry.id)
    return list(db.scalars(which.execution_options(populate_existing=True)))


def _link(before: str, entries: Iterable[AuditEntry]) -> str:
    digest = hashlib.sha256(before.encode())
    for entry in entries:
        digest.update(_said(entry).encode())
    return digest.hexdigest()


def _said(entry: AuditEntry) -> str:
    """An entry as one line, the same on every database."""
    told = [
        entry.id,
        entry.at.isoformat(),
        str(entry.actor_id or ""),
        entry.deed,
        str(entry.subject_id or ""),
        entry.facts,
    ]
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
