"""Reading the documents of a round: where a person is, and when they say they have read it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from studyhub.accounts.models import User
from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.completion import service as completion
from studyhub.completion.models import Progress
from studyhub.kernel.actor import Actor
from studyhub.kernel.ids import RoundId, UserId
from studyhub.library.models import Document, Reading
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import RoundDocument, StudyRound, Summons


def keep_place(
    db: Session, document: Document, position: int, *, by: Actor, now: datetime
) -> Reading:
    """Remember at which part the person is, and the furthest part they have come to.

    Not a deed for the log: how somebody reads is nobody's business.
    """
    reading = _reading(db, document, by, now)
    last = max(len(document.parts) - 1, 0)
    reading.position = min(max(position, 0), last)
    reading.furthest = max(reading.furthest, reading.position)
    reading.updated_at = now
    return reading


def finish_reading(db: Session, document: Document, *, by: Actor, now: datetime) -> Reading:
    """The person says they have read the whole document; saying it again changes nothing.

    Marks `read` in every open round of theirs whose documents are now all read.
    """
    reading = _reading(db, document, by, now)
    if reading.finished_at is None:
        reading.finished_at = reading.updated_at = now
        reading.furthest = max(reading.furthest, len(document.parts) - 1, 0)
        log.record(db, Deed.DOCUMENT_READ, document.id, by=by, now=now)
        db.flush()
        for round_id in _rounds_now_read(db, document, reading.user_id):
            completion.mark(db, round_id, reading.user_id, now=now, read=True)
    return reading


def count_earlier_readings(
    db: Session, round_: StudyRound, *, now: datetime, user_ids: Iterable[UserId] | None = None
) -> None:
    """Mark those on the list who had read all the documents before they were summoned."""
    db.flush()
    who = (
        select(Summons.user_id)
        .join(Progress, Progress.summons_id == Summons.id)
        .where(Summons.round_id == round_.id, Progress.read.is_(False))
        .where(_has_documents(), ~_has_unread())
    )
    if user_ids is not None:
        who = who.where(Summons.user_id.in_(list(user_ids)))
    completion.mark_many(db, round_.id, db.scalars(who).all(), now=now, read=True)


def _reading(db: Session, document: Document, by: Actor, now: datetime) -> Reading:
    """The person's row for this document; two windows of one person take turns."""
    db.scalar(select(User.id).where(User.id == by.user_id).with_for_update(key_share=True))
    reading = db.get(Reading, (by.user_id, document.id))
    if reading is None:
        reading = Reading(
            user_id=UserId(by.user_id),
            document_id=document.id,
            position=0,
            furthest=0,
            updated_at=now,
        )
        db.add(reading)
    return reading


def _rounds_now_read(db: Session, document: Document, user_id: UserId) -> list[RoundId]:
    return list(
        db.scalars(
            select(Summons.round_id)
            .join(Summons.round)
            .join(RoundDocument, RoundDocument.round_id == Summons.round_id)
            .where(
                Summons.user_id == user_id,
                StudyRound.state == RoundState.OPEN,
                RoundDocument.document_id == document.id,
                ~_has_unread(),
            )
        )
    )


def _has_documents() -> ColumnElement[bool]:
    return exists().where(RoundDocument.round_id == Summons.round_id)


def _has_unread() -> ColumnElement[bool]:
    """Whether the round of the summons has a document that the person has not finished."""
    wanted = aliased(RoundDocument)
    finished = (
        exists()
        .where(
            Reading.document_id == wanted.document_id,
            Reading.user_id == Summons.user_id,
            Reading.finished_at.is_not(None),
        )
        .correlate(wanted, Summons)
    )
    return exists().where(wanted.round_id == Summons.round_id, ~finished)
