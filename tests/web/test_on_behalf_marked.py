"""An essay on paper later: reviewed, answered, taken back, printed."""

import re

import pypdfium2

from studyhub.essays.lifecycle import State
from studyhub.rounds.models import StudyRound
from tests.web.conftest import SignIn
from tests.web.test_on_behalf import SECRET, handed_in, place, round_
from tests.world import World

__all__ = ["round_"]


def test_whoever_reviews_what_they_typed_is_named(
    town: World, as_: SignIn, round_: StudyRound
) -> None:
    version = handed_in(town, as_, round_)
    where = f"/review/{version.essay_id}"
    binh = as_(town.binh)
    binh.visit(where)

    binh.post(f"{where}/decision", version="1", outcome="accept", remark="Đạt.")

    words = "The reviewer is also the one who entered this essay on behalf."
    assert words in as_(town.an).visit(f"/essays/{version.essay_id}").text


def test_the_member_goes_on_with_their_own_draft_after_taking_it_back(
    town: World, as_: SignIn, round_: StudyRound
) -> None:
    essay = town.essay(round_=round_, text=SECRET)
    town.db.commit()
    handed_in(town, as_, round_)
    an = as_(town.an)

    an.post(f"/essays/{essay.id}/withdraw")

    town.see(essay)
    assert essay.state is State.DRAFT
    assert SECRET in an.visit(f"/essays/{essay.id}/edit").text


def test_cover_sheets_are_printed_for_whoever_owes_an_essay(
    town: World, as_: SignIn, round_: StudyRound
) -> None:
    answer = as_(town.binh).client.get(f"{place(town, round_)}/cover-sheets.pdf")

    assert answer.data.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page[^s]", answer.data)) == 3
    as_(town.chi).visit(f"{place(town, round_)}/cover-sheets.pdf", status=404)


def test_the_printed_papers_say_it_too(town: World, as_: SignIn, round_: StudyRound) -> None:
    version = handed_in(town, as_, round_)
    an = as_(town.an).client

    for where in ("versions/1/pdf", "receipt/1/pdf"):
        data = an.get(f"/essays/{version.essay_id}/{where}").data
        with pypdfium2.PdfDocument(data) as document:
            words = " ".join(page.get_textpage().get_text_range() for page in document)
        told = " ".join(words.split())
        assert f"Nhập hộ bởi {town.binh.full_name} ngày 25/11/2026" in told, where
        assert "Tủ hồ sơ chi bộ" in told, where
