"""Accepting several essays at once: only what this person has read at the desk, each by itself.

Every one goes through `deciding.decide`, so each has its own decision, receipt, log entry and
letter, and each can be recalled by itself. What cannot be accepted like this is left out, and
it is said why; nothing is left out in silence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from studyhub.accounts.models import User
from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import StudyHubError, Unfit
from studyhub.kernel.ids import EssayId
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.review.deciding import decide, has_decided
from studyhub.review.models import Outcome
from studyhub.review.reserving import readers_now
from studyhub.rounds.grading import Grade, Grading

MOST = 200
"""So many at once; a page of the queue has twenty."""

ARCHIVED = "archived"
"""In the log, of a reading that was a download in an archive: nobody has read it at the desk."""


class Why(StrEnum):
    """Why an essay cannot be accepted together with others."""

    NOT_WAITING = "not_waiting"
    UNREAD = "unread"
    POINTS = "points"
    MARKED = "marked"
    CONTESTED = "contested"
    HELD = "held"


@dataclass(frozen=True)
class Choice:
    """An essay that was chosen, the version others see, and why it is left out, if it is."""

    essay: Essay
    version: Version
    why: Why | None = None


@dataclass(frozen=True)
class Done:
    """What came of it: those accepted, and those left out."""

    accepted: Sequence[Essay]
    left: Sequence[Choice]


def choices(
    db: Session,
    essay_ids: Iterable[UUID],
    visible: ColumnElement[bool],
    *,
    by: Actor,
    now: datetime,
) -> list[Choice]:
    """Those of them that this person may judge, the oldest first; of the others not a word."""
    essays = [essay for essay in _essays(db, essay_ids, visible) if essay.open_versions]
    ids: list[EssayId] = [essay.id for essay in essays]
    read = _read(db, ids, by)
    held = readers_now(db, ids, besides=by.user_id, now=now)
    found = []
    for essay in essays:
        version = essay.open_versions[-1]
        is_read = (essay.id, version.number) in read
        why = _why(essay, version, by, is_read=is_read, is_held=essay.id in held)
        found.append(Choice(essay, version, why))
    return found


def accept(
    db: Session,
    shown: Mapping[UUID, int],
    visible: ColumnElement[bool],
    *,
    grade: Grade | None,
    by: Actor,
    now: datetime,
) -> Done:
    """Accept those that were shown, each in the version that was shown, and no other.

    `grade` is the one band for all whose round asks for one. Sent twice, it is done once.
    """
    accepted: list[Essay] = []
    left: list[Choice] = []
    found = choices(db, shown, visible, by=by, now=now)
    if grade is None and any(_asks_band(one) for one in found):
        raise Unfit(N_("Choose a grade: a study round of these essays asks for one."))
    for one in sorted(found, key=lambda choice: choice.essay.id):  # all lock in the same order
        if _accept(db, one, shown[one.essay.id], grade=grade, by=by, now=now):
            accepted.append(one.essay)
        else:
            left.append(one if one.why else Choice(one.essay, one.version, Why.NOT_WAITING))
    return Done(accepted, left)


def _asks_band(one: Choice) -> bool:
    return one.why is None and one.essay.round.grading is Grading.BANDS


def _accept(
    db: Session, one: Choice, number: int, *, grade: Grade | None, by: Actor, now: datetime
) -> bool:
    band = grade if one.essay.round.grading is Grading.BANDS else None
    if has_decided(
        db, one.essay, number, outcome=Outcome.ACCEPT, grade=band, remark="", comments=(), by=by
    ):
        return True
    if one.why or one.version.number != number:
        return False
    try:
        with db.begin_nested():
            decide(
                db, one.essay, number, outcome=Outcome.ACCEPT, grade=band, remark="", by=by, now=now
            )
    except StudyHubError:
        return False  # somebody was faster
    return True


def _why(essay: Essay, version: Version, by: Actor, *, is_read: bool, is_held: bool) -> Why | None:
    """The first of the reasons, those that nobody can mend before the others."""
    reasons = (
        (Why.NOT_WAITING, essay.state is not State.SUBMITTED),
        (Why.POINTS, essay.round.grading is Grading.POINTS),
        (Why.MARKED, essay.has_been_marked_by(by.user_id)),
        (Why.CONTESTED, version.is_contested),
        (Why.UNREAD, not is_read),
        (Why.HELD, is_held),
    )
    return next((why for why, holds in reasons if holds), None)


def _essays(
    db: Session, essay_ids: Iterable[UUID], visible: ColumnElement[bool]
) -> Sequence[Essay]:
    """With all that is asked of them; no text."""
    return db.scalars(
        select(Essay)
        .where(Essay.id.in_(list(essay_ids)[:MOST]), visible)
        .order_by(Essay.submitted_at, Essay.id)
        .options(
            defer(Essay.draft),
            joinedload(Essay.author, innerjoin=True).load_only(User.full_name, User.born_on),
            joinedload(Essay.round, innerjoin=True),
            joinedload(Essay.cell, innerjoin=True).load_only(Unit.name, Unit.path),
            selectinload(Essay.versions).options(defer(Version.parts), joinedload(Version.answer)),
        )
    ).all()


def _read(db: Session, ids: Sequence[UUID], by: Actor) -> set[tuple[UUID | None, object]]:
    """Which versions of which essays this person has had open, by the log."""
    found = db.execute(
        select(AuditEntry.subject_id, AuditEntry.facts).where(
            AuditEntry.subject_id.in_(ids),
            AuditEntry.actor_id == by.user_id,
            AuditEntry.deed == Deed.ESSAY_READ,
        )
    )
    return {(essay_id, facts.get("version")) for essay_id, facts in found if ARCHIVED not in facts}
