"""Stays, requests and notices in the province: for each person to find, or not to find."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from studyhub.calendars.models import Feed
from studyhub.kernel.ids import DocumentId, new_uuid
from studyhub.mail.models import Kind as Letters
from studyhub.mail.models import Letter
from studyhub.notes.models import Note
from studyhub.notices.models import Kind, Notice
from studyhub.org.models import Membership, Standing, Unit, UnitKind
from studyhub.org.petitions import Petition, PetitionState, Wish
from studyhub.org.stays import Stay
from tests.things import NOW
from tests.world import LONG_AGO

if TYPE_CHECKING:
    from tests.web.province import Province

FIRST, LAST = date(2025, 12, 31), date(2027, 12, 31)


def stays(province: Province) -> dict[str, object]:
    """Ngoc is a guest of cell two; Loc, of the branch beside, of another cell there."""
    opposite = Unit(
        id=new_uuid(), path="1/2/2/", kind=UnitKind.CELL, name="Chi bộ Đối diện",
        parent=province.beside, since=LONG_AGO,
    )  # fmt: skip
    loc = province.person("Lộ Bá Lộc", None)
    belongs = Membership(
        user=loc, cell=province.cell_beside, standing=Standing.OFFICIAL, since=LONG_AGO
    )
    guests = {"Ngoc's": (province.ngoc, province.other_cell), "Loc's": (loc, opposite)}
    rows = {
        name: Stay(id=new_uuid(), user=person, host=host, since=FIRST, until=LAST)
        for name, (person, host) in guests.items()
    }
    province.db.add_all([opposite, belongs, *rows.values()])
    return {name: row.id for name, row in rows.items()}


def petitions(province: Province) -> dict[str, object]:
    """Cell one asks for Ngoc, was declined before, and the cell beside asks for Mai."""
    told = {
        "Ngoc's": (province.ngoc, province.cell, PetitionState.ASKED),
        "Ngoc's, declined": (province.ngoc, province.cell, PetitionState.DECLINED),
        "Mai's": (province.mai, province.cell_beside, PetitionState.ASKED),
    }
    rows = {
        name: Petition(
            id=new_uuid(), wish=Wish.TRANSFER, state=state, user=person, cell=cell,
            since=NOW.date(), destination="Nơi khác", reason=f"đề nghị {name}",
            asked_by=province.binh.id, asked_at=NOW,
        )
        for name, (person, cell, state) in told.items()
    }  # fmt: skip
    declined = rows["Ngoc's, declined"]
    declined.decided_by, declined.decided_at = province.dung.id, NOW
    province.db.add_all(rows.values())
    return {name: row.id for name, row in rows.items()}


def notices(province: Province) -> dict[str, object]:
    """Told to An and to Mai, of a transfer that has been taken back: it leads nowhere."""
    rows = {
        name: Notice(
            id=new_uuid(), user_id=person.id, kind=Kind.TRANSFER_TAKEN_BACK, at=NOW,
            facts={"person": str(person.id), "cell": str(province.cell.id)},
        )
        for name, person in {"An's": province.an, "Mai's": province.mai}.items()
    }  # fmt: skip
    province.db.add_all(rows.values())
    return {name: row.id for name, row in rows.items()}


def letters(province: Province) -> dict[str, object]:
    """To Hoa, and given up."""
    row = Letter(
        id=new_uuid(), user_id=province.hoa.id, address="hoa@example.vn", kind=Letters.TEST,
        facts={}, made_at=NOW, due_at=NOW, gave_up_at=NOW, error="recipient",
    )  # fmt: skip
    province.db.add(row)
    return {"to Hoa": row.id}


def feeds(province: Province) -> dict[str, object]:
    """The calendars of Binh and of Mai."""
    rows = {
        name: Feed(id=new_uuid(), user_id=person.id, made_at=NOW)
        for name, person in {"Binh's": province.binh, "Mai's": province.mai}.items()
    }
    province.db.add_all(rows.values())
    return {name: row.id for name, row in rows.items()}


def notes(province: Province) -> dict[str, object]:
    """What An and Mai noted while reading the one document."""
    document_id = DocumentId(UUID(str(province.things["document_id"]["a document"])))
    rows = {
        f"{name}'s": Note(
            id=new_uuid(), user_id=person.id, document_id=document_id, anchor="i", part=0,
            paragraph=0, start=0, end=8, words="Cần có c", text=f"ghi riêng của {name}",
            written_at=NOW, changed_at=NOW,
        )
        for name, person in {"An": province.an, "Mai": province.mai}.items()
    }  # fmt: skip
    province.db.add_all(rows.values())
    return {name: row.id for name, row in rows.items()}
