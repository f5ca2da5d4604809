"""The small world every test lives in.

    1/      the district   Dung is its officer, Em its administrator, Phuc an overseer
    1/1/    cell one       An and Lan are members, Binh is its secretary, Giang its deputy
    1/2/    cell two       Chi is its secretary, Hoa a member

The same people in every test, so that "Chi may not read it" needs no comment.
"""

import zlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from studyhub.access.actors import actor_of
from studyhub.accounts.models import User
from studyhub.completion import service as completion
from studyhub.completion.rules import EssayMark
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.ids import new_uuid
from studyhub.library.front_matter import DocumentType
from studyhub.library.models import Document, DocumentPart
from studyhub.org.models import Appointment, Membership, Standing, Unit, UnitKind
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import (
    AudienceUnit,
    Question,
    RoundDocument,
    StudyRound,
    Summons,
)
from studyhub.study.models import StudySession

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
"""09:00 on a Wednesday in Hà Nội."""

TODAY = date(2026, 11, 25)
LONG_AGO = date(2020, 1, 1)
PASSWORD = "sen nở đầu hè"
PASSWORD_HASH = (
    "$argon2id$v=19$m=8,t=1,p=1$hWaIKtwvqTO5sOzQiVLEUg$hOmHg5lxHZdag7y536OqZgX3DPJ1IIJetQ/SeadF5BI"
)
"""A cheap hash of it, so that signing in takes no time."""


class World:
    """The cast, and quick ways to give them something to do."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self.district = self._unit("1/", UnitKind.PARTY_ORG, "Đảng bộ Sở Mẫu", None)
        self.cell = self._unit("1/1/", UnitKind.CELL, "Chi bộ Văn phòng", self.district)
        self.other_cell = self._unit("1/2/", UnitKind.CELL, "Chi bộ Thanh tra", self.district)
        self.district.children_ever = 2
        self.an = self.person("Nguyễn Văn An", self.cell)
        self.lan = self.person("Trần Thị Lan", self.cell)
        self.binh = self.person("Lê Quang Bình", self.cell, Post.SECRETARY)
        self.giang = self.person("Phạm Hương Giang", self.cell, Post.DEPUTY)
        self.chi = self.person("Đỗ Kim Chi", self.other_cell, Post.SECRETARY)
        self.hoa = self.person("Vũ Thị Hoa", self.other_cell)
        self.dung = self.person("Hoàng Tiến Dũng", None, Post.OFFICER)
        self.em = self.person("Bùi Văn Em", None, Post.ADMIN)
        self.phuc = self.person("Ngô Hạnh Phúc", None, Post.OVERSEER)
        db.flush()

    @property
    def everyone(self) -> tuple[User, ...]:
        """The whole cast."""
        return (
            self.an, self.lan, self.binh, self.giang, self.chi, self.hoa, self.dung, self.em,
            self.phuc,
        )  # fmt: skip

    def see(self, thing: object) -> None:
        """Look again at a row that the application may have changed."""
        self.db.rollback()
        self.db.refresh(thing)

    def actor(self, person: User) -> Actor:
        """The person as the law sees them today."""
        self.db.flush()
        return actor_of(self.db, person.id, TODAY)

    def person(
        self,
        name: str,
        cell: Unit | None,
        post: Post | None = None,
        *,
        standing: Standing = Standing.OFFICIAL,
    ) -> User:
        """Somebody of the cell, perhaps with a post on it (on the district if of no cell)."""
        number = f"{len(name):04}{zlib.crc32(name.encode()) % 10**8:08}"
        user = User(
            id=new_uuid(),
            full_name=name,
            card_number=number,
            email=f"{number}@example.vn",
            password_hash=PASSWORD_HASH,
            must_change_password=False,
        )
        self.db.add(user)
        if cell:
            self.db.add(Membership(user=user, cell=cell, standing=standing, since=LONG_AGO))
        if post:
            unit = cell or self.district
            self.db.add(Appointment(user=user, unit=unit, post=post, since=LONG_AGO))
        return user

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

    def cell_of(self, person: User) -> Unit:
        """Where the person belongs."""
        return self.other_cell if person in (self.chi, self.hoa) else self.cell

    def session(self, round_: StudyRound, **changes: object) -> StudySession:
        """A session that is going on, with check-in open and the code 4827."""
        facts: dict[str, object] = {
            "title": "Hội nghị trực tuyến",
            "starts_at": NOW - timedelta(minutes=30),
            "ends_at": NOW + timedelta(hours=3),
            "check_in_opens_at": NOW - timedelta(minutes=45),
            "check_in_closes_at": NOW + timedelta(minutes=30),
            "check_in_code": "4827",
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

    def _unit(self, path: str, kind: UnitKind, name: str, parent: Unit | None) -> Unit:
        unit = Unit(id=new_uuid(), path=path, kind=kind, name=name, parent=parent, since=LONG_AGO)
        self.db.add(unit)
        return unit
