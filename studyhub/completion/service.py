"""Keeps marks and counters, inside the transaction of the deed that changes them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from studyhub.completion.counters import (
    Moves,
    add,
    figures_of,
    held,
    held_one,
    move,
    move_all,
    open_tallies,
)
from studyhub.completion.models import Progress
from studyhub.completion.rules import EssayMark, Measure, figures, is_done
from studyhub.kernel.ids import RoundId, UserId
from studyhub.org.tree import lineage
from studyhub.rounds.grading import Grade
from studyhub.rounds.models import Call, StudyRound, Summons

MARKS = frozenset({"attended", "made_up", "read", "quizzed", "essay", "late", "grade"})
"""What can be noted of a person."""


def mark(
    db: Session,
    round_id: RoundId,
    user_id: UserId,
    *,
    now: datetime,
    **changes: bool | EssayMark | Grade | None,
) -> None:
    """Note what a person has done: any of `MARKS`.

    Moves the counters of the cell and of every unit above it by the
    difference. A person who is not on the list changes nothing.
    """
    progress = _progress(db, round_id, user_id)
    if progress is not None:
        _change(db, progress, changes, now=now)


def mark_many(
    db: Session,
    round_id: RoundId,
    user_ids: Iterable[UserId],
    *,
    now: datetime,
    **changes: bool,
) -> None:
    """The same mark for several persons: their rows are held first, then the counters move.

    One order of holding for every deed, so that a roll call and a member's own
    deed never wait for each other in a circle.
    """
    total: Moves = {}
    for progress in held(db, round_id, Summons.user_id.in_(list(user_ids))):
        add(total, lineage(progress.summons.cell_path), _set(progress, changes, now=now))
    move_all(db, round_id, total)


def enrol(db: Session, round_: StudyRound, summonses: Iterable[Summons], *, now: datetime) -> None:
    """Begin to keep marks for these persons and counters for their units.

    Their `cell_path` is the cell's place in the round (`places.path_in_round`).
    """
    total: Moves = {}
    for summons in summonses:
        progress = Progress(summons=summons, updated_at=now, essay=EssayMark.NONE)
        progress.attended = progress.made_up = progress.read = progress.late = False
        progress.quizzed = False
        progress.done = is_done(progress.marks, round_.requirements)
        db.add(progress)
        told = figures(progress.marks, round_.requirements)
        add(total, lineage(summons.cell_path), told)
    open_tallies(db, round_, total.keys())
    move_all(db, round_.id, total)


def recall(db: Session, summons: Summons, call: Call, *, reason: str, now: datetime) -> None:
    """Change how a person on the list is called, and the figures with it."""
    progress = _progress(db, summons.round_id, summons.user_id)
    before = figures_of(progress) if progress else {}
    summons.call, summons.reason = call, reason
    if progress:
        _settle(db, progress, before, now=now)


def _change(db: Session, progress: Progress, changes: Mapping[str, Any], *, now: datetime) -> None:
    moves = _set(progress, changes, now=now)
    summons = progress.summons
    move(db, summons.round_id, lineage(summons.cell_path), moves)


def _set(progress: Progress, changes: Mapping[str, Any], *, now: datetime) -> Mapping[Measure, int]:
    """Set these marks; return what they move in the figures."""
    before = figures_of(progress)
    for name, value in changes.items():
        if name not in MARKS:
            raise TypeError(f"no such mark: {name}")
        setattr(progress, name, value)
    return _moves(progress, before, now=now)


def _settle(
    db: Session, progress: Progress, before: Mapping[Measure, int], *, now: datetime
) -> None:
    moves = _moves(progress, before, now=now)
    move(db, progress.summons.round_id, lineage(progress.summons.cell_path), moves)


def _moves(
    progress: Progress, before: Mapping[Measure, int], *, now: datetime
) -> Mapping[Measure, int]:
    """See whether everything is done now; return what that moves in the figures."""
    progress.done = is_done(progress.marks, progress.summons.round.requirements)
    progress.updated_at = now
    after = figures_of(progress)
    return {measure: after[measure] - before.get(measure, 0) for measure in Measure}


def _progress(db: Session, round_id: RoundId, user_id: UserId) -> Progress | None:
    """The row of this person, held against everybody else until the transaction ends."""
    return held_one(db, round_id, user_id)
