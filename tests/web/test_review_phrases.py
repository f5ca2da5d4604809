"""Phrases for comments: one's own, and those the committee shares."""

from sqlalchemy import select

from studyhub.review.phrases import Phrase
from tests.web.conftest import SignIn
from tests.world import World

URL = "/review/phrases"


def test_one_keeps_a_phrase_and_removes_it(town: World, as_: SignIn) -> None:
    binh = as_(town.binh)

    page = binh.post(URL, text="Nêu số liệu.", letters="/sl", status=200)
    assert "Nêu số liệu." in page.text
    assert page.one("kbd").text == "/sl"
    assert "Nêu số liệu." not in as_(town.giang).visit(URL).text
    phrase = town.db.scalars(select(Phrase)).one()
    as_(town.giang).post(f"{URL}/{phrase.id}/remove", status=404)
    page = binh.post(f"{URL}/{phrase.id}/remove", status=200)

    assert "None yet" in page.text


def test_what_is_refused_comes_back(town: World, as_: SignIn) -> None:
    page = as_(town.binh).post(URL, text="Nêu số liệu.", letters="s l", status=422)

    assert "without spaces" in page.text
    assert page.one("textarea", name="text").text == "Nêu số liệu."


def test_the_committee_shares_and_only_it_takes_back(town: World, as_: SignIn) -> None:
    dung, shared = as_(town.dung), {"text": "Gửi cả chi bộ.", "unit": str(town.district.id)}

    dung.post(URL, status=200, **shared)

    page = as_(town.binh).visit(URL)
    assert "Gửi cả chi bộ." in page.text
    assert "Shared by the committee" in page.text
    phrase = town.db.scalars(select(Phrase)).one()
    as_(town.binh).post(f"{URL}/{phrase.id}/remove", status=404)
    as_(town.binh).post(URL, status=422, **shared)
    dung.post(f"{URL}/{phrase.id}/remove", status=200)


def test_the_script_gets_the_short_list(town: World, as_: SignIn) -> None:
    binh = as_(town.binh)
    binh.post(URL, text="Nêu số liệu.", letters="sl", status=200)

    told = binh.client.get(URL, headers={"Accept": "application/json"})

    assert told.json == [{"letters": "sl", "text": "Nêu số liệu."}]


def test_members_have_no_such_page(town: World, as_: SignIn) -> None:
    as_(town.an).visit(URL, status=404)
