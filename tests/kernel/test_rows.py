"""Many rows written at once are read as if they had been written one by one."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit.models import AuditEntry
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.rows import insert_all
from tests.world import NOW

USERS: Table = User.__table__  # type: ignore[assignment]  # each model has its table
LOG: Table = AuditEntry.__table__  # type: ignore[assignment]


def person(name: str, **more: Any) -> dict[str, Any]:
    row = {
        "id": UserId(new_uuid()), "full_name": name, "name_order": name, "born_on": None,
        "card_number": None, "must_change_password": True, "generation": 1, "closed_at": None,
        "name_folded": "", "phone": "",
    }  # fmt: skip
    return row | more


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Hạnh", "a\tb\nc\r\\N \\. \\", "“'; DROP TABLE", "\\N", "{}", '"', ""]
)
def test_no_sign_in_a_text_is_taken_for_another(db: Session, name: str) -> None:
    insert_all(db, USERS, [person(name), person("Lan")])

    assert sorted(db.scalars(select(User.full_name))) == sorted([name, "Lan"])


def test_days_moments_numbers_and_nothing_come_back_as_they_were(db: Session) -> None:
    born = date(1958, 2, 28)
    row = person("Lan", born_on=born, closed_at=NOW, must_change_password=False, generation=7)

    insert_all(db, USERS, [row, person("An")])

    lan = db.get_one(User, row["id"])
    assert (lan.born_on, lan.closed_at, lan.generation) == (born, NOW, 7)
    assert lan.must_change_password is False
    assert lan.card_number is None


def test_facts_come_back_and_numbers_count_themselves(db: Session) -> None:
    facts = {"tờ": "\\n\t“a”", "số": 3, "không": None}
    entry = {"at": NOW, "actor_id": None, "deed": "x", "subject_id": new_uuid(), "facts": facts}

    insert_all(db, LOG, [entry, entry | {"facts": {}}])

    first, second = db.scalars(select(AuditEntry).order_by(AuditEntry.id))
    assert (first.facts, second.facts) == (facts, {})
    assert first.subject_id == entry["subject_id"]
    assert second.id > first.id


def test_what_is_taken_is_refused_as_by_any_insert_and_names_nobody(db: Session) -> None:
    insert_all(db, USERS, [person("An", card_number="000000000001")])

    with pytest.raises(IntegrityError) as refusal, db.begin_nested():
        insert_all(
            db, USERS, [person("Lan"), person("Nguyễn Thị Hạnh", card_number="000000000001")]
        )

    assert "Hạnh" not in str(refusal.value)
    assert list(db.scalars(select(User.full_name))) == ["An"]


def test_no_rows_are_no_work(db: Session) -> None:
    insert_all(db, USERS, [])

    assert db.scalars(select(User)).all() == []
