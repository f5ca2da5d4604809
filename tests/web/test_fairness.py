"""Samples read again: drawn, read without names, told as fractions, taken away."""

import csv
import io

from sqlalchemy import select

from studyhub.essays.lifecycle import State
from studyhub.fairness.models import Reread, Sample
from tests.fairness.decided import decided, reread_of, sample_of
from tests.web.conftest import SignIn
from tests.world import World

OTHERWISE = "Liên hệ còn chung chung."


def drawn(town: World) -> Sample:
    sample = sample_of(town.db, town, decided(town.db, town)[0].round)
    town.db.commit()
    return sample


def test_drawn_from_the_figures_of_the_round(town: World, as_: SignIn) -> None:
    round_ = decided(town.db, town)[0].round
    town.db.commit()
    dung = as_(town.dung)
    address = f"/fairness/{round_.id}/{town.district.id}"
    page = dung.visit(f"/completion/{round_.id}/{town.district.id}")
    assert address in {one.attrs["href"] for one in page.all("a")}

    page = dung.post(address, amount="50", kind="percent", status=200)

    sample = town.db.scalars(select(Sample)).one()
    assert (sample.share, len(sample.rereads), len(sample.codes)) == (50, 2, 3)
    assert "0 of 2 read again" in page.text
    for code in (*sample.codes, str(sample.seed)):
        assert code in page.text


def test_pressed_twice_it_is_drawn_once(town: World, as_: SignIn) -> None:
    round_ = decided(town.db, town)[0].round
    town.db.commit()
    dung = as_(town.dung)
    address = f"/fairness/{round_.id}/{town.district.id}"
    fresh = dung.visit(address).one("input", name="fresh")["value"]

    for _ in range(2):
        dung.post(address, amount="50", kind="percent", fresh=fresh, status=200)

    assert len(town.db.scalars(select(Sample)).all()) == 1


def test_nonsense_comes_back(town: World, as_: SignIn) -> None:
    round_ = decided(town.db, town)[0].round
    town.db.commit()
    dung = as_(town.dung)
    address = f"/fairness/{round_.id}/{town.district.id}"

    for amount, refusal in (("viele", "Type a number"), ("0", "From 1 to 100"), ("", "Type a")):
        page = dung.post(address, amount=amount, kind="percent", status=422)
        assert refusal in page.text
    assert "percent" in dung.post(address, amount="101", kind="percent", status=422).text


def test_an_overseer_reads_but_does_not_draw(town: World, as_: SignIn) -> None:
    sample = drawn(town)
    phuc = as_(town.phuc)
    address = f"/fairness/{sample.round_id}/{town.district.id}"

    assert not phuc.visit(address).all("input", name="amount")
    phuc.post(address, amount="10", kind="percent", status=403)
    phuc.visit(f"/fairness/samples/{sample.id}")


def test_read_without_names(town: World, as_: SignIn) -> None:
    sample = drawn(town)

    page = as_(town.dung).visit(f"/fairness/readings/{sample.rereads[0].id}")

    assert "Tôi đã đọc kỹ nghị quyết." in page.text
    assert "Tốt." in page.text
    for person in (town.an, town.lan, town.hoa, town.binh, town.chi):
        assert person.full_name not in page.text


def test_one_after_the_other_until_all_are_read(town: World, as_: SignIn) -> None:
    sample = drawn(town)
    first, second, third = sample.rereads
    dung = as_(town.dung)

    page = dung.post(f"/fairness/readings/{first.id}", opinion="agree", remark="", status=200)
    assert second.code in page.one("h1").text
    page = dung.post(f"/fairness/readings/{second.id}", opinion="differ", remark="", status=422)
    assert "Say what you see otherwise" in page.text
    dung.post(f"/fairness/readings/{second.id}", opinion="differ", remark=OTHERWISE, status=200)
    page = dung.post(f"/fairness/readings/{third.id}", opinion="agree", remark="", status=200)

    assert "3 of 3 read again: 2 agree, 1 with another opinion" in page.text


def test_the_secretary_is_led_to_what_can_come_of_it(town: World, as_: SignIn) -> None:
    essays = decided(town.db, town)
    row = reread_of(sample_of(town.db, town, essays[0].round), essays[0])
    town.db.commit()
    as_(town.dung).post(
        f"/fairness/readings/{row.id}", opinion="differ", remark=OTHERWISE, status=200
    )
    binh = as_(town.binh)

    assert "has another opinion" in binh.visit("/notices/").text
    page = binh.visit(f"/fairness/essays/{essays[0].id}")

    assert OTHERWISE in page.text
    assert "The decision stands." in page.text
    as_(town.an).visit(f"/fairness/essays/{essays[0].id}", status=403)
    assert OTHERWISE not in as_(town.an).visit(f"/essays/{essays[0].id}").text
    town.see(essays[0])
    assert essays[0].state is State.ACCEPTED


def test_closed_with_a_word_and_opened_again(town: World, as_: SignIn) -> None:
    sample = drawn(town)
    dung = as_(town.dung)

    page = dung.post(
        f"/fairness/samples/{sample.id}/conclusion", conclusion="Cần liên hệ cụ thể.", status=200
    )
    assert "Cần liên hệ cụ thể." in page.text
    row = sample.rereads[0]
    page = dung.post(f"/fairness/readings/{row.id}", opinion="agree", remark="", status=422)
    assert "This sample is closed." in page.text
    page = dung.post(f"/fairness/samples/{sample.id}/reopening", status=200)
    assert "The sample is open again." in page.text
    assert page.one("textarea").text == "Cần liên hệ cụ thể."
    as_(town.phuc).post(f"/fairness/samples/{sample.id}/conclusion", conclusion="", status=403)


def test_the_record_shows_how_to_draw_it_once_more(town: World, as_: SignIn) -> None:
    sample = drawn(town)

    page = as_(town.dung).visit(f"/fairness/samples/{sample.id}/record")

    assert page.all("ol", class_="codes sm")
    for words in (str(sample.seed), "N = 3", "n = 3", *sample.codes):
        assert words in page.text
    for person in (town.an, town.lan, town.hoa, town.binh, town.chi):
        assert person.full_name not in page.text


def test_the_table_opens_as_words(town: World, as_: SignIn) -> None:
    sample = drawn(town)
    row = town.db.get_one(Reread, sample.rereads[0].id)
    dung = as_(town.dung)
    dung.post(f"/fairness/readings/{row.id}", opinion="differ", remark="=1+1", status=200)

    answer = dung.client.get(f"/fairness/samples/{sample.id}/csv")

    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert [one[1] for one in rows[1:]] == [one.code for one in sample.rereads]
    assert rows[1][-2:] == ["another opinion", "'=1+1"]


def test_the_list_of_samples(town: World, as_: SignIn) -> None:
    sample = drawn(town)

    assert str(sample.seed) in as_(town.dung).visit("/fairness/").text
    as_(town.binh).visit("/fairness/", status=404)
