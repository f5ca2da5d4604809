"""Who sees an essay, what is put on record, and taking it back."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.essays.lifecycle import State
from tests.web.conftest import SignIn
from tests.world import World


def fresh(town: World) -> Session:
    """The database as it is now: what the test looked at before is forgotten."""
    town.db.rollback()
    return town.db


def test_the_receipt_has_a_code_to_be_photographed(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()
    an = as_(town.an)

    page = an.visit(f"/essays/{essay.id}/receipt/1")
    picture = an.client.get(page.one("img", class_="qr")["src"])

    assert "0000 0000 0000" in page.text
    assert (picture.status_code, picture.mimetype) == (200, "image/svg+xml")
    assert b"style" not in picture.data


def test_an_essay_is_taken_back_until_somebody_reads_it(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()
    an = as_(town.an)

    assert "stay on record" in an.visit(f"/essays/{essay.id}/withdraw").text
    an.post(f"/essays/{essay.id}/withdraw", status=200)

    town.see(essay)
    assert essay.state is State.DRAFT
    as_(town.binh).visit(f"/essays/{essay.id}", status=404)
    as_(town.binh).visit(f"/review/{essay.id}", status=404)


def test_what_is_being_read_stays_with_the_cell(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()
    as_(town.binh).visit(f"/review/{essay.id}")
    an = as_(town.an)

    assert "can no longer be taken back" in an.visit(f"/essays/{essay.id}").text
    page = an.post(f"/essays/{essay.id}/withdraw", status=200)

    assert "being read already" in page.text
    town.see(essay)
    assert essay.state is State.SUBMITTED


def test_a_reading_by_another_is_on_record_and_changes_nothing(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED, text="Chỉ một đoạn.")
    town.db.commit()

    page = as_(town.phuc).visit(f"/essays/{essay.id}")
    as_(town.phuc).visit(f"/essays/{essay.id}/versions/1")

    assert "Chỉ một đoạn." in page.text
    read = fresh(town).scalars(select(AuditEntry).where(AuditEntry.deed == Deed.ESSAY_READ)).all()
    assert [(one.actor_id, one.subject_id) for one in read] == [(town.phuc.id, essay.id)] * 2
    town.see(essay.versions[0])
    assert essay.versions[0].reading_began_at is None


def test_the_authors_own_reading_is_nobodys_business(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()

    as_(town.an).visit(f"/essays/{essay.id}")
    as_(town.an).visit(f"/essays/{essay.id}/versions/1")

    read = select(AuditEntry).where(AuditEntry.deed == Deed.ESSAY_READ)
    assert fresh(town).scalars(read).all() == []


@pytest.mark.parametrize("path", ["", "/edit", "/versions/1", "/receipt/1", "/withdraw"])
def test_a_stranger_does_not_learn_that_the_essay_exists(
    town: World, as_: SignIn, path: str
) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()

    as_(town.chi).visit(f"/essays/{essay.id}{path}", status=404)


@pytest.mark.parametrize("path", ["/edit", "/receipt/1", "/withdraw"])
def test_a_reader_does_not_write(town: World, as_: SignIn, path: str) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()

    as_(town.phuc).visit(f"/essays/{essay.id}{path}", status=403)


def test_a_draft_is_seen_by_nobody_else(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()

    for person in (town.binh, town.giang, town.dung, town.phuc, town.em):
        as_(person).visit(f"/essays/{essay.id}", status=404)


def test_anothers_essay_does_not_stand_among_mine(town: World, as_: SignIn) -> None:
    essay = town.essay(town.an, state=State.SUBMITTED)
    town.db.commit()

    for address in (f"/essays/{essay.id}", f"/essays/{essay.id}/versions/1"):
        mine = as_(town.an).visit(address)
        theirs = as_(town.binh).visit(address)

        assert [one["href"] for one in mine.all("a", aria_current="page")] == ["/essays/"]
        assert [one["href"] for one in theirs.all("a", aria_current="page")] == ["/completion/"]
