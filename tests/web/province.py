"""The world of the access matrix: the district below a common root, and a branch beside it.

    1/        the province    (nobody)
    1/1/      the district    Dung its officer, Phuc an overseer, Em its administrator
    1/1/1/    cell one        An, Lan and Ngoc are members, Binh secretary, Giang deputy, Kien of
                              the cell committee; Quyen is assigned to it from above
    1/1/2/    cell two        Chi is its secretary, Hoa a member
    1/2/      beside          Nam is its officer
    1/2/1/    its cell        Mai is a member; she was of cell one before, and of its committee

Every draft, every essay handed in, and whatever is personal holds words of its own, so
that a page which tells them to the wrong person is found out.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Post
from studyhub.kernel.ids import new_uuid
from studyhub.org.models import Appointment, Exemption, Membership, Standing, Unit, UnitKind
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Extension, StudyRound, Summons
from tests.things import NOW
from tests.web import (
    asked,
    attended,
    commended,
    commented,
    decided,
    elsewhere,
    inquiring,
    leafed,
    long_lists,
    on_paper,
    quizzed,
    read_again,
    recorded,
)
from tests.world import LONG_AGO, World

LAST_YEAR = date(2025, 12, 31)

PEOPLE = (
    "An", "Lan", "Kien", "Binh", "Giang", "Quyen", "Hoa", "Chi", "Dung", "Phuc", "Em", "Mai", "Nam",
)  # fmt: skip


class Province(World):
    """The cast at their places, with something of every kind for each to find or not to find."""

    def __init__(self, db: Session) -> None:
        super().__init__(db)
        self._move_below_a_root()
        self.beside = self._unit("1/2/", UnitKind.SECTION, "Đảng bộ bộ phận Bên cạnh", self.root)
        self.cell_beside = self._unit("1/2/1/", UnitKind.CELL, "Chi bộ Bên cạnh", self.beside)
        self.group = self._unit("1/1/1/1/", UnitKind.GROUP, "Tổ đảng Một", self.cell)
        self.kien = self.person("Cao Trung Kiên", self.cell, Post.COMMITTEE_MEMBER)
        self.ngoc = self.person("Tô Bích Ngọc", self.cell)
        self.quy = self.person("La Đình Quý", self.cell)
        self.mai = self.person("Đinh Thị Mai", self.cell_beside)
        self.nam = self.person("Mạc Hải Nam", None)
        self.quyen = self.person("Thái Tú Quyên", None)
        db.flush()
        for person, unit, post, until in (
            (self.nam, self.beside, Post.OFFICER, None),
            (self.quyen, self.cell, Post.OVERSEER, None),
            (self.mai, self.cell, Post.COMMITTEE_MEMBER, LAST_YEAR),
        ):
            db.add(Appointment(user=person, unit=unit, post=post, since=LONG_AGO, until=until))
        self._mark_what_is_personal()
        self.things: dict[str, dict[str, object]] = {
            "unit_id": self._units(),
            "membership_id": self._memberships(),
            "appointment_id": self._appointments(),
            "exemption_id": self._exemptions(),
            "stay_id": asked.stays(self),
            "petition_id": asked.petitions(self),
            "notice_id": asked.notices(self),
            "letter_id": asked.letters(self),
            "feed_id": asked.feeds(self),
            "token": {"none": "nobody-has-this"},
            "reorganization_id": decided.reorganizations(self),
            "person_id": {"Ngoc": self.ngoc.id, "Mai": self.mai.id},
            **self._studying(),
        }
        """By the name in the address: what the table calls each thing, and its id."""
        self.things["note_id"] = asked.notes(self)
        on_paper.add(self)
        attended.add(self)
        quizzed.add(self)
        read_again.add(self)
        long_lists.add(self)
        commended.add(self)

    def known_as(self, name: str) -> User:
        """One of the cast by the name the table has for them."""
        found: User = getattr(self, name.lower())
        return found

    def cell_of(self, person: User) -> Unit:
        """Where the person belongs now, or belonged last."""
        self.db.flush()
        return self._belonging(person).cell

    def _move_below_a_root(self) -> None:
        self.cell.path, self.other_cell.path = "1/1/1/", "1/1/2/"
        self.cell.name, self.other_cell.name = "Chi bộ số Một", "Chi bộ số Hai"
        self.db.flush()
        self.district.path = "1/1/"
        self.db.flush()
        self.root = self._unit("1/", UnitKind.PARTY_ORG, "Đảng bộ tỉnh Mẫu", None)
        self.district.parent = self.root

    def _mark_what_is_personal(self) -> None:
        for name in ("An", "Binh", "Hoa", "Mai"):
            self.known_as(name).phone = f"phone of {name}"

    def _units(self) -> dict[str, object]:
        named = {
            "the root": self.root,
            "district": self.district,
            "cell": self.cell,
            "its group": self.group,
            "other cell": self.other_cell,
            "beside": self.beside,
            "cell beside": self.cell_beside,
        }
        return {name: unit.id for name, unit in named.items()}

    def _memberships(self) -> dict[str, object]:
        former = Membership(
            user=self.mai, cell=self.cell, standing=Standing.OFFICIAL,
            since=LONG_AGO, until=LAST_YEAR,
        )  # fmt: skip
        self._belonging(self.mai).since = date(2026, 1, 1)
        self._belonging(self.quy).until = LAST_YEAR
        self._belonging(self.ngoc).standing = Standing.PROBATIONARY
        self.db.add(former)
        self.db.flush()
        people = {
            "An's": self.an, "Ngoc's": self.ngoc, "Binh's": self.binh, "Quy's, ended": self.quy,
            "Hoa's": self.hoa,
        }  # fmt: skip
        return {
            **{name: self._belonging(person).id for name, person in people.items()},
            "Mai's": self._belonging(self.mai).id,
            "Mai's former": former.id,
        }

    def _belonging(self, person: User) -> Membership:
        of_person = select(Membership).where(Membership.user_id == person.id)
        return self.db.scalars(of_person.order_by(Membership.since.desc()).limit(1)).one()

    def _appointments(self) -> dict[str, object]:
        people = (self.dung, self.em, self.binh, self.quyen, self.nam, self.mai)
        names = ("Dung's", "Em's", "Binh's", "Quyen's", "Nam's", "Mai's former")
        held = {row.user_id: row.id for row in self.db.scalars(select(Appointment))}
        return {name: held[person.id] for name, person in zip(names, people, strict=True)}

    def _exemptions(self) -> dict[str, object]:
        exemptions: dict[str, object] = {}
        for name, person in (("Ngoc's", self.ngoc), ("Mai's", self.mai)):
            row = Exemption(id=new_uuid(), user=person, reason=f"ốm {name}", since=LONG_AGO)
            self.db.add(row)
            exemptions[name] = row.id
        return exemptions

    def _studying(self) -> dict[str, dict[str, object]]:
        rounds = self._rounds()
        essays = self._essays(rounds)
        sessions = {name: self.session(rounds[name]).id for name in rounds if name != "closed"}
        listed = select(Summons.id).where(Summons.round_id == rounds["open"].id)
        return {
            "round_id": {name: round_.id for name, round_ in rounds.items()},
            "session_id": dict(sessions),
            "essay_id": {name: essay.id for name, essay in essays.items()},
            "extension_id": self._extensions(rounds),
            **elsewhere.brought(self.db, essays),
            "inquiry_id": inquiring.asked(self, rounds, sessions),
            **recorded.brought(self, sessions),
            **commented.said(self, essays),
            "summons_id": {
                "An's": self.db.scalar(listed.where(Summons.user_id == self.an.id)),
                "Mai's": self.db.scalar(
                    select(Summons.id).where(Summons.round_id == rounds["beside"].id)
                ),
            },
            "document_id": {"a document": (document := self.document()).id},
            "attachment_id": leafed.attached(self.db, document.id, self.dung.id),
        }

    def _extensions(self, rounds: dict[str, StudyRound]) -> dict[str, object]:
        rows = {
            name: Extension(
                id=new_uuid(), round_id=rounds[name].id, cell_id=cell.id, until=NOW,
                reason="bão", made_by=self.dung.id, made_at=NOW,
            )
            for name, cell in (("open", self.cell), ("beside", self.cell_beside))
        }  # fmt: skip
        self.db.add_all(rows.values())
        return {"cell's": rows["open"].id, "cell beside's": rows["beside"].id}

    def _rounds(self) -> dict[str, StudyRound]:
        ours = (self.an, self.lan, self.binh, self.giang, self.kien, self.chi, self.hoa)
        rounds = {
            "open": self._round_of(self.district, ours, title="Đợt đang mở"),
            "draft": self.round(is_open=False, title="Đợt đang soạn"),
            "closed": self._round_of(self.district, ours, title="Đợt đã xong"),
            "the root's": self._round_of(self.root, (*ours, self.mai), title="Đợt của tỉnh"),
            "beside": self._round_of(self.beside, (self.mai,), title="Đợt bên cạnh"),
        }
        rounds["closed"].state, rounds["closed"].closed_at = RoundState.CLOSED, NOW
        return rounds

    def _round_of(self, unit: Unit, summoned: tuple[User, ...], *, title: str) -> StudyRound:
        district, self.district = self.district, unit
        try:
            return self.round(title=title, summoned=summoned)
        finally:
            self.district = district

    def _essays(self, rounds: dict[str, StudyRound]) -> dict[str, Essay]:
        """One in every state; its draft has gone on since it was handed in."""
        told = {
            "An's draft": (self.an, "the root's", State.DRAFT),
            "An's": (self.an, "open", State.SUBMITTED),
            "Lan's, back": (self.lan, "open", State.SUBMITTED),
            "Kien's, passed": (self.kien, "open", State.ACCEPTED),
            "Binh's": (self.binh, "open", State.SUBMITTED),
            "Hoa's, returned": (self.hoa, "open", State.RETURNED),
            "Mai's": (self.mai, "beside", State.SUBMITTED),
        }
        essays = {
            name: self.essay(author, round_=rounds[round_], state=state, text=f"«bài {name}»")
            for name, (author, round_, state) in told.items()
        }
        for name, essay in essays.items():
            essay.draft = dict.fromkeys(essay.draft, f"«nháp {name}»")
        essays["Lan's, back"].state = State.DRAFT
        essays["Lan's, back"].submitted_at = None
        return essays
