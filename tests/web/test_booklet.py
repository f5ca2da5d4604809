"""Good essays on their pages: proposed, approved, agreed to, read, collected, taken back."""

import io

import docx
import pypdfium2
from flask import Flask
from sqlalchemy import select

from studyhub.booklet import making
from studyhub.booklet.lifecycle import Progress
from studyhub.booklet.models import GoodEssay, Naming
from studyhub.chores import HANDLERS
from studyhub.jobs.models import Job
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Tools
from tests.booklet.shelved import accepted, asked, proposed, published
from tests.statements import counted_in
from tests.web.conftest import SignIn
from tests.world import World


def said(made: bytes) -> str:
    """All that stands in a PDF or a Word document."""
    if made.startswith(b"PK"):
        found = docx.Document(io.BytesIO(made))
        return "\n".join(paragraph.text for paragraph in found.paragraphs)
    document = pypdfium2.PdfDocument(made)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


def tools(app: Flask, town: World) -> Tools:
    kept = app.extensions["studyhub"]
    return Tools(
        engine=town.db.get_bind(),  # type: ignore[arg-type]
        clock=kept["clock"],
        zone=kept["zone"],
        files=kept["files"],
        settings=kept["settings"],
    )


def test_from_the_desk_to_the_shelf(town: World, as_: SignIn) -> None:
    essay = accepted(town)
    town.db.commit()
    binh, dung, an = as_(town.binh), as_(town.dung), as_(town.an)

    assert f"/good-essays/of/{essay.id}" in binh.visit(f"/review/{essay.id}").source
    assert f"/good-essays/of/{essay.id}" in binh.visit(f"/essays/{essay.id}").source
    page = binh.post(f"/good-essays/of/{essay.id}", status=422, reason="")
    assert "Say why" in page.text
    page = binh.post(f"/good-essays/of/{essay.id}", status=200, reason="Liên hệ rất sát.")
    assert "Waits for the committee" in page.text
    good = town.db.scalars(select(GoodEssay)).one()
    assert "good-essays" not in an.visit(f"/essays/{essay.id}").one("main").text
    an.visit(f"/good-essays/{good.id}/consent", status=404)
    an.visit(f"/good-essays/{good.id}", status=404)

    assert "1 proposal waits" in dung.visit("/good-essays/proposals").text
    assert "Liên hệ rất sát." in dung.visit(f"/good-essays/{good.id}").text
    page = dung.post(f"/good-essays/{good.id}/decline", status=422, word="")
    assert "Say why" in page.text
    dung.post(f"/good-essays/{good.id}/approve", status=200, word="Đồng tình.")

    assert "May it be published?" in an.visit("/notices/").text
    assert "Liên hệ rất sát." in an.visit(f"/good-essays/{good.id}/consent").text


def test_its_author_agrees_in_their_way_and_is_so_named(town: World, as_: SignIn) -> None:
    good = asked(town)
    essay = good.essay
    town.db.commit()
    an = as_(town.an)

    an.post(f"/good-essays/{good.id}/consent", status=422)
    page = an.post(f"/good-essays/{good.id}/consent", status=200, said="cell")
    assert "A comrade of Chi bộ Văn phòng" in page.text

    page = as_(town.hoa).visit(f"/good-essays/{good.id}/read")
    assert "Tôi đã đọc kỹ nghị quyết" in page.text
    assert "Nguyễn Văn An" not in page.source
    shelf = as_(town.hoa).visit(f"/good-essays/rounds/{essay.round_id}")
    assert "Nguyễn Văn An" not in shelf.source
    assert "A comrade of Chi bộ Văn phòng" in shelf.text


def test_consent_taken_back_it_is_gone_everywhere_at_once(
    app: Flask, town: World, as_: SignIn
) -> None:
    good = published(town)
    round_id = good.essay.round_id
    town.db.commit()
    hoa, an = as_(town.hoa), as_(town.an)
    assert "Nguyễn Văn An" in hoa.visit(f"/good-essays/rounds/{round_id}").text
    hoa.post(f"/good-essays/rounds/{round_id}/booklet", status=200, form="pdf")
    Runner(tools(app, town), HANDLERS, ()).run_due()
    job = town.db.scalars(select(Job).where(Job.kind == making.KIND)).one()
    packed = hoa.client.get(f"/good-essays/booklets/{job.id}/file")
    assert "Bài của đồng chí Nguyễn Văn An" in said(packed.data)

    an.post(f"/good-essays/{good.id}/consent", status=200, said="no")

    assert "Nothing is published here" in hoa.visit(f"/good-essays/rounds/{round_id}").text
    assert "Nothing is published yet" in hoa.visit("/good-essays/").text
    hoa.visit(f"/good-essays/{good.id}/read", status=404)
    for form in ("pdf", "docx"):
        hoa.visit(f"/good-essays/rounds/{round_id}/booklet/{form}", status=404)
    page = hoa.visit(f"/good-essays/booklets/{job.id}/file")
    assert "has changed meanwhile" in page.text
    assert making.place(tools(app, town).files, job).exists()
    making.sweep(tools(app, town))
    assert not making.place(tools(app, town).files, job).exists()


