"""In which window a text is open: so that a second one is told at once.

One row for each text — a member's essay, or what a secretary types for a member —
of the window that was last heard of. A window says that it is there when it opens
and every few minutes, and takes its leave when it closes; one that vanished
without a word is forgotten after a while.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, String, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from studyhub.essays.models import Essay
from studyhub.essays.transcripts import Transcript
from studyhub.kernel.database import Base
from studyhub.kernel.ids import EssayId

AFTER_A_WHILE = timedelta(minutes=5)
"""Longer than a window is silent by itself (`STAY` in static/js/presence.js)."""


class _Window:
    """The window in which a text was last open; its name is a number it gave itself."""

    window: Mapped[str] = mapped_column(String(32))
    seen_at: Mapped[datetime]


class Presence(_Window, Base):
    """Where an essay is being written."""

    __tablename__ = "essay_presence"

    essay_id: Mapped[EssayId] = mapped_column(ForeignKey(Essay.id), primary_key=True)


class TypingPresence(_Window, Base):
    """Where the paper essay of a member is being typed."""

    __tablename__ = "typing_presence"

    transcript_id: Mapped[UUID] = mapped_column(ForeignKey(Transcript.id), primary_key=True)


def is_open_elsewhere(db: Session, text: Essay | Transcript, window: str, *, now: datetime) -> bool:
    """Whether another window than this one has the text open."""
    table, its_own = _where(text)
    there = select(table.seen_at).where(
        its_own, table.window != window, table.seen_at > now - AFTER_A_WHILE
    )
    return db.scalar(there) is not None


def arrive(db: Session, text: Essay | Transcript, window: str, *, now: datetime) -> None:
    """Note that the text is open in this window now."""
    table, its_own = _where(text)
    known = (
        update(table)
        .where(its_own)
        .values(window=window, seen_at=now)
        .execution_options(synchronize_session=False)
    )
    if db.execute(known).rowcount:  # type: ignore[attr-defined]  # an UPDATE always has one
        return
    try:
        with db.begin_nested():
            db.add(_row(text, window, now))
    except IntegrityError:  # another window, a moment ago: it stands for both
        return


def leave(db: Session, text: Essay | Transcript, window: str) -> None:
    """Note that this window was closed."""
    table, its_own = _where(text)
    db.execute(
        delete(table)
        .where(its_own, table.window == window)
        .execution_options(synchronize_session=False)
    )


def _where(
    text: Essay | Transcript,
) -> tuple[type[Presence] | type[TypingPresence], ColumnElement[bool]]:
    if isinstance(text, Essay):
        return Presence, Presence.essay_id == text.id
    return TypingPresence, TypingPresence.transcript_id == text.id


def _row(text: Essay | Transcript, window: str, now: datetime) -> Presence | TypingPresence:
    if isinstance(text, Essay):
        return Presence(essay_id=text.id, window=window, seen_at=now)
    return TypingPresence(transcript_id=text.id, window=window, seen_at=now)
