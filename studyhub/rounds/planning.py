"""Planning a round: everything an officer may set and change until it opens."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.kernel.ids import DocumentId, UnitId, new_uuid
from studyhub.kernel.words import N_
from studyhub.library.models import Document
from studyhub.org.models import Unit
from studyhub.org.tree import is_within
from studyhub.rounds.grading import Grading
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.marked import PLAIN_COLUMNS, RubricPart
from studyhub.rounds.marking import AS_EVER, Marking, PlannedPart, expect_sound
from studyhub.rounds.models import (
    AttendanceRule,
    AudienceUnit,
    DocumentRole,
    LatePolicy,
    Question,
    Requirement,
    RoundDocument,
    StudyRound,
)
from studyhub.rounds.watched import set_share

USUAL = frozenset({Requirement.ATTEND, Requirement.READ, Requirement.ESSAY})
"""What a round asks where nothing else is said."""


@dataclass(frozen=True, kw_only=True)
class PlannedQuestion:
    """One part of the essay as it is planned."""

    title: str
    hint: str = ""
    goal_syllables: int = 0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a round is to be; documents and questions stand in their order."""

    title: str
    closes_at: datetime
    roster_on: date
    year: int
    introduction: str = ""
    requirements: frozenset[Requirement] = USUAL
    documents: Sequence[DocumentId] = ()
    samples: Sequence[DocumentId] = ()
    """Those of the documents that everybody got as sample or outline."""
    questions: Sequence[PlannedQuestion] = ()
    audience: Sequence[UnitId] = ()
    min_syllables: int = 0
    max_syllables: int = 0
    late_policy: LatePolicy = LatePolicy.REFUSE
    late_until: datetime | None = None
    hands_in_drafts: bool = False
    reminds: bool = True
    takes_handwriting: bool = False
    grading: Grading = Grading.PASS_ONLY
    marking: Marking = AS_EVER
    attendance_rule: AttendanceRule = AttendanceRule.EVERY
    watching_share: int | None = None
    """Percent of a recording that make up for its session; None: watching does not count."""


def plan(db: Session, unit: Unit, wanted: Plan, *, by: Actor, now: datetime) -> StudyRound:
    """Begin a round of this unit, as a draft that only its officers see."""
    round_ = StudyRound(
        id=new_uuid(), unit=unit, state=RoundState.DRAFT, created_by=by.user_id, created_at=now
    )
    _set(db, round_, wanted)
    db.add(round_)
    db.flush()
    log.record(db, Deed.ROUND_PLANNED, round_.id, by=by, now=now, unit=str(unit.id))
    return round_


def change(db: Session, round_: StudyRound, wanted: Plan, *, by: Actor, now: datetime) -> None:
    """Make a draft what is wanted now. An open round is changed by other deeds."""
    if round_.state is not RoundState.DRAFT:
        raise Untimely(N_("This study round is open already; its plan can no longer be changed."))
    _set(db, round_, wanted)
    db.flush()
    log.record(db, Deed.ROUND_CHANGED, round_.id, by=by, now=now)


def discard(db: Session, round_: StudyRound, *, by: Actor, now: datetime) -> None:
    """Throw a draft away; what has been opened once stays for good."""
    if round_.state is not RoundState.DRAFT:
        raise Untimely(N_("This study round is open already; it can no longer be discarded."))
    log.record(db, Deed.ROUND_DISCARDED, round_.id, by=by, now=now)
    db.delete(round_)


def _set(db: Session, round_: StudyRound, wanted: Plan) -> None:
    _require_sound(wanted)
    _set_words_and_days(round_, wanted)
    _set_rules(round_, wanted)
    set_share(round_, wanted.watching_share)
    set_marking(db, round_, wanted.grading, wanted.marking)
    with db.no_autoflush:
        _set_documents(db, round_, wanted.documents, set(wanted.samples))
        _set_questions(round_, wanted.questions)
        _set_audience(db, round_, wanted.audience)


