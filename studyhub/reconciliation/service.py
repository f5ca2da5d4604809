"""Checks every figure against the rows, says where they differ, and can set them right."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.completion.models import Progress, Tally
from studyhub.completion.rules import Marks, Measure, figures, is_done
from studyhub.kernel.actor import Actor
from studyhub.org.tree import lineage
from studyhub.reconciliation.facts import marks_of
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound, Summons


@dataclass(frozen=True)
class Difference:
    """A figure that does not agree with its rows: of a person's marks, or of a unit."""

    round_id: UUID
    subject: str
    figure: str
    kept: object
    counted: object


def differences(db: Session, round_: StudyRound) -> list[Difference]:
    """Everything that does not agree in one round: empty when all is well."""
    marks = marks_of(db, round_)
    return [*_wrong_marks(db, round_, marks), *_wrong_tallies(db, round_, marks)]


def recount(
    db: Session, *, by: Actor | None, now: datetime, mend: bool = False
) -> list[Difference]:
    """Check every round that was ever opened; with `mend`, set the figures right."""
    found: list[Difference] = []
    opened = select(StudyRound).where(StudyRound.state != RoundState.DRAFT)
    for round_ in db.scalars(opened.order_by(StudyRound.opened_at)):
        here = differences(db, round_)
        if here and mend:
            _mend(db, round_)
        found += here
    log.record(db, Deed.FIGURES_RECOUNTED, None, by=by, now=now, differences=len(found))
    return found


def _wrong_marks(
    db: Session, round_: StudyRound, marks: Mapping[UUID, Marks]
) -> Iterator[Difference]:
    for progress in _progress(db, round_):
        counted = marks[progress.summons.user_id]
        told = (progress.marks, progress.done)
        if told != (counted, is_done(counted, round_.requirements)):
            subject = f"person {progress.summons.user_id}"
            yield Difference(round_.id, subject, "marks", progress.marks, counted)


def _wrong_tallies(
    db: Session, round_: StudyRound, marks: Mapping[UUID, Marks]
) -> Iterator[Difference]:
    counted = _count(db, round_, marks)
    for tally in _tallies(db, round_):
        for measure in Measure:
            kept, right = getattr(tally, measure.value), counted[tally.path][measure]
            if kept != right:
                yield Difference(round_.id, f"unit {tally.path}", measure.value, kept, right)


def _count(
    db: Session, round_: StudyRound, marks: Mapping[UUID, Marks]
) -> Mapping[str, Mapping[Measure, int]]:
    """The figures of every unit, added up from the persons of its cells."""
    sums: dict[str, dict[Measure, int]] = defaultdict(lambda: dict.fromkeys(Measure, 0))
    places = db.execute(
        select(Summons.user_id, Summons.cell_path).where(Summons.round_id == round_.id)
    )
    for user_id, cell_path in places:
        for measure, count in figures(marks[user_id], round_.requirements).items():
            for path in lineage(cell_path):
                sums[path][measure] += count
    return sums


def _mend(db: Session, round_: StudyRound) -> None:
    marks = marks_of(db, round_)
    for progress in _progress(db, round_):
        right = marks[progress.summons.user_id]
        progress.attended, progress.read = right.attended, right.read
        progress.made_up, progress.quizzed = right.made_up, right.quizzed
        progress.essay, progress.late = right.essay, right.late
        progress.grade = right.grade
        progress.done = is_done(right, round_.requirements)
    counted = _count(db, round_, marks)
    for tally in _tallies(db, round_):
        for measure in Measure:
            setattr(tally, measure.value, counted[tally.path][measure])


def _progress(db: Session, round_: StudyRound) -> Iterator[Progress]:
    rows = (
        select(Progress)
        .join(Progress.summons)
        .where(Summons.round_id == round_.id)
        .options(joinedload(Progress.summons))
        .execution_options(populate_existing=True)
    )
    yield from db.scalars(rows)


def _tallies(db: Session, round_: StudyRound) -> Iterator[Tally]:
    """The counters as they are in the database, not as this session remembers them."""
    rows = select(Tally).where(Tally.round_id == round_.id)
    yield from db.scalars(rows.execution_options(populate_existing=True))
