"""Things of each kind on which the law is tried, in a cell of a district."""

from datetime import UTC, date, datetime
from functools import cache
from itertools import product
from typing import Any
from uuid import UUID

from studyhub.accounts.models import User
from studyhub.booklet.lifecycle import Progress
from studyhub.booklet.models import GoodEssay
from studyhub.bridges.models import BridgePoint
from studyhub.calendars.models import Feed
from studyhub.calibration.models import Calibration, Seat, Stage
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.essays.transcripts import Transcript
from studyhub.fairness.models import Reread, Sample
from studyhub.inquiries.models import Inquiry
from studyhub.kernel.actor import Post
from studyhub.kernel.ids import UserId
from studyhub.library.attachments import Attachment
from studyhub.library.models import Document
from studyhub.lists.models import AttendanceList
from studyhub.mail.models import Letter
from studyhub.notes.models import Note
from studyhub.notices.models import Notice
from studyhub.org.models import Appointment, Membership, Unit, UnitKind
from studyhub.org.petitions import Petition
from studyhub.org.stays import Stay
from studyhub.org.succession import Reorganization, TouchedUnit
from studyhub.papers.pile_models import Pile
from studyhub.quiz.models import Attempt, BankQuestion, Quiz
from studyhub.recordings.models import Recording, RecordingState
from studyhub.review.models import Decision, Outcome, Substitution
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import AudienceUnit, StudyRound
from studyhub.study.absence_models import AbsenceRequest
from studyhub.study.models import StudySession

DAY = date(2026, 1, 1)
SELF, ROUND = UUID(int=1), UUID(int=2)
DISTRICT, CELL = "1/", "1/1/"


@cache
def samples() -> dict[type, list[Any]]:
    """Things of each kind in a cell of a district; of posts, those of one person each."""
    owner = UserId(SELF)
    district = Unit(path=DISTRICT, kind=UnitKind.PARTY_ORG)
    cell = Unit(path=CELL, kind=UnitKind.CELL)
    rounds = [_round(district, state) for state in (RoundState.OPEN, RoundState.DRAFT)]
    return {
        Unit: [cell],
        Reorganization: [Reorganization(units=[TouchedUnit(unit=cell)])],
        Membership: [Membership(user_id=owner, cell=cell)],
        Appointment: [[Appointment(unit=cell, post=post)] for post in (Post.SECRETARY, Post.ADMIN)],
        User: [User(id=SELF)],
        Stay: _stays(owner, cell),
        Petition: [Petition(cell=cell)],
        Letter: [Letter()],
        Feed: [Feed(user_id=owner)],
        Notice: [Notice(user_id=owner)],
        Document: [Document()],
        Attachment: [Attachment(document=Document())],
        Note: [Note(user_id=owner)],
        StudyRound: rounds,
        AttendanceList: [AttendanceList(brought_by=owner, session=StudySession(round=rounds[0]))],
        AbsenceRequest: [AbsenceRequest(user_id=owner, cell=cell)],
        BridgePoint: [
            BridgePoint(keeper_id=owner, unit=cell, session=StudySession(round=rounds[0]))
        ],
        StudySession: [StudySession(round=round_) for round_ in rounds],
        Recording: [
            Recording(session=StudySession(round=round_), state=RecordingState.READY)
            for round_ in rounds
        ],
        Inquiry: [
            Inquiry(asker_id=owner, round=round_, session=StudySession(round=round_))
            for round_ in rounds
        ],
        BankQuestion: [BankQuestion(unit=cell)],
        Quiz: [Quiz(round=round_) for round_ in rounds],
        Attempt: [Attempt(user_id=owner)],
        Essay: _essays(cell),
        Calibration: [Calibration(round=rounds[0], stage=Stage.OPEN, seats=[Seat(user_id=owner)])],
        GoodEssay: _good_essays(cell, rounds[0]),
        Transcript: [Transcript(essay=Essay(author_id=SELF, cell=cell))],
        Pile: [Pile(cell=cell)],
        Substitution: [Substitution(cell=cell)],
        Sample: [Sample(unit=cell)],
        Reread: [_reread(cell, judges) for judges in ("", str(UUID(int=9)))],
    }


def _stays(owner: UserId, cell: Unit) -> list[Stay]:
    """A member of the cell who is elsewhere, and one from elsewhere who is its guest."""
    other = Unit(path=f"{DISTRICT}2/", kind=UnitKind.CELL)
    return [
        Stay(user_id=owner, host=other, stretches=[Membership(cell=cell, since=DAY)]),
        Stay(user_id=owner, host=cell, stretches=[Membership(cell=other, since=DAY)]),
    ]


def _reread(cell: Unit, judges: str) -> Reread:
    """Drawn in the cell; judged by everybody who is asked, or by others."""
    essay = Essay(author_id=SELF, cell=cell, state=State.ACCEPTED)
    return Reread(sample=Sample(unit=cell), essay=essay, judges=judges)


def _round(unit: Unit, state: RoundState) -> StudyRound:
    opened_at = None if state is RoundState.DRAFT else DAY
    audience = [AudienceUnit(unit=unit)]
    return StudyRound(id=ROUND, unit=unit, state=state, opened_at=opened_at, audience=audience)


def _essays(cell: Unit) -> list[Essay]:
    """In each state, of a leader and of another, in a round judged blind and in another."""
    return [
        Essay(
            author_id=SELF, cell=cell, state=state, author_leads=leads, marked_by="",
            round=StudyRound(blind=blind),
        )
        for state, leads, blind in product(State, (True, False), (True, False))
    ]  # fmt: skip


def _good_essays(cell: Unit, round_: StudyRound) -> list[GoodEssay]:
    """One that waits for the committee, and one that is published."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    essay = Essay(
        author_id=SELF, cell=cell, state=State.ACCEPTED, author_leads=False, marked_by="",
        needs_above=False, round=round_,
    )  # fmt: skip
    return [
        GoodEssay(
            essay=essay, progress=progress, decided_at=moment,
            decision=Decision(outcome=Outcome.ACCEPT, decided_at=moment),
        )
        for progress in (Progress.PROPOSED, Progress.AGREED)
    ]  # fmt: skip
