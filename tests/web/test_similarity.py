"""What those who judge are shown of passages that stand elsewhere, and who is shown nothing."""

import pytest
from sqlalchemy import select

from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.similarity import service
from studyhub.similarity.models import SharedPassage
from tests.similarity.passages import essay as own_words
from tests.similarity.passages import passage
from tests.statements import counted_in
from tests.web.conftest import SignIn
from tests.world import NOW, World

COPIED = passage("copied", 120)


def compared(town: World, source_author: str) -> tuple[Essay, Essay]:
    """An essay of somebody, and one of An's that has a passage of it."""
    round_ = town.round()
    pair = []
    for author in (source_author, "an"):
        essay = town.essay(getattr(town, author), round_=round_, state=State.SUBMITTED)
        essay.versions[-1].parts = [
            {"title": "Nhận thức", "text": f"{own_words(author)}\n\n{COPIED}"}
        ]
        town.db.flush()
        service.compare(town.db, essay.versions[-1].id, now=NOW)
        pair.append(essay)
    town.db.commit()
    return pair[0], pair[1]


def test_the_secretary_sees_both_side_by_side_when_both_may_be_read(
    town: World, as_: SignIn
) -> None:
    source, essay = compared(town, "lan")

    binh = as_(town.binh)
    page = binh.visit(f"/review/{essay.id}")
    assert "In other essays" in page.text
    page = binh.visit(f"/review/{essay.id}/similar")

    assert page.text.count(COPIED[:60]) == 2
    assert "Trần Thị Lan" in page.text or town.lan.full_name in page.text
    read = town.db.scalars(select(AuditEntry.subject_id).where(AuditEntry.deed == Deed.ESSAY_READ))
    assert {source.id, essay.id} <= set(read)


def test_of_an_essay_of_another_cell_nothing_is_told_but_that_there_is_one(
    town: World, as_: SignIn
) -> None:
    source, essay = compared(town, "hoa")
    source.versions[-1].parts = [{"title": "", "text": f"Bí mật của chi bộ khác. {COPIED}"}]
    town.db.commit()

    page = as_(town.binh).visit(f"/review/{essay.id}/similar")

    assert "Another essay of the organization" in page.text
    assert page.text.count(COPIED[:60]) == 1
    for told in (town.hoa.full_name, town.cell_of(town.hoa).name, str(source.id), "Bí mật"):
        assert told not in page.source


def test_who_follows_both_cells_sees_both(town: World, as_: SignIn) -> None:
    _, essay = compared(town, "hoa")
    essay.author_leads = True  # then the officer above judges it
    town.db.commit()

    page = as_(town.dung).visit(f"/review/{essay.id}/similar")

    assert page.text.count(COPIED[:60]) == 2
    assert town.hoa.full_name in page.text


@pytest.mark.parametrize("name", ["an", "lan", "hoa", "chi"])
def test_neither_the_author_nor_peers_see_it(town: World, as_: SignIn, name: str) -> None:
    _, essay = compared(town, "lan")

    person = as_(getattr(town, name))
    person.visit(f"/review/{essay.id}/similar", status=403 if name == "an" else 404)
    if name == "an":
        page = person.visit(f"/essays/{essay.id}")
        assert "In other essays" not in page.text


def test_before_it_is_compared_nothing_is_said(town: World, as_: SignIn) -> None:
    essay = town.essay(round_=town.round(), state=State.SUBMITTED)
    town.db.commit()

    binh = as_(town.binh)
    assert "In other essays" not in binh.visit(f"/review/{essay.id}").text
    assert "compared within a few minutes" in binh.visit(f"/review/{essay.id}/similar").text


def test_pages_without_text_are_said_to_be_nothing_to_compare(town: World, as_: SignIn) -> None:
    essay = town.essay(round_=town.round(), state=State.SUBMITTED)
    essay.versions[-1].syllables = 0
    town.db.commit()

    page = as_(town.binh).visit(f"/review/{essay.id}/similar")

    assert "no text to compare" in page.text
    assert "within a few minutes" not in page.text


def test_many_sources_ask_no_more_of_the_database(town: World, as_: SignIn) -> None:
    round_ = town.round()
    target, lan = (
        town.essay(who, round_=round_, state=State.SUBMITTED) for who in (town.an, town.lan)
    )

    def shared_with(source: Essay) -> None:
        mine, theirs = target.versions[-1], source.versions[-1]
        town.db.add(
            SharedPassage(
                version_id=mine.id, source_version_id=theirs.id, start=0, end=12,
                source_start=0, source_end=12,
            )
        )  # fmt: skip
        town.db.commit()

    shared_with(lan)
    binh = as_(town.binh)

    def asked() -> int:
        with counted_in(binh.client.application) as seen:
            binh.visit(f"/review/{target.id}/similar")
        return sum(statement.startswith("SELECT") for statement in seen)

    asked()
    few = asked()
    for number in range(12):
        who = town.person(f"Người Thứ {number}", town.cell)
        shared_with(town.essay(who, round_=round_, state=State.SUBMITTED))

    assert asked() == few
