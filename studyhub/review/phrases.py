"""Phrases kept for reuse: one's own, and those a committee shares with all who judge below it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, Text, or_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from studyhub.accounts.models import User
from studyhub.audit.log import Deed, record
from studyhub.essays.text import as_kept
from studyhub.kernel.actor import Actor
from studyhub.kernel.database import Base
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.kernel.ids import UnitId, UserId, new_uuid
from studyhub.kernel.vietnamese import fold
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.org.tree import lineage

LONGEST = 500
MOST_LETTERS = 12
MOST = 100
"""Phrases one person keeps, or one committee shares."""


class Phrase(Base):
    """Words for a comment, and the letters that stand for them: “/sl”. Somebody's, or a unit's."""

    __tablename__ = "phrase"
    __table_args__ = (
        CheckConstraint("(owner_id IS NULL) != (unit_id IS NULL)", name="somebodys_or_a_units"),
        Index("ix_phrase_owner", "owner_id"),
        Index("ix_phrase_unit", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    owner_id: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    unit_id: Mapped[UnitId | None] = mapped_column(ForeignKey(Unit.id))
    letters: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[UserId] = mapped_column(ForeignKey(User.id))
    written_at: Mapped[datetime]

    unit: Mapped[Unit | None] = relationship()


def keep_phrase(
    db: Session, text: str, letters: str, *, by: Actor, now: datetime, unit: Unit | None = None
) -> Phrase:
    """Keep it for oneself, or share it with all who judge in the unit; the same again is one."""
    words, short = _fit(text), _fit_letters(letters)
    owner = None if unit else UserId(by.user_id)
    kept = db.scalars(select(Phrase).where(_belongs(owner, unit))).all()
    same = next((one for one in kept if (one.text, one.letters) == (words, short)), None)
    if same:
        return same
    if short and any(one.letters == short for one in kept):
        raise Conflict(N_("These letters already stand for another phrase."), about="letters")
    if len(kept) >= MOST:
        raise Unfit(N_("At most %(most)d phrases can be kept."), most=MOST)
    phrase = Phrase(
        owner_id=owner,
        unit_id=unit.id if unit else None,
        letters=short,
        text=words,
        written_by=UserId(by.user_id),
        written_at=now,
    )
    db.add(phrase)
    db.flush()
    record(db, Deed.PHRASE_KEPT, phrase.id, by=by, now=now, shared=int(bool(unit)))
    return phrase


def remove_phrase(db: Session, phrase: Phrase, *, by: Actor, now: datetime) -> None:
    """Keep it no longer. What was written with it stays."""
    record(db, Deed.PHRASE_REMOVED, phrase.id, by=by, now=now, shared=int(bool(phrase.unit_id)))
    db.delete(phrase)
    db.flush()


def at_hand(db: Session, by: Actor, paths: Sequence[str]) -> Sequence[Phrase]:
    """One's own, and those of the units one judges in (by their paths) and all above them."""
    return db.scalars(
        select(Phrase)
        .where(or_(Phrase.owner_id == by.user_id, Phrase.unit_id.in_(_units_over(paths))))
        .order_by(Phrase.unit_id.is_not(None), Phrase.letters, Phrase.written_at, Phrase.id)
        .options(joinedload(Phrase.unit).load_only(Unit.name, Unit.path))
        .limit(2 * MOST)
    ).all()


def _units_over(paths: Sequence[str]) -> ColumnElement[UnitId]:
    over = {place for path in paths for place in lineage(path)}
    return select(Unit.id).where(Unit.path.in_(over)).scalar_subquery()


def _belongs(owner: UserId | None, unit: Unit | None) -> ColumnElement[bool]:
    return Phrase.unit_id == unit.id if unit else Phrase.owner_id == owner


def _fit(text: str) -> str:
    words = as_kept(text).strip()
    if not words:
        raise Unfit(N_("Write the phrase."), about="text")
    if len(words) > LONGEST:
        raise Unfit(N_("At most %(most)d characters."), about="text", most=LONGEST)
    return words


def _fit_letters(letters: str) -> str:
    """Small letters without marks: they are typed in a hurry."""
    short = fold(letters).strip().removeprefix("/")
    if short and not (short.isascii() and short.isalnum() and len(short) <= MOST_LETTERS):
        raise Unfit(
            N_("Up to %(most)d letters or digits, without spaces."),
            about="letters",
            most=MOST_LETTERS,
        )
    return short
