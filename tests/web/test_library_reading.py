"""Looking into every text, two documents side by side, a link to one place."""

from studyhub.library.models import Document, DocumentPart
from tests.web.conftest import SignIn
from tests.world import World


def two(town: World) -> tuple[Document, Document]:
    one, other = town.document(), town.document("về đổi mới sáng tạo")
    other.number = "57-NQ/TW"
    text = ["Dịch vụ công trực tuyến."]
    last = DocumentPart(
        position=2, level=1, number="III.", title="Dịch vụ", anchor="iii", paragraphs=text
    )
    other.parts.append(last)
    town.db.flush()
    return one, other


def test_words_of_the_texts_are_found_in_the_library_and_lead_to_the_place(
    town: World, as_: SignIn
) -> None:
    _, other = two(town)
    town.db.commit()

    page = as_(town.an).visit("/library/?q=dich+vu+cong")

    assert "“dich vu cong” stands in the text of 1 document" in page.text
    [place] = [a["href"] for a in page.all("a") if a["href"].endswith("#iii")]
    assert place.startswith(f"/library/{other.id}?part=2&q=dich")
    marks = as_(town.an).visit(place.partition("#")[0]).all("mark")
    assert "Dịch vụ công" in {mark.text for mark in marks}
    assert "No document fits" in as_(town.an).visit("/library/?q=dich+vu+xa").text


def test_a_library_without_the_word_in_a_title_still_shows_where_the_texts_have_it(
    town: World, as_: SignIn
) -> None:
    two(town)
    town.db.commit()

    page = as_(town.an).visit("/library/?q=THI+diem")

    assert "stands in the texts of 2 documents" in page.text
    assert "No document fits" not in page.text


def test_two_documents_are_read_side_by_side_each_at_its_place(town: World, as_: SignIn) -> None:
    one, other = two(town)
    town.db.commit()
    an, address = as_(town.an), f"/library/{one.id}/beside"

    assert "Nghị quyết" not in an.visit(address).one("h1").text
    page = an.visit(f"{address}?with={other.id}&other=2")

    assert "Dịch vụ công trực tuyến." in page.one("section", id="other").text
    assert "Cần có cách tiếp cận" in page.one("section", id="one").text
    links = {a["href"] for a in page.all("a")}
    assert f"{address}?with={other.id}&other=2&one=1#one-ii" in links


def test_what_cannot_stand_beside_is_not_there(town: World, as_: SignIn) -> None:
    one, _ = two(town)
    town.db.commit()

    for wrong in ("nothing", "00000000-0000-0000-0000-000000000000"):
        as_(town.an).visit(f"/library/{one.id}/beside?with={wrong}", status=404)
    as_(town.an).visit(f"/library/{one.id}/beside?with={one.id}&one=99999999")


def test_every_paragraph_has_an_address_of_its_own(town: World, as_: SignIn) -> None:
    one, _ = two(town)
    town.db.commit()

    page = as_(town.an).visit(f"/library/{one.id}?part=1")

    assert page.one("span", id="at-1-0").text == "Cần có cách tiếp cận mở, sáng tạo, cho thí điểm."
