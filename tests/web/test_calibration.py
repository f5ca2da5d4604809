"""Judging alike on its pages: set up, judged by two, compared, noted."""

from flask import Flask
from sqlalchemy import select

from studyhub.calibration.models import Calibration, CalibrationText, Stage
from studyhub.rounds.grading import Grading
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.marked import RubricPart
from tests.booklet.shelved import accepted
from tests.calibration.table import begun, planned
from tests.statements import counted_in
from tests.web.conftest import SignIn
from tests.world import World


def at(made: Calibration, rest: str = "") -> str:
    return f"/calibrations/{made.id}{rest}"


def test_an_essay_of_a_closed_round_is_taken_without_its_author(town: World, as_: SignIn) -> None:
    old = accepted(town, town.hoa, town.round(title="Đợt cũ"), text="Tôi là Vũ Thị Hoa, ở đây.")
    old.round.state = RoundState.CLOSED
    made = planned(town)
    town.db.commit()
    dung = as_(town.dung)

    page = dung.visit(at(made, "/texts/1/choose"))
    assert "Đợt cũ" in page.text
    assert "Vũ Thị Hoa" not in page.source
    page = dung.post(at(made, f"/texts/1/take/{old.id}"), status=200)
    texts = [box.text for box in page.all("textarea")]
    assert texts == ["Tôi là […], ở đây."] * 2
    dung.post(at(made, "/texts/1"), status=200, **{"text-0": texts[0], "text-1": "Đọc lại."})

    town.db.rollback()
    kept = town.db.scalars(select(CalibrationText).where(CalibrationText.position == 1)).one()
    town.db.refresh(kept)
    assert [part["text"] for part in kept.parts] == [texts[0], "Đọc lại."]
    assert kept.version_id == old.versions[0].id


def test_an_officer_sets_it_up_from_pasted_texts(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()
    dung = as_(town.dung)

    dung.post(f"/calibrations/rounds/{round_.id}", status=200)
    made = town.db.scalars(select(Calibration)).one()
    page = dung.post(at(made, "/begin"), status=422)
    assert "Three essays are needed" in page.text
    page = dung.post(at(made, "/texts/2"), status=422, **{"text-0": "", "text-1": " "})
    assert "This text is empty." in page.text
    pasted = "Bài dán " * 4_000
    page = dung.post(at(made, "/texts/2"), status=422, **{"text-0": pasted})
    box = page.one("textarea", id="text-0")
    assert box.text.strip() == pasted.strip()
    assert "maxlength" not in box.attrs
    for position in (1, 2, 3):
        dung.post(at(made, f"/texts/{position}"), status=200, **{"text-0": "Bài dán vào."})
    dung.post(at(made, "/invited"), status=200, person=[str(town.binh.id), str(town.giang.id)])
    page = dung.post(at(made, "/begin"), status=200)

    assert "Begun. The invited have been told." in page.text
    assert "invited to judge three essays" in as_(town.binh).visit("/notices/").text


def test_two_judge_each_alone_and_then_compare(town: World, as_: SignIn) -> None:
    made = begun(town, town.round(grading=Grading.BANDS))
    town.db.commit()
    binh, chi, dung = as_(town.binh), as_(town.chi), as_(town.dung)

    page = binh.post(at(made, "/judge/1"), status=422, outcome="accept", remark="Chữ của tôi")
    assert "Choose a grade" in page.text
    assert page.one("textarea", id="remark").text == "Chữ của tôi"
    for position in (1, 2, 3):
        page = binh.post(
            at(made, f"/judge/{position}"), status=200, outcome="accept", grade="good",
            remark=f"Bình nói {position}",
        )  # fmt: skip
    assert "Secretary, Chi bộ Văn phòng" in page.text
    assert "1 of 2 have judged all three." in page.text

    for position in (1, 2):
        page = chi.post(at(made, f"/judge/{position}"), status=200, outcome="return", remark="Chi")
        assert "Bình nói" not in page.source
    assert "Bình nói" not in chi.visit(at(made, "/judge/3")).source
    assert "you see what the others judged" in chi.visit(at(made, "/judge/3")).text
    page = chi.post(at(made, "/judge/3"), status=200, outcome="accept", grade="good")

    assert "Bình nói 3" in page.text
    assert "Far apart: to be discussed" in page.text
    assert "Accepted 1/2; to be completed 1/2; Good 1/2" in page.text
    assert "Judged alike" in page.text
    assert "Lê Quang Bình" not in page.one("main").text, "by post, not by name"
    page = dung.post(at(made, "/note"), status=200, note="Thống nhất: phải có số liệu.")
    assert "phải có số liệu" in as_(town.binh).visit(at(made)).text
    binh.post(at(made, "/judge/1"), status=422, outcome="return")


def test_points_part_by_part(town: World, as_: SignIn) -> None:
    round_ = town.round(grading=Grading.POINTS)
    for position, (title, most) in enumerate((("Nhận thức", 600), ("Liên hệ", 400))):
        round_.rubric.append(RubricPart(position=position, title=title, most=most))
    made = begun(town, round_)
    town.db.commit()
    binh = as_(town.binh)

    page = binh.post(at(made, "/judge/1"), status=422, **{"part-0": "7", "part-1": "3"})
    assert "more than the part can bring" in page.text
    for position in (1, 2, 3):
        page = binh.post(
            at(made, f"/judge/{position}"), status=200, **{"part-0": "5", "part-1": "3,25"}
        )

    assert "8,25 points" in page.text
    assert "Liên hệ: 3,25/4,0" in page.text


def test_closed_opened_again_and_discarded(town: World, as_: SignIn) -> None:
    made, draft = begun(town), planned(town)
    town.db.commit()
    dung = as_(town.dung)

    assert "Closed. Nobody judges any more." in dung.post(at(made, "/close"), status=200).text
    as_(town.binh).post(at(made, "/judge/1"), status=422, outcome="accept")
    dung.post(at(made, "/reopen"), status=200)
    town.see(made)
    assert made.stage is Stage.OPEN
    assert "deleted" in dung.visit(at(draft, "/discard")).text
    dung.post(at(draft, "/discard"), status=200)
    town.db.rollback()
    assert town.db.scalars(select(Calibration.id)).all() == [made.id]
    dung.post(at(made, "/discard"), status=409)


def test_only_those_invited_come_in(town: World, as_: SignIn) -> None:
    made, draft = begun(town), planned(town)
    town.db.commit()

    for person in (town.an, town.giang, town.hoa, town.phuc, town.em):
        as_(person).visit(at(made), status=404)
        as_(person).visit(at(made, "/judge/1"), status=404)
    as_(town.binh).visit(at(draft), status=404)
    as_(town.binh).visit(at(made, "/texts/1"), status=403)
    as_(town.dung).visit(at(made, "/judge/1"), status=403)
    assert "judge three essays" not in as_(town.giang).visit("/calibrations/").text


def test_its_pages_ask_a_constant_number_of_questions(app: Flask, town: World, as_: SignIn) -> None:
    made = begun(town, None, town.binh, town.giang, town.chi)
    town.db.commit()
    dung = as_(town.dung)

    for page in (at(made), at(made, "/invited"), "/calibrations/", at(made, "/texts/1/choose")):
        with counted_in(app) as seen:
            dung.visit(page)
        assert len(seen) <= 12, f"{page}\n" + "\n".join(seen)
