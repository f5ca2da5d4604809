"""Ten rounds: eight finished ones, one near its deadline, one in which all have begun to write."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from benchmarks.town.people import Ward
from benchmarks.town.rows import Rows
from benchmarks.town.words import SENTENCES
from studyhub.completion.rules import EssayMark
from studyhub.library.front_matter import DocumentType
from studyhub.library.models import Document, DocumentPart
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import (
    AttendanceRule,
    AudienceUnit,
    Question,
    RoundDocument,
    StudyRound,
)
from studyhub.study.models import StudySession

QUESTIONS = ("Nhận thức của bản thân", "Liên hệ thực tiễn", "Đề xuất, kiến nghị")

FINISHED = {"none": 2, "draft": 2, "submitted": 1, "returned": 2, "accepted": 93}
NEAR_ITS_END = {"none": 20, "draft": 20, "submitted": 25, "returned": 10, "accepted": 25}
BEGUN = {"draft": 100}
"""Of a hundred members, how many essays stand where."""


@dataclass(frozen=True)
class Planned:
    """A round with the ids of what hangs on it, and how far its essays are."""

    row: dict[str, Any]
    document_id: UUID
    session_id: UUID
    questions: tuple[UUID, ...]
    shares: dict[str, int]
    busy: float
    """The share of members who attended and read."""

    def draw(self, rows: Rows) -> EssayMark:
        """Where the essay of one more member stands."""
        states, weights = zip(*self.shares.items(), strict=True)
        return EssayMark(rows.dice.choices(states, weights)[0])


def plan(rows: Rows, ward: Ward, *, count: int, now: datetime) -> Iterator[Planned]:
    """So many rounds of the whole ward, a month apart; the last two are open."""
    for n in range(count):
        to_come = count - 1 - n
        opened = now - timedelta(days=30 * to_come + 10)
        if to_come > 1:
            yield _round(rows, ward, n, opened, FINISHED, busy=0.97, is_open=False)
        elif to_come == 1:
            yield _round(rows, ward, n, opened, NEAR_ITS_END, busy=0.8)
        else:
            yield _round(rows, ward, n, opened, BEGUN, busy=0.3)


def _round(
    rows: Rows,
    ward: Ward,
    n: int,
    opened: datetime,
    shares: dict[str, int],
    *,
    busy: float,
    is_open: bool = True,
) -> Planned:
    closes = opened + timedelta(days=45 if is_open else 25)
    row = rows.add(
        StudyRound,
        id=rows.new_id(),
        unit_id=ward.root["id"],
        title=f"Nghị quyết số {n + 40}-NQ/TW",
        state=RoundState.OPEN if is_open else RoundState.CLOSED,
        year=opened.year,
        roster_on=opened.date(),
        closes_at=closes,
        min_syllables=300,
        max_syllables=5000,
        attendance_rule=AttendanceRule.EVERY,
        created_by=ward.officer_id,
        created_at=opened - timedelta(days=5),
        opened_at=opened,
        closed_at=None if is_open else closes,
    )
    rows.add(AudienceUnit, round_id=row["id"], unit_id=ward.root["id"])
    document_id = _document(rows, ward, n, opened)
    rows.add(RoundDocument, round_id=row["id"], document_id=document_id, position=0)
    questions = tuple(_question(rows, row["id"], n) for n in range(len(QUESTIONS)))
    session_id = _session(rows, row["id"], opened + timedelta(days=2))
    return Planned(row, document_id, session_id, questions, shares, busy)


def _question(rows: Rows, round_id: UUID, n: int) -> UUID:
    question_id = rows.new_id()
    rows.add(Question, id=question_id, round_id=round_id, position=n, title=QUESTIONS[n])
    return question_id


def _session(rows: Rows, round_id: UUID, starts: datetime) -> UUID:
    session_id = rows.new_id()
    rows.add(
        StudySession,
        id=session_id,
        round_id=round_id,
        title="Hội nghị trực tuyến",
        starts_at=starts,
        ends_at=starts + timedelta(hours=4),
        check_in_opens_at=starts - timedelta(minutes=15),
        check_in_closes_at=starts + timedelta(minutes=30),
        check_in_secret="lotus",  # noqa: S106 - of an invented session
    )
    return session_id


def _document(rows: Rows, ward: Ward, n: int, added: datetime) -> UUID:
    """A resolution of 24 parts, as long as a real one."""
    document_id = rows.new_id()
    rows.add(
        Document,
        id=document_id,
        type=DocumentType.RESOLUTION,
        number=f"{n + 40}-NQ/TW",
        subject="về một số chủ trương, chính sách",
        added_at=added,
        added_by=ward.officer_id,
    )
    for position in range(24):
        rows.add(
            DocumentPart,
            document_id=document_id,
            position=position,
            level=1 if position % 6 == 0 else 2,
            number=f"{position + 1}.",
            title=f"Nhiệm vụ, giải pháp thứ {position + 1}",
            anchor=f"p{position + 1}",
            paragraphs=rows.dice.sample(SENTENCES, 5),
        )
    return document_id
