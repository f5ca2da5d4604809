"""Typing, handing in and answering on behalf, as the pages do it."""

import io
from typing import Any

import pytest
from sqlalchemy import select

from studyhub.essays.models import Answer, Version
from studyhub.essays.transcripts import Transcript
from studyhub.rounds.models import StudyRound
from tests.papers import photos
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import World

TEXT = "Tôi viết bài này trên giấy, chi bộ gõ lại giúp."
SECRET = "Bản nháp không ai được xem."


@pytest.fixture
def round_(town: World) -> StudyRound:
    made = town.round(takes_handwriting=True)
    town.db.commit()
    return made


def links(person: Browser, where: str) -> list[str]:
    """Where the page leads."""
    return [link.attrs.get("href", "") for link in person.visit(where).all("a")]


def place(town: World, round_: StudyRound) -> str:
    return f"/papers/cells/{town.cell.id}/rounds/{round_.id}"


def begun(town: World, as_: SignIn, round_: StudyRound) -> tuple[Browser, Transcript]:
    """Binh has begun to type for An."""
    binh = as_(town.binh)
    binh.post(f"{place(town, round_)}/type", member=str(town.an.id))
    town.db.rollback()
    return binh, town.db.scalars(select(Transcript)).one()


def typed(town: World, as_: SignIn, round_: StudyRound) -> tuple[Browser, Transcript]:
    binh, transcript = begun(town, as_, round_)
    texts: dict[str, Any] = {f"text-{key}": TEXT for key in transcript.draft}
    where = f"/essays/typing/{transcript.id}"
    binh.post(f"{where}/draft", revision="0", **texts)
    town.see(transcript)
    return binh, transcript


def handed_in(town: World, as_: SignIn, round_: StudyRound) -> Version:
    binh, transcript = typed(town, as_, round_)
    binh.post(
        f"/essays/typing/{transcript.id}/hand-in",
        revision=str(transcript.draft_revision),
        received_on="25/11/2026",
        kept_where="Tủ hồ sơ chi bộ",
    )
    town.db.rollback()
    return town.db.scalars(select(Version)).one()


def test_the_page_of_the_cell_leads_to_its_paper_essays(
    town: World, as_: SignIn, round_: StudyRound
) -> None:
    cell_page = f"/completion/{round_.id}/{town.cell.id}"

    page = as_(town.binh).visit(place(town, round_)).text

    assert place(town, round_) in links(as_(town.binh), cell_page)
    assert place(town, round_) not in links(as_(town.phuc), cell_page)
    assert town.an.full_name in page
    assert town.hoa.full_name not in page


def test_the_members_own_draft_is_on_no_page_of_the_secretary(
    town: World, as_: SignIn, round_: StudyRound
) -> None:
    town.essay(round_=round_, text=SECRET)
    town.db.commit()

    binh, transcript = begun(town, as_, round_)

    for where in ("", "/hand-in"):
        assert SECRET not in binh.visit(f"/essays/typing/{transcript.id}{where}").text
    assert SECRET not in binh.visit(place(town, round_)).text


def test_a_save_of_the_script_gets_the_new_revision_and_an_old_window_both_texts(
    town: World, as_: SignIn, round_: StudyRound
) -> None:
    binh, transcript = typed(town, as_, round_)
    first = f"text-{next(iter(transcript.draft))}"

    typed_here: dict[str, Any] = {first: "Khác hẳn."}
    shown = binh.post(
        f"/essays/typing/{transcript.id}/draft", revision="0", status=409, **typed_here
    ).text

    assert "Khác hẳn." in shown
    assert TEXT in shown
    chosen: dict[str, Any] = {first: "Khác hẳn.", f"{first.replace('text-', 'pick-')}.0": "mine"}
    binh.post(
        f"/essays/typing/{transcript.id}/settle",
        revision=str(transcript.draft_revision),
        **chosen,
    )
    town.see(transcript)
    assert transcript.draft[first.removeprefix("text-")] == "Khác hẳn."
    assert TEXT in binh.visit(f"/essays/typing/{transcript.id}").text


