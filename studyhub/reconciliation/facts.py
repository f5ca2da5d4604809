"""What the rows themselves say: who attended, who read, where each essay stands.

This is the second telling of what the deeds note in `completion`; the two are
kept apart on purpose, so that one can be checked against the other. Only what
an essay means is told once, in `essays.marks`.
"""

from collections import defaultdict
from collections.abc import Set
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, defer, subqueryload

from studyhub.completion.rules import Marks
from studyhub.essays.lifecycle import State
from studyhub.essays.marks import marks_of as essay_marks
from studyhub.essays.models import Essay, Version
from studyhub.library.models import Reading
from studyhub.quiz.models import Attempt, Quiz
from studyhub.review.models import Decision, Outcome
from studyhub.rounds.grading import Grade
from studyhub.rounds.models import AttendanceRule, StudyRound, Summons
from studyhub.study.models import Attendance, Presence, StudySession

AT_FIRST = frozenset({Presence.ON_SITE, Presence.ONLINE})
PRESENT = frozenset({Presence.ON_SITE, Presence.ONLINE, Presence.MADE_UP})


def marks_of(db: Session, round_: StudyRound) -> dict[UUID, Marks]:
    """The marks of everyone on the list, by person, from attendance, readings and essays."""
    attended, read = _attended(db, round_, PRESENT), _read(db, round_)
    at_first = _attended(db, round_, AT_FIRST)
    quizzed, essays = _quizzed(db, round_), _essays(db, round_)
    return {
        summons.user_id: Marks(
            call=summons.call,
            attended=summons.user_id in attended,
            made_up=summons.user_id in attended - at_first,
            read=summons.user_id in read,
            quizzed=summons.user_id in quizzed,
            **essays.get(summons.user_id, {}),
        )
        for summons in db.scalars(select(Summons).where(Summons.round_id == round_.id))
    }


def _attended(db: Session, round_: StudyRound, counting: Set[Presence]) -> set[UUID]:
    """Who was at the sessions of the round; whoever was at a repetition made up the first."""
    firsts = dict(
        db.execute(
            select(StudySession.id, StudySession.made_up_of_id).where(
                StudySession.round_id == round_.id
            )
        ).all()
    )
    present: dict[UUID, set[UUID]] = defaultdict(set)
    rows = db.execute(
        select(Attendance.user_id, Attendance.session_id)
        .join(StudySession, StudySession.id == Attendance.session_id)
        .where(StudySession.round_id == round_.id, Attendance.presence.in_(counting))
    )
    for user_id, session_id in rows:
        first = firsts[session_id]
        if first is None or counting is PRESENT:
            present[user_id].add(first or session_id)
    needed = sum(first is None for first in firsts.values())
    if round_.attendance_rule is not AttendanceRule.EVERY:
        needed = 1
    return {user_id for user_id, were_at in present.items() if len(were_at) >= needed}


def _read(db: Session, round_: StudyRound) -> set[UUID]:
    documents = {entry.document_id for entry in round_.documents}
    finished: dict[UUID, set[UUID]] = defaultdict(set)
    rows = db.execute(
        select(Reading.user_id, Reading.document_id).where(
            Reading.document_id.in_(documents), Reading.finished_at.is_not(None)
        )
    )
    for user_id, document_id in rows:
        finished[user_id].add(document_id)
    return {user_id for user_id, done in finished.items() if documents and done >= documents}


def _quizzed(db: Session, round_: StudyRound) -> set[UUID]:
    """Who has as many quizzes passed as there are."""
    asked = db.scalar(select(func.count()).select_from(Quiz).where(Quiz.round_id == round_.id))
    rows = db.execute(
        select(Attempt.user_id, func.count(Attempt.quiz_id.distinct()))
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .where(Quiz.round_id == round_.id, Attempt.passed.is_(True))
        .group_by(Attempt.user_id)
    )
    return {user_id for user_id, passed in rows if passed == asked}


def _essays(db: Session, round_: StudyRound) -> dict[UUID, dict[str, Any]]:
    """What each essay means for the figures, by its author."""
    grades = _grades(db, round_)
    return {
        essay.author_id: {**essay_marks(essay), "grade": grades.get(essay.author_id)}
        for which in (_unfinished(round_), _handed_in(round_))
        for essay in db.scalars(which)
    }


def _grades(db: Session, round_: StudyRound) -> dict[UUID, Grade | None]:
    """The bands of what is accepted, by author, from the decisions."""
    rows = db.execute(
        select(Essay.author_id, Decision.grade)
        .join(Version, Version.essay_id == Essay.id)
        .join(Decision, Decision.version_id == Version.id)
        .where(Essay.round_id == round_.id, Essay.state == State.ACCEPTED)
        .where(Decision.outcome == Outcome.ACCEPT)
    )
    return {row.author_id: row.grade for row in rows}


def _unfinished(round_: StudyRound) -> Select[Essay]:
    """Those whose words tell whether they have been begun; a few at a time, texts are long."""
    return (
        select(Essay)
        .where(Essay.round_id == round_.id, Essay.state == State.DRAFT)
        .execution_options(populate_existing=True, yield_per=500)
    )


def _handed_in(round_: StudyRound) -> Select[Essay]:
    """Those whose newest version tells whether they were late."""
    return (
        select(Essay)
        .where(Essay.round_id == round_.id, Essay.state != State.DRAFT)
        .options(defer(Essay.draft), subqueryload(Essay.versions).defer(Version.parts))
        .execution_options(populate_existing=True)
    )
