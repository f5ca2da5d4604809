"""Quick ways to give the cast of the test world something to do."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.completion import service as completion
from studyhub.completion.rules import EssayMark
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.kernel.ids import new_uuid
from studyhub.library.front_matter import DocumentType
from studyhub.library.models import Document, DocumentPart
from studyhub.org.models import Standing, Unit
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import AudienceUnit, Question, RoundDocument, StudyRound, Summons
from studyhub.study.models import StudySession

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
"""09:00 on a Wednesday in Hà Nội."""

TODAY = date(2026, 11, 25)


class Things:
    """Documents, rounds, sessions and essays of the world, each in one line."""

    db: Session
    district: Unit
    an: User
    lan: User
    binh: User
    giang: User
    chi: User
    hoa: User
    dung: User

    def cell_of(self, person: User) -> Unit:
        """Where the person belongs: the cast knows."""
        raise LookupError(person.full_name)

    def document(self, subject: str = "về chuyển đổi số") -> Document:
        """A resolution of two parts."""
        document = Document(
            type=DocumentType.RESOLUTION,
            number="52-NQ/TW",
            issuer="Bộ Chính trị",
            subject=subject,
            added_at=NOW,
            added_by=self.dung.id,
        )
        for position, title in enumerate(("Quan điểm chỉ đạo", "Mục tiêu")):
            document.parts.append(
                DocumentPart(
                    position=position,
                    level=1,
                    number="I." if position == 0 else "II.",
                    title=title,
                    anchor=("i", "ii")[position],
                    paragraphs=["Cần có cách tiếp cận mở, sáng tạo, cho thí điểm."],
                )
            )
        self.db.add(document)
        self.db.flush()
        return document

    def round(
        self,
        *,
        title: str = "Nghị quyết số 52-NQ/TW",
        closes_in: timedelta = timedelta(days=4),
        summoned: Iterable[User] | None = None,
        is_open: bool = True,
        **settings: object,
    ) -> StudyRound:
        """A round of the district: open, with two questions, everyone of the cells summoned."""
        round_ = StudyRound(
            id=new_uuid(),
            unit=self.district,
            title=title,
            state=RoundState.OPEN if is_open else RoundState.DRAFT,
            year=2026,
            roster_on=TODAY,
            closes_at=NOW + closes_in,
            created_by=self.dung.id,
            created_at=NOW - timedelta(days=20),
            opened_at=NOW - timedelta(days=14) if is_open else None,
            **settings,
        )
        round_.audience.append(AudienceUnit(unit=self.district))
        round_.documents.append(RoundDocument(document=self.document(), position=0))
        for position, question in enumerate(("Nhận thức", "Liên hệ thực tiễn")):
            round_.questions.append(Question(id=new_uuid(), position=position, title=question))
        self.db.add(round_)
        self.db.flush()
        if is_open:
            self._summon(round_, summoned)
        return round_

    def _summon(self, round_: StudyRound, summoned: Iterable[User] | None) -> None:
        people = summoned or (self.an, self.lan, self.binh, self.giang, self.chi, self.hoa)
        summonses = [self._summons(round_, person) for person in people]
        completion.enrol(self.db, round_, summonses, now=NOW)

    def _summons(self, round_: StudyRound, person: User) -> Summons:
        cell = self.cell_of(person)
        summons = Summons(
            round=round_,
            user=person,
            cell=cell,
            cell_path=cell.path,
            standing=Standing.OFFICIAL,
        )
        self.db.add(summons)
        self.db.flush()
        return summons

    def session(self, round_: StudyRound, **changes: object) -> StudySession:
        """A session that is going on, with check-in open; its code is `code_at(session, NOW)`."""
        facts: dict[str, object] = {
            "title": "Hội nghị trực tuyến",
            "starts_at": NOW - timedelta(minutes=30),
            "ends_at": NOW + timedelta(hours=3),
            "check_in_opens_at": NOW - timedelta(minutes=45),
            "check_in_closes_at": NOW + timedelta(minutes=30),
            "check_in_secret": "lotus",
        }
        session = StudySession(id=new_uuid(), round=round_, **{**facts, **changes})
        self.db.add(session)
        self.db.flush()
        return session

    def essay(
        self,
        author: User | None = None,
        *,
        round_: StudyRound | None = None,
        state: State = State.DRAFT,
        text: str = "Tôi đã đọc kỹ nghị quyết.",
    ) -> Essay:
        """An essay of An's (or another's) in that state, with marks and a version to match."""
        author = author or self.an
        round_ = round_ or self.round()
        essay = Essay(
            id=new_uuid(),
            round=round_,
            author=author,
            cell=self.cell_of(author),
            author_leads=author in (self.binh, self.giang, self.chi),
            state=state,
            draft={str(question.id): text for question in round_.questions},
            draft_revision=1,
            draft_saved_at=NOW,
            submitted_at=None if state is State.DRAFT else NOW,
        )
        self.db.add(essay)
        if state is not State.DRAFT:
            essay.versions.append(self._version(round_, text))
        self.db.flush()
        completion.mark(self.db, round_.id, author.id, now=NOW, essay=EssayMark(state.value))
        return essay

    def _version(self, round_: StudyRound, text: str) -> Version:
        return Version(
            number=1,
            revision=1,
            parts=[{"title": q.title, "text": text} for q in round_.questions],
            syllables=12,
            submitted_at=NOW,
            is_late=False,
            receipt_code=f"BTH-{new_uuid().hex[:8].upper()}",
            content_hash="0" * 64,
        )
