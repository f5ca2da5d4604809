"""In which window an essay is open: so that a second one is told at once.

One row for each essay, of the window that was last heard of. A window says that
it is there when it opens and every few minutes, and takes its leave when it
closes; one that vanished without a word is forgotten after a while.
"""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from studyhub.essays.models import Essay
from studyhub.kernel.database import Base
from studyhub.kernel.ids import EssayId

AFTER_A_WHILE = timedelta(minutes=5)
"""Longer than a window is silent by itself (`STAY` in static/js/presence.js)."""


class Presence(Base):
    """The window in which an essay was last open; its name is a number it gave itself."""

    __tablename__ = "essay_presence"

    essay_id: Mapped[EssayId] = mapped_column(ForeignKey(Essay.id), primary_key=True)
    window: Mapped[str] = mapped_column(String(32))
    seen_at: Mapped[datetime]


def is_open_elsewhere(db: Session, essay: Essay, window: str, *, now: datetime) -> bool:
    """Whether another window than this one has the essay open."""
    there = select(Presence.essay_id).where(
        Presence.essay_id == essay.id,
        Presence.window != window,
        Presence.seen_at > now - AFTER_A_WHILE,
    )
    return db.scalar(there) is not None


def arrive(db: Session, essay: Essay, window: str, *, now: datetime) -> None:
    """Note that the essay is open in this window now."""
    known = (
        update(Presence)
        .where(Presence.essay_id == essay.id)
        .values(window=window, seen_at=now)
        .execution_options(synchronize_session=False)
    )
    if db.execute(known).rowcount:  # type: ignore[attr-defined]  # an UPDATE always has one
        return
    try:
        with db.begin_nested():
            db.add(Presence(essay_id=essay.id, window=window, seen_at=now))
    except IntegrityError:  # another window, a moment ago: it stands for both
        return


def leave(db: Session, essay: Essay, window: str) -> None:
    """Note that this window was closed."""
    db.execute(
        delete(Presence)
        .where(Presence.essay_id == essay.id, Presence.window == window)
        .execution_options(synchronize_session=False)
    )
