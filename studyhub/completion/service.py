"""Keeps marks and counters, inside the transaction of the deed that changes them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session, contains_eager

from studyhub.completion.models import Progress, Tally
from studyhub.completion.rules import EssayMark, Measure, figures, is_done
from studyhub.kernel import sqlite
from studyhub.kernel.ids import RoundId, UserId
from studyhub.org.models import Unit
from studyhub.org.tree import lineage, parent_of
from studyhub.rounds.models import Call, StudyRound, Summons


def mark(
    db: Session,
    round_id: RoundId,
    user_id: UserId,
    *,
    now: datetime,
    **changes: bool | EssayMark,
) -> None:
    """Note what a person has done: any of `attended`, `read`, `essay`, `late`.

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
    total: dict[str, dict[Measure, int]] = {}
    for progress in _progresses(db, round_id, list(user_ids)):
        moves = _set(progress, changes, now=now)
        for path in lineage(progress.summons.cell_path):
            _add(total.setdefault(path, {}), moves)
    for path in sorted(total):
        _move(db, round_id, [path], total[path])


def enrol(db: Session, round_: StudyRound, summonses: Iterable[Summons], *, now: datetime) -> None:
    """Begin to keep marks for these persons and counters for their units."""
    total: dict[str, dict[Measure, int]] = {}
    for summons in summonses:
        progress = Progress(summons=summons, updated_at=now, essay=EssayMark.NONE)
        progress.attended = progress.read = progress.late = False
        progress.done = is_done(progress.marks, round_.requirements)
        db.add(progress)
        for path in lineage(summons.cell_path):
            _add(total.setdefault(path, {}), figures(progress.marks, round_.requirements))
    _open_tallies(db, round_, total.keys())
    for path, moves in total.items():
        _move(db, round_.id, [path], moves)


def recall(db: Session, summons: Summons, call: Call, *, reason: str, now: datetime) -> None:
    """Change how a person on the list is called, and the figures with it."""
    progress = _progress(db, summons.round_id, summons.user_id)
    before = _figures(progress) if progress else {}
    summons.call, summons.reason = call, reason
    if progress:
        _settle(db, progress, before, now=now)


def _change(db: Session, progress: Progress, changes: Mapping[str, Any], *, now: datetime) -> None:
    moves = _set(progress, changes, now=now)
    summons = progress.summons
    _move(db, summons.round_id, lineage(summons.cell_path), moves)


def _set(progress: Progress, changes: Mapping[str, Any], *, now: datetime) -> Mapping[Measure, int]:
    """Set these marks; return what they move in the figures."""
    before = _figures(progress)
    for name, value in changes.items():
        if name not in {"attended", "read", "essay", "late"}:
            raise TypeError(f"no such mark: {name}")
        setattr(progress, name, value)
    return _moves(progress, before, now=now)


def _settle(
    db: Session, progress: Progress, before: Mapping[Measure, int], *, now: datetime
) -> None:
    moves = _moves(progress, before, now=now)
    _move(db, progress.summons.round_id, lineage(progress.summons.cell_path), moves)


def _moves(
    progress: Progress, before: Mapping[Measure, int], *, now: datetime
) -> Mapping[Measure, int]:
    """See whether everything is done now; return what that moves in the figures."""
    progress.done = is_done(progress.marks, progress.summons.round.requirements)
    progress.updated_at = now
    after = _figures(progress)
    return {measure: after[measure] - before.get(measure, 0) for measure in Measure}


def _figures(progress: Progress) -> Mapping[Measure, int]:
    return figures(progress.marks, progress.summons.round.requirements)


def _progress(db: Session, round_id: RoundId, user_id: UserId) -> Progress | None:
    """The row of this person, held against everybody else until the transaction ends."""
    return next(iter(_progresses(db, round_id, [user_id])), None)


def _progresses(db: Session, round_id: RoundId, user_ids: list[UserId]) -> Sequence[Progress]:
    """The rows of these persons, always held in the same order."""
    return db.scalars(
        select(Progress)
        .join(Progress.summons)
        .where(Summons.round_id == round_id, Summons.user_id.in_(user_ids))
        .order_by(Progress.summons_id)
        .options(contains_eager(Progress.summons))
        .with_for_update(of=Progress)
        .execution_options(populate_existing=True)
    ).all()


def _move(db: Session, round_id: RoundId, paths: list[str], moves: Mapping[Measure, int]) -> None:
    """Add to the counters of these units in one statement, in the database's own arithmetic."""
    changed = {name.value: getattr(Tally, name.value) + by for name, by in moves.items() if by}
    if not changed:
        return
    db.flush()
    which = and_(Tally.round_id == round_id, Tally.path.in_(paths))
    if len(paths) > 1 and not sqlite.lines_up(db):
        # Held from the root down, or two deeds could wait for each other in a circle.
        db.execute(select(Tally.unit_id).where(which).order_by(Tally.path).with_for_update())
    db.execute(
        update(Tally).where(which).values(changed).execution_options(synchronize_session=False)
    )


def _open_tallies(db: Session, round_: StudyRound, paths: Iterable[str]) -> None:
    known = set(db.scalars(select(Tally.path).where(Tally.round_id == round_.id)))
    wanted = [path for path in paths if path not in known and path.startswith(round_.unit.path)]
    for start in range(0, len(wanted), 500):
        units = db.scalars(select(Unit).where(Unit.path.in_(wanted[start : start + 500])))
        db.add_all(_tally(round_, unit) for unit in units)
    db.flush()


def _tally(round_: StudyRound, unit: Unit) -> Tally:
    return Tally(
        round_id=round_.id,
        unit_id=unit.id,
        path=unit.path,
        parent_path=parent_of(unit.path),
        name=unit.name,
        kind=unit.kind,
    )


def _add(sums: dict[Measure, int], figures_: Mapping[Measure, int]) -> None:
    for measure, count in figures_.items():
        sums[measure] = sums.get(measure, 0) + count
