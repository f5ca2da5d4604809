"""The chain over all hand-ins: a text handed in cannot be altered unnoticed.

Every version gets a link, the SHA-256 over

1. the link before it, of whatever essay: one chain in the order of handing in;
2. the link of the version before it of the same essay;
3. the newest seal of the audit log at that moment;
4. the facts of the hand-in, among them the SHA-256 of the text.

The link goes into the log's entry of the hand-in and onto the receipt. So each
receipt vouches for all that was handed in, and logged, before it: whoever
alters a text has to make every later link anew, and then no later receipt
agrees any more.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.orm import Session, joinedload

from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry, AuditSeal
from studyhub.essays.models import Essay, Seal, Version
from studyhub.essays.text import content_hash
from studyhub.kernel import sqlite

TURN = 4_711_001
"""The number of PostgreSQL's lock for whose turn it is to be sealed."""

HAND_INS = (
    Deed.ESSAY_SUBMITTED, Deed.ESSAY_HANDED_IN_BY_RULE, Deed.ESSAY_HANDED_IN_ON_BEHALF,
)  # fmt: skip

_log_link = select(AuditSeal.link).order_by(AuditSeal.place.desc()).limit(1).scalar_subquery()
_own_link = (
    select(Seal.link)
    .join(Version, Version.id == Seal.version_id)
    .where(Version.essay_id == bindparam("essay_id"))
    .order_by(Seal.place.desc())
    .limit(1)
    .scalar_subquery()
)
_last_place = select(func.max(Seal.place)).scalar_subquery()
_HEADS = select(
    func.coalesce(_last_place, 0),
    select(Seal.link).where(Seal.place == _last_place).scalar_subquery(),
    func.coalesce(_own_link, ""),
    func.coalesce(_log_link, ""),
)


def seal(db: Session, essay: Essay, version: Version, *, now: datetime) -> Seal:
    """Give a version its link. The last thing a hand-in does: from here on others wait for it."""
    db.flush()
    if not sqlite.lines_up(db):
        db.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
    place, before, own, log_link = db.execute(_HEADS, {"essay_id": essay.id}).one()
    made = Seal(
        place=place + 1,
        version_id=version.id,
        log_link=log_link,
        link=link(before or "", own, log_link, version),
        made_at=now,
    )
    db.add(made)
    return made


def deed_of(version: Version) -> Deed:
    """By which deed it was handed in: the author's, the rule's, or the cell's for its author."""
    if version.on_behalf_by:
        return Deed.ESSAY_HANDED_IN_ON_BEHALF
    return Deed.ESSAY_HANDED_IN_BY_RULE if version.by_rule else Deed.ESSAY_SUBMITTED


def link(before: str, own: str, log_link: str, version: Version) -> str:
    """The link of a version, from the heads of the chains it hangs on."""
    told = [before, own, log_link, *_facts(version)]
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


def of_version(db: Session, version: Version) -> Seal | None:
    """The link of this version."""
    return db.scalars(select(Seal).where(Seal.version_id == version.id)).one_or_none()


def faults(db: Session) -> Iterator[str]:
    """Everything that differs from what was sealed; nothing when all is as it was handed in."""
    place, before = 0, ""
    own: dict[UUID, str] = {}
    for sealed, version in _sealed(db):
        if version is None:
            yield f"hand-in {sealed.place}: what was handed in is missing"
            continue
        where = f"essay {version.essay_id}, version {version.number} ({version.receipt_code})"
        if sealed.place != place + 1:
            yield f"{where}: {sealed.place - place - 1} hand-ins before it are missing"
        if content_hash(version.parts, version.pages) != version.content_hash:
            yield f"{where}: the text is not the one that was handed in"
        if link(before, own.get(version.essay_id, ""), sealed.log_link, version) != sealed.link:
            yield f"{where}: its seal does not agree with what stands here, or with the one before"
        yield from (f"{where}: {fault}" for fault in _logged_otherwise(db, sealed, version))
        place, before, own[version.essay_id] = sealed.place, sealed.link, sealed.link
    yield from _unsealed(db)
    yield from _vanished(db)


def head(db: Session) -> Seal | None:
    """The last link: whoever notes it down can tell later that nothing before was altered."""
    return db.scalars(select(Seal).order_by(Seal.place.desc()).limit(1)).first()


def stands(db: Session, noted: str) -> bool:
    """Whether a link noted down earlier, from a receipt or from here, is still in the chain."""
    return db.scalar(select(Seal.place).where(Seal.link == noted)) is not None


def _facts(version: Version) -> list[str | int | bool]:
    return [
        str(version.id),
        str(version.essay_id),
        version.number,
        _told(version.submitted_at),
        _told(version.due_at) if version.due_at else "",
        version.is_late,
        version.by_rule,
        version.own_work,
        version.receipt_code,
        version.content_hash,
        *_on_behalf(version),
    ]


def _on_behalf(version: Version) -> list[str | int | bool]:
    """Nothing for what its author handed in: those links are as they always were."""
    if version.on_behalf_by is None:
        return []
    return [str(version.on_behalf_by), str(version.received_on), version.kept_where]


def _told(moment: datetime) -> str:
    """A moment as it is read back from the database, in whatever zone it was given."""
    return moment.astimezone(UTC).isoformat()


def _sealed(db: Session) -> Iterator[tuple[Seal, Version | None]]:
    rows = (
        select(Seal, Version)
        .outerjoin(Version, Version.id == Seal.version_id)
        .order_by(Seal.place)
        .execution_options(yield_per=200, populate_existing=True)
    )
    yield from db.execute(rows)


def _logged_otherwise(db: Session, sealed: Seal, version: Version) -> Iterator[str]:
    """What the log has to say about it; hand-ins older than the chain have no link there."""
    log = select(AuditSeal.place).where(AuditSeal.link == sealed.log_link)
    if sealed.log_link and db.scalar(log) is None:
        yield "the log it refers to is not the log that stands here"
    if sealed.made_at != version.submitted_at:
        return
    facts = db.scalars(
        select(AuditEntry.facts).where(
            AuditEntry.subject_id == version.essay_id, AuditEntry.at == version.submitted_at
        )
    )
    if not any(entry.get("link") == sealed.link for entry in facts):
        yield "the log has no entry with this seal"


def _unsealed(db: Session) -> Iterator[str]:
    found = (
        select(Version)
        .outerjoin(Seal, Seal.version_id == Version.id)
        .where(Seal.place.is_(None))
        .options(joinedload(Version.essay))
    )
    for version in db.scalars(found):
        yield f"essay {version.essay_id}, version {version.number}: it has no seal"


def _vanished(db: Session) -> Iterator[str]:
    """Hand-ins the log tells of that are in the chain no more."""
    links = set(db.scalars(select(Seal.link)))
    entries = db.scalars(select(AuditEntry).where(AuditEntry.deed.in_(HAND_INS)))
    for entry in entries:
        told = entry.facts.get("link")
        if told and told not in links:
            yield f"essay {entry.subject_id}: the log tells of a hand-in that is not there"
