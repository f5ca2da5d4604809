"""An essay and its receipt taken along: who gets them, under which name, and what is recorded."""

from urllib.parse import unquote

import pytest
from sqlalchemy import select

from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from tests.statements import counted_in
from tests.web.conftest import SignIn
from tests.world import World

BEGINNINGS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04"}


def handed_in(town: World) -> Essay:
    """Lan's essay, which waits."""
    essay = town.essay(town.lan, state=State.SUBMITTED)
    town.db.commit()
    return essay


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_author_takes_the_essay_along_under_its_own_name(
    town: World, as_: SignIn, kind: str
) -> None:
    essay = handed_in(town)

    answer = as_(town.lan).client.get(f"/essays/{essay.id}/versions/1/{kind}")

    assert answer.data.startswith(BEGINNINGS[kind])
    told = answer.headers["Content-Disposition"]
    assert 'filename="Bai thu hoach - Tran Thi Lan - Nghi quyet so 52-NQ-TW.' in told
    name = unquote(told.partition("filename*=UTF-8''")[2])
    assert name == f"Bài thu hoạch - Trần Thị Lan - Nghị quyết số 52-NQ-TW.{kind}"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_receipt_is_taken_along(town: World, as_: SignIn) -> None:
    essay = handed_in(town)
    lan = as_(town.lan)

    page = lan.visit(f"/essays/{essay.id}/receipt/1")
    answer = lan.client.get(page.one("a", href=f"/essays/{essay.id}/receipt/1/pdf")["href"])

    assert answer.data.startswith(b"%PDF-")
    assert "Bien nhan - Tran Thi Lan" in answer.headers["Content-Disposition"]


def test_every_page_of_a_version_leads_to_both_files(town: World, as_: SignIn) -> None:
    essay = handed_in(town)
    files = [f"/essays/{essay.id}/versions/1/{kind}" for kind in BEGINNINGS]
    lan, binh = as_(town.lan), as_(town.binh)
    pages = [
        lan.visit(f"/essays/{essay.id}"),
        lan.visit(f"/essays/{essay.id}/versions/1"),
        lan.visit(f"/essays/{essay.id}/receipt/1"),
        binh.visit(f"/review/{essay.id}"),
    ]

    for page in pages:
        assert [page.one("a", href=file)["href"] for file in files] == files


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_whoever_prints_anothers_essay_has_read_it(town: World, as_: SignIn, kind: str) -> None:
    essay = handed_in(town)

    answer = as_(town.binh).client.get(f"/essays/{essay.id}/versions/1/{kind}")
    assert answer.status_code == 200

    town.db.rollback()
    deeds = town.db.scalars(select(AuditEntry.deed).where(AuditEntry.subject_id == essay.id)).all()
    assert Deed.ESSAY_READ in deeds


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_what_is_taken_back_is_its_authors_alone(town: World, as_: SignIn, kind: str) -> None:
    essay = handed_in(town)
    essay.state, essay.submitted_at = State.DRAFT, None
    town.db.commit()

    as_(town.binh).visit(f"/essays/{essay.id}/versions/1/{kind}", status=404)
    assert as_(town.lan).client.get(f"/essays/{essay.id}/versions/1/{kind}").status_code == 200


def test_a_receipt_is_its_authors_alone(town: World, as_: SignIn) -> None:
    essay = handed_in(town)

    as_(town.binh).visit(f"/essays/{essay.id}/receipt/1/pdf", status=403)
    as_(town.chi).visit(f"/essays/{essay.id}/receipt/1/pdf", status=404)
    as_(town.lan).visit(f"/essays/{essay.id}/receipt/2/pdf", status=404)


def test_printing_asks_few_questions(town: World, as_: SignIn) -> None:
    essay = handed_in(town)
    lan = as_(town.lan)

    with counted_in(lan.client.application) as asked:
        lan.client.get(f"/essays/{essay.id}/versions/1/pdf")

    assert len(asked) <= 10, "\n".join(asked)