def _require_sound(wanted: Plan) -> None:
    """What no draft may be; what a draft may still lack is for `readiness`."""
    if wanted.max_syllables and wanted.max_syllables < wanted.min_syllables:
        raise Unfit(N_("The longest length must not be below the shortest."))
    if wanted.late_until and wanted.late_until < wanted.closes_at:
        raise Unfit(N_("Late essays must be taken until after the deadline."))


def _set_words_and_days(round_: StudyRound, wanted: Plan) -> None:
    round_.title, round_.introduction = wanted.title, wanted.introduction
    round_.year, round_.roster_on = wanted.year, wanted.roster_on
    round_.closes_at = wanted.closes_at


def _set_rules(round_: StudyRound, wanted: Plan) -> None:
    marks_late = wanted.late_policy is LatePolicy.MARK
    round_.late_policy = wanted.late_policy
    round_.late_until = wanted.late_until if marks_late else None
    round_.hands_in_drafts = wanted.hands_in_drafts
    round_.reminds = wanted.reminds
    round_.takes_handwriting = wanted.takes_handwriting
    round_.min_syllables, round_.max_syllables = wanted.min_syllables, wanted.max_syllables
    round_.attendance_rule = wanted.attendance_rule
    round_.asks_to_attend = Requirement.ATTEND in wanted.requirements
    round_.asks_to_read = Requirement.READ in wanted.requirements
    round_.asks_for_essay = Requirement.ESSAY in wanted.requirements
    round_.asks_for_quiz = Requirement.QUIZ in wanted.requirements


def set_marking(db: Session, round_: StudyRound, grading: Grading, marking: Marking) -> None:
    """By these rules its essays are judged; whether they may still change is for the deed."""
    expect_sound(grading, marking)
    round_.grading = grading
    for name in PLAIN_COLUMNS:
        setattr(round_, name, getattr(marking, name))
    with db.no_autoflush:
        _set_rubric(round_, marking.rubric)


def _set_rubric(round_: StudyRound, wanted: Sequence[PlannedPart]) -> None:
    rows = list(round_.rubric)[: len(wanted)]
    for position, part in enumerate(wanted):
        if position == len(rows):
            rows.append(RubricPart(id=new_uuid(), position=position))
        rows[position].title, rows[position].most = part.title, part.most
    round_.rubric = rows


def _set_documents(
    db: Session, round_: StudyRound, wanted: Sequence[DocumentId], samples: Set[DocumentId]
) -> None:
    known = set(db.scalars(select(Document.id).where(Document.id.in_(wanted)))) if wanted else set()
    kept = {entry.document_id: entry for entry in round_.documents}
    chosen = [document_id for document_id in dict.fromkeys(wanted) if document_id in known]
    round_.documents = [
        kept.get(document_id) or RoundDocument(document_id=document_id) for document_id in chosen
    ]
    for position, entry in enumerate(round_.documents):
        entry.position = position
        is_sample = entry.document_id in samples
        entry.role = DocumentRole.SAMPLE if is_sample else DocumentRole.STUDY


def _set_questions(round_: StudyRound, wanted: Sequence[PlannedQuestion]) -> None:
    """Fill the rows that are there in order, add what is more, drop what is over."""
    rows = list(round_.questions)[: len(wanted)]
    for position, question in enumerate(wanted):
        if position == len(rows):
            rows.append(Question(id=new_uuid(), position=position))
        row = rows[position]
        row.title, row.hint = question.title, question.hint
        row.goal_syllables = question.goal_syllables
    round_.questions = rows


def _set_audience(db: Session, round_: StudyRound, wanted: Sequence[UnitId]) -> None:
    units = db.scalars(select(Unit).where(Unit.id.in_(wanted))).all() if wanted else ()
    if not all(is_within(unit.path, round_.unit.path) for unit in units):
        raise Unfit(N_("Only units of the organization that holds the round can be summoned."))
    kept = {entry.unit_id: entry for entry in round_.audience}
    round_.audience = [kept.get(unit.id) or AudienceUnit(unit=unit) for unit in units]