def test_what_is_handed_in_is_marked_wherever_it_is_shown(
    town: World, as_: SignIn, round_: StudyRound
) -> None:
    version = handed_in(town, as_, round_)
    essay = version.essay_id

    for person, where in (
        (town.an, f"/essays/{essay}"),
        (town.an, f"/essays/{essay}/versions/1"),
        (town.an, f"/essays/{essay}/receipt/1"),
        (town.giang, f"/review/{essay}"),
        (town.binh, f"/essays/{essay}"),
    ):
        shown = as_(person).visit(where).text
        assert f"Entered on behalf by {town.binh.full_name} on 25/11/2026." in shown, where
        assert "Tủ hồ sơ chi bộ" in shown, where
    assert as_(town.an).client.get(f"/essays/{essay}/receipt/1/pdf").data.startswith(b"%PDF")
    assert as_(town.an).client.get(f"/essays/{essay}/versions/1/docx").data.startswith(b"PK")


def test_the_member_confirms_or_objects(town: World, as_: SignIn, round_: StudyRound) -> None:
    version = handed_in(town, as_, round_)
    where = f"/essays/{version.essay_id}"
    an = as_(town.an)
    assert "Is this your essay?" in an.visit(where).text
    assert f"{where}#on-behalf" in an.visit("/").source

    an.post(f"{where}/versions/1/answer", do="object", words="")
    assert town.db.scalars(select(Answer)).all() == []
    an.post(f"{where}/versions/1/answer", do="object", words="Thiếu trang cuối.")

    shown = as_(town.giang).visit(f"/review/{version.essay_id}").text
    assert "The author objects:" in shown
    assert "Thiếu trang cuối." in shown
    an.post(f"{where}/versions/1/answer", do="confirm")
    assert (
        "The author has confirmed it" in as_(town.giang).visit(f"/review/{version.essay_id}").text
    )
    assert "Read it and answer" not in an.visit("/").text


def test_a_wrong_day_keeps_every_word_of_the_form(
    town: World, as_: SignIn, round_: StudyRound
) -> None:
    binh, transcript = typed(town, as_, round_)

    shown = binh.post(
        f"/essays/typing/{transcript.id}/hand-in",
        revision=str(transcript.draft_revision),
        received_on="26/11/2026",
        kept_where="Tủ số 3",
        status=422,
    )

    assert "A paper cannot be received in the future." in shown.text
    assert shown.one("input", name="kept_where")["value"] == "Tủ số 3"
    assert TEXT in shown.text


def test_photos_become_pages_and_a_text_file_is_put_behind(
    town: World, as_: SignIn, round_: StudyRound
) -> None:
    binh, transcript = begun(town, as_, round_)
    where = f"/essays/typing/{transcript.id}"
    photo = photos.saved(photos.page(size=(600, 800)))

    binh.post(f"{where}/file", file=[(io.BytesIO(photo), "ảnh.jpg")])
    binh.post(f"{where}/file", file=[(io.BytesIO("Một dòng chữ.".encode()), "bài.txt")])

    town.see(transcript)
    assert len(transcript.pages) == 1
    assert "Một dòng chữ." in "".join(transcript.draft.values())
    assert binh.client.get(f"{where}/pages/1").data.startswith(b"\xff\xd8")
    binh.post(f"{where}/pages", do=f"remove:{transcript.pages[0]['key']}")
    town.see(transcript)
    assert transcript.pages == []


def test_strangers_find_nothing_and_members_may_not(
    town: World, as_: SignIn, round_: StudyRound
) -> None:
    _, transcript = begun(town, as_, round_)
    typing = f"/essays/typing/{transcript.id}"

    for person in (town.an, town.chi, town.dung, town.em):
        as_(person).visit(typing, status=404)
    as_(town.giang).visit(typing)
    as_(town.an).visit(place(town, round_), status=403)
    as_(town.dung).visit(place(town, round_), status=403)
    as_(town.chi).visit(place(town, round_), status=404)
