"""Handwritten pages: sent photo by photo, put in order, handed in, and read."""

import hashlib
import io

import pypdfium2
import pytest
from sqlalchemy import select

from studyhub.background import runner
from studyhub.essays import sealing, service
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.essays.page import Page
from studyhub.essays.text import content_hash
from studyhub.papers import pages as deeds
from tests.papers import photos
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.web.test_papers import readings
from tests.world import NOW, World

PHOTO = photos.saved(photos.page(size=(600, 800)))
OTHER = photos.saved(photos.page(size=(500, 800)))


@pytest.fixture
def essay(town: World) -> Essay:
    """An's, of a round that takes handwriting; nothing typed."""
    essay = town.essay(round_=town.round(takes_handwriting=True, min_syllables=100), text="")
    town.db.commit()
    return essay


def send(
    person: Browser, essay: Essay, *data: bytes, status: int = 200, develops: bool = True,
    **more: str,
) -> str:  # fmt: skip
    """Send photos with the plain form, and develop them; the words of the page that answers."""
    sent = [(io.BytesIO(one), f"ảnh {number}.jpg") for number, one in enumerate(data)]
    words = person.post(f"/papers/{essay.id}/pages", status=status, photos=sent, **more).text
    if develops:
        runner(person.client.application).run_due()
    return words


def sizes(town: World, essay: Essay) -> list[int]:
    """The pages by their width, in order."""
    town.db.rollback()
    found = (
        select(Page)
        .where(Page.essay_id == essay.id, Page.removed_at.is_(None))
        .order_by(Page.position)
    )
    return [page.width for page in town.db.scalars(found)]


def test_photos_become_pages_in_the_order_they_were_sent(
    town: World, as_: SignIn, essay: Essay
) -> None:
    words = send(as_(town.an), essay, PHOTO, OTHER)

    assert "2 files have arrived." in words
    assert sizes(town, essay) == [600, 500]


def test_beside_pages_too_many_typed_words_are_refused(
    town: World, as_: SignIn, essay: Essay
) -> None:
    essay.round.max_syllables = 120
    town.db.commit()
    an = as_(town.an)
    send(an, essay, PHOTO)
    typed = {f"text-{essay.round.questions[0].id}": "từ " * 121}
    page = an.post(f"/essays/{essay.id}/submit", revision="1", **typed, status=422)

    assert "1 more than the maximum of 120" in page.text


def test_before_handing_in_the_pages_are_shown(town: World, as_: SignIn, essay: Essay) -> None:
    an = as_(town.an)
    send(an, essay, PHOTO, OTHER)

    page = an.visit(f"/essays/{essay.id}/preview")

    assert "2 handwritten pages" in page.text
    assert [picture["width"] for picture in page.all("img")] == ["600", "500"]


def test_the_same_photo_sent_again_is_the_page_it_was(
    town: World, as_: SignIn, essay: Essay
) -> None:
    an = as_(town.an)
    send(an, essay, PHOTO)

    send(an, essay, PHOTO)

    assert sizes(town, essay) == [600]


def test_what_can_be_read_is_kept_and_what_cannot_is_said(
    town: World, as_: SignIn, essay: Essay
) -> None:
    words = send(as_(town.an), essay, b"MZ", PHOTO)

    assert sizes(town, essay) == [600]
    an = as_(town.an).visit(f"/papers/{essay.id}/pages")
    assert len(an.all("img")) == 1
    assert words


def test_nothing_that_can_be_read_is_refused(town: World, as_: SignIn, essay: Essay) -> None:
    an = as_(town.an)

    assert "is a program" in send(an, essay, b"MZ", status=422)
    assert "Choose photos" in an.post(f"/papers/{essay.id}/pages", status=422).text
    assert sizes(town, essay) == []


def test_pages_are_moved_and_taken_away(town: World, as_: SignIn, essay: Essay) -> None:
    an = as_(town.an)
    send(an, essay, PHOTO, OTHER)
    first, second = town.db.scalars(select(Page).order_by(Page.position)).all()
    order = f"/papers/{essay.id}/pages/order"

    an.post(order, do=f"down:{first.id}")
    assert sizes(town, essay) == [500, 600]
    an.post(order, do=f"order:{first.id} {second.id}")
    assert sizes(town, essay) == [600, 500]
    an.post(order, do=f"remove:{first.id}")
    assert sizes(town, essay) == [500]
    an.post(order, do="up:nonsense", status=422)


def handed_in(town: World, an: Browser, essay: Essay) -> None:
    """With one page and not one word."""
    send(an, essay, PHOTO, OTHER)
    town.see(essay)
    service.submit(town.db, essay, revision=1, own_work=True, by=town.actor(town.an), now=NOW)
    town.db.commit()


