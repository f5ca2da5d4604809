"""What the page of a session shows: put together once, for the page and for each part of it.

A room that has something to show here adds a field to `SessionPage`, fills it in
`prepared`, and hangs a partial of its own into the part it belongs to
(`templates/<room>/_on_session.html`). When that part has to be shown anew is said in
`web.study.parts`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from studyhub.bridges.models import BridgePoint
from studyhub.bridges.queries import kept_by
from studyhub.completion.models import Progress
from studyhub.inquiries import queries as inquiries
from studyhub.inquiries.asking import takes_questions
from studyhub.inquiries.models import Inquiry
from studyhub.inquiries.queries import Published
from studyhub.kernel.ids import DocumentId
from studyhub.library import attaching
from studyhub.library.attachments import Attachment
from studyhub.library.models import Document, Reading
from studyhub.live.queries import Live, live_of
from studyhub.quiz import queries as quizzes
from studyhub.quiz.models import Quiz
from studyhub.reminding.lacking import Lack, lacks
from studyhub.rounds import queries as rounds
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from studyhub.study import absence_queries, absences, check_in, queries
from studyhub.study.absence_models import AbsenceRequest
from studyhub.study.models import Attendance, Presence, StudySession
from studyhub.web import headers, letting_in, recorded
from studyhub.web.asking import AskForm, asking
from studyhub.web.recorded import Recorded
from studyhub.web.request import actor, db, now
from studyhub.web.study.agenda import Told, told
from studyhub.web.study.forms import CheckInForm
from studyhub.web.study.phase import Phase, phase

NEAR = timedelta(hours=2)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What all see alike who look at a session."""

    session: StudySession
    moment: datetime
    agenda: Sequence[Told]
    answers: Sequence[Published]
    """The questions that were answered for all."""

    @property
    def round(self) -> StudyRound:
        """The round it belongs to."""
        return self.session.round

    @property
    def phase(self) -> Phase:
        """Before, live, or over."""
        return phase(self.session, self.moment)


@dataclass(frozen=True, kw_only=True)
class SessionPage(Shown):
    """Everything the page of a session shows to one person."""

    documents: Sequence[Document]
    attachments: Mapping[DocumentId, Sequence[Attachment]]
    readings: Mapping[DocumentId, Reading]
    progress: Progress | None
    """One's own marks in the round; None for those who are not on its list."""
    attendance: Attendance | None
    check_in: CheckInForm
    turn_to_chair: bool
    bridges: Sequence[BridgePoint]
    """The bridge points the person is in charge of."""
    absence: AbsenceRequest | None
    """The person's last request for leave."""
    ask: AskForm | None
    """None while, or of whom, no questions are taken."""
    asked: Sequence[Inquiry]
    """One's own questions."""
    # --- here begin the fields of other rooms, each shown by its own partial
    live: Live
    live_addresses: Mapping[str, str]
    quizzes: Sequence[Quiz]
    recorded: Recorded

    @property
    def every(self) -> int:
        """So many seconds after each other the page asks what has changed: often on the day."""
        is_near = self.session.starts_at - NEAR <= self.moment <= self.session.ends_at + NEAR
        return 15 if is_near else 60

    @property
    def presence(self) -> Presence | None:
        """How the person is recorded."""
        return self.attendance.presence if self.attendance else None

    @property
    def takes_absences(self) -> bool:
        """Whether one may still ask for leave."""
        return absences.takes_requests(self.session, self.moment)

    @property
    def takes_check_in(self) -> bool:
        """Whether one can check in now."""
        is_open = self.round.state is RoundState.OPEN
        return is_open and self.session.takes_check_in(self.moment)

    @property
    def left(self) -> Sequence[Lack]:
        """What the person still has to do in the round, as far as it can be done now."""
        if self.progress is None or self.round.state is not RoundState.OPEN:
            return []
        over = self.phase is Phase.OVER
        quiz_open = any(quiz.is_open(self.moment) for quiz in self.quizzes)
        asked = self.round.requirements
        return lacks(self.progress.marks, asked, session_over=over, quiz_open=quiz_open)


def shown(db: Session, session: StudySession, moment: datetime) -> Shown:
    """The page of this session as far as it is the same for everybody."""
    answers = inquiries.published(db, session)
    return Shown(session=session, moment=moment, agenda=told(session, moment), answers=answers)


def prepared(session: StudySession, form: CheckInForm) -> SessionPage:
    """The page of this session as the person signed in sees it now."""
    me, moment = actor().user_id, now()
    documents = rounds.documents_of(db(), session.round_id)
    progress = queries.my_round(db(), session.round_id, me)
    asked = progress is not None and session.takes_check_in(moment)
    live = live_of(db(), session, moment)
    letting_in.let_in(session.id, live)
    headers.play_films()
    return SessionPage(
        **vars(shown(db(), session, moment)),
        documents=documents,
        attachments=attaching.of_documents(db(), [document.id for document in documents]),
        readings=queries.readings(db(), me, [document.id for document in documents]),
        progress=progress,
        attendance=queries.attendance_of(db(), session, me),
        check_in=form,
        bridges=kept_by(db(), session, me),
        absence=absence_queries.latest_of(db(), session, me) if progress else None,
        turn_to_chair=asked and check_in.must_turn_to_chair(db(), session, actor()),
        ask=asking(session) if progress and takes_questions(session, moment) else None,
        asked=inquiries.of_person(db(), session.id, me),
        live=live,
        live_addresses=letting_in.addresses(session.id),
        quizzes=quizzes.on_page_of(db(), session),
        recorded=recorded.of_session(session),
    )