def test_the_booklet_holds_every_letter_and_names_as_each_wishes(town: World, as_: SignIn) -> None:
    round_ = town.round()
    text = "Ưu tiên ở những nơi hẻo lánh: ỷ lại, ngượng nghịu, đẽo gọt, Ẵm bồng."
    for person, naming in (
        (town.an, Naming.NAME), (town.lan, Naming.CELL), (town.hoa, Naming.NOBODY),
    ):  # fmt: skip
        published(town, accepted(town, person, round_, text=text), naming)
    town.db.commit()
    giang = as_(town.giang)
    address = f"/good-essays/rounds/{round_.id}/booklet"

    for form in ("pdf", "docx"):
        answer = giang.client.get(f"{address}/{form}")
        told = said(answer.data)
        assert answer.status_code == 200
        assert told.count(text) == 6, form  # two parts of each
        order = [
            "MỤC LỤC", "1. Bài của đồng chí Nguyễn Văn An",
            "2. Bài của một đồng chí ở Chi bộ Văn phòng", "3. Bài của một đồng chí",
        ]  # fmt: skip
        assert [told.find(words) for words in order] == sorted(told.find(w) for w in order)
        assert all(told.count(words) >= 1 for words in order)
        assert "Trần Thị Lan" not in told
        assert "Vũ Thị Hoa" not in told
        assert "Chi bộ Thanh tra" not in told
        year = giang.client.get(f"/good-essays/years/{town.district.id}/2026/booklet/{form}")
        assert "Năm 2026" in said(year.data)
    assert giang.client.get(f"{address}/exe").status_code == 404


def test_a_long_booklet_is_made_aside_and_found_again(app: Flask, town: World, as_: SignIn) -> None:
    round_ = town.round()
    for number in range(making.SHORT + 1):
        person = town.person(f"Lý Thị Số {number}", town.cell)
        town.db.flush()
        published(town, accepted(town, person, round_))
    town.db.commit()
    hoa = as_(town.hoa)
    shelf = f"/good-essays/rounds/{round_.id}"

    assert "Booklet for Word" in hoa.visit(f"{shelf}/booklet/pdf").text, "not while one waits"
    page = hoa.post(f"{shelf}/booklet", status=200, form="docx")
    assert "The work begins in a few seconds." in page.text
    Runner(tools(app, town), HANDLERS, ()).run_due()
    job = town.db.scalars(select(Job).where(Job.kind == making.KIND)).one()

    page = as_(town.lan).visit(shelf)
    assert f"/good-essays/booklets/{job.id}/file" in page.source, "for everybody who reads it"
    answer = as_(town.lan).client.get(f"/good-essays/booklets/{job.id}/file")
    assert said(answer.data).count("Bài của đồng chí") == 2 * (making.SHORT + 1)
    assert as_(town.em).client.get(f"/good-essays/booklets/{job.id}/file").status_code == 404


def test_the_committee_may_be_wrong_and_say_so(town: World, as_: SignIn) -> None:
    good = published(town)
    town.db.commit()
    dung = as_(town.dung)

    page = dung.post(f"/good-essays/{good.id}/decline", status=200, word="Có số liệu nội bộ.")

    assert "Not published" in page.text
    assert "no longer published" in as_(town.an).visit("/notices/").text
    as_(town.hoa).visit(f"/good-essays/{good.id}/read", status=404)


def test_a_proposal_is_withdrawn(town: World, as_: SignIn) -> None:
    good = proposed(town)
    town.db.commit()

    page = as_(town.binh).post(f"/good-essays/{good.id}/withdraw", status=200)

    assert "withdrawn" in page.text
    assert town.db.scalars(select(GoodEssay).execution_options(populate_existing=True)).all() == []


def test_others_learn_nothing_of_what_is_asked(town: World, as_: SignIn) -> None:
    good = asked(town)
    town.db.commit()

    for person in (town.lan, town.hoa, town.chi, town.phuc, town.em):
        as_(person).visit(f"/good-essays/{good.id}", status=404)
        as_(person).visit(f"/good-essays/{good.id}/consent", status=404)
        as_(person).visit(f"/good-essays/{good.id}/read", status=404)
    as_(town.binh).visit(f"/good-essays/{good.id}/consent", status=404)
    assert good.progress is Progress.ASKED


def test_the_shelf_asks_a_constant_number_of_questions(
    app: Flask, town: World, as_: SignIn
) -> None:
    round_ = town.round()
    for number in range(8):
        person = town.person(f"Lý Thị Số {number}", town.cell)
        town.db.flush()
        published(town, accepted(town, person, round_))
    town.db.commit()
    dung = as_(town.dung)

    for page in (f"/good-essays/rounds/{round_.id}", "/good-essays/proposals", "/good-essays/"):
        with counted_in(app) as seen:
            dung.visit(page)
        assert len(seen) <= 12, "\n".join(seen)