def test_the_pages_are_frozen_into_the_version_and_its_hash(
    town: World, as_: SignIn, essay: Essay
) -> None:
    handed_in(town, as_(town.an), essay)

    version = essay.versions[0]
    kept = [page.file_key for page in essay.pages]
    assert [page["key"] for page in version.pages] == kept
    of_text = content_hash(version.parts)
    by_hand = hashlib.sha256("\n".join([of_text, *kept]).encode()).hexdigest()
    assert version.content_hash == by_hand != of_text
    assert list(sealing.faults(town.db)) == []


def test_another_page_put_into_a_version_is_noticed(town: World, as_: SignIn, essay: Essay) -> None:
    handed_in(town, as_(town.an), essay)
    version = essay.versions[0]

    version.pages = list(reversed(version.pages))
    town.db.flush()

    assert any("not the one that was handed in" in fault for fault in sealing.faults(town.db))


def test_author_and_reviewers_read_the_pages_and_strangers_do_not(
    town: World, as_: SignIn, essay: Essay
) -> None:
    an, binh = as_(town.an), as_(town.binh)
    send(an, essay, PHOTO)
    mine = an.visit(f"/papers/{essay.id}/pages").one("img")["src"]
    assert binh.client.get(mine).status_code == 404
    handed_in(town, an, essay)

    for reader in (an, binh):
        for address in (f"/essays/{essay.id}", f"/essays/{essay.id}/versions/1"):
            seen = [image["src"] for image in reader.visit(address).all("img")]
            assert [reader.client.get(one).mimetype for one in seen] == ["image/jpeg"] * 2
    assert len(binh.visit(f"/review/{essay.id}").all("img")) == 2
    address = f"/papers/{essay.id}/versions/1/pages"
    assert as_(town.chi).client.get(f"{address}/1").status_code == 404
    assert binh.client.get(f"{address}/3").status_code == 404
    assert town.giang.id not in readings(town)
    assert as_(town.giang).client.get(f"{address}.pdf").status_code == 200
    assert readings(town).count(town.giang.id) == 1
    with pypdfium2.PdfDocument(binh.client.get(f"{address}.pdf").data) as document:
        assert len(document) == 2


def test_a_round_that_takes_no_handwriting_takes_none(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()
    an = as_(town.an)

    assert an.visit(f"/papers/{essay.id}/pages").all("input", type="file") == []
    send(an, essay, PHOTO, status=422)
    assert sizes(town, essay) == []


def test_pages_of_an_essay_that_was_handed_in_stay(town: World, as_: SignIn, essay: Essay) -> None:
    an = as_(town.an)
    handed_in(town, an, essay)

    an.post(f"/papers/{essay.id}/pages/order", do=f"remove:{essay.pages[0].id}", status=409)
    send(an, essay, OTHER, status=409)

    assert sizes(town, essay) == [600, 500]


def test_there_is_a_most(town: World, as_: SignIn, essay: Essay) -> None:
    for number in range(deeds.MOST):
        told = {"name": "", "source": f"{number:064}", "replaces": None}
        deeds.add(town.db, essay, **told, by=town.actor(town.an), now=NOW)  # type: ignore[arg-type]
    town.db.commit()

    assert "at most 30" in send(as_(town.an), essay, PHOTO, status=422)


def test_the_officer_decides_whether_handwriting_is_taken(town: World, as_: SignIn) -> None:
    round_ = town.round(is_open=False)
    town.db.commit()
    dung = as_(town.dung)
    page = dung.visit(f"/rounds/{round_.id}/edit")

    form = {
        e["name"]: e.attrs.get("value", "y")
        for e in page.all("input")
        if e.attrs.get("type") not in {"checkbox", "radio", "search"} or "checked" in e.attrs
    } | {e["name"]: e.text for e in page.all("textarea")}
    form.pop("csrf_token", None)
    dung.post(f"/rounds/{round_.id}/edit", status=200, **form, takes_handwriting="y")

    town.see(round_)
    assert round_.takes_handwriting
    assert (
        "checked"
        in dung.visit(f"/rounds/{round_.id}/edit").one("input", name="takes_handwriting").attrs
    )


def test_a_page_that_looks_bad_is_said_to(town: World, as_: SignIn, essay: Essay) -> None:
    an = as_(town.an)

    send(an, essay, photos.saved(photos.page(size=(600, 800), blur=6)))

    assert "looks blurred" in an.visit(f"/papers/{essay.id}/pages").text
    assert town.essay(town.lan, round_=essay.round, state=State.SUBMITTED).pages == []
