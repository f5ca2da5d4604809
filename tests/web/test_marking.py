"""Marking by points, and asking for another reading, on the pages."""

import pytest
from sqlalchemy import select

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.review.marks import Appeal, Mark
from studyhub.review.models import Decision
from studyhub.rounds.grading import Grade, Grading
from studyhub.rounds.marked import RubricPart, marking_of
from studyhub.rounds.marking import PRESETS, preset_of
from studyhub.rounds.models import StudyRound
from tests.web.conftest import SignIn
from tests.world import World


def waiting(town: World, **settings: object) -> Essay:
    round_ = town.round(grading=Grading.POINTS, **settings)  # type: ignore[arg-type]
    essay = town.essay(round_=round_, state=State.SUBMITTED, text="Đoạn một.\nĐoạn hai.")
    town.db.commit()
    return essay


def preset(town: World, essay: Essay) -> str | None:
    """The precedent by which the round of the essay judges now."""
    town.db.rollback()
    round_ = town.db.get_one(StudyRound, essay.round_id)
    town.db.refresh(round_)
    return preset_of(round_.grading, marking_of(round_, round_.rubric))


def test_a_number_with_a_comma_is_given_and_the_author_sees_it(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    binh = as_(town.binh)
    assert "Passed from 5,0" in binh.visit(f"/review/{essay.id}").text

    binh.post(f"/review/{essay.id}/decision", version="1", points="8,25", status=200)

    town.see(essay)
    assert essay.state is State.ACCEPTED
    assert "8,25 points (Good)" in as_(town.an).visit(f"/essays/{essay.id}").text


@pytest.mark.parametrize("typed", ["", "mười", "7,3", "11"])
def test_what_is_no_number_of_the_scale_comes_back_as_typed(
    town: World, as_: SignIn, typed: str
) -> None:
    essay = waiting(town)

    page = as_(town.binh).post(
        f"/review/{essay.id}/decision", version="1", points=typed, remark="Giữ lại.", status=422
    )

    assert page.one("input", id="points")["value"] == typed
    assert page.one("textarea", id="remark").text.strip() == "Giữ lại."
    assert town.db.scalars(select(Mark)).all() == []


def test_two_mark_alone_and_a_third_decides(town: World, as_: SignIn) -> None:
    essay = waiting(town, markers=2)
    address = f"/review/{essay.id}/decision"
    binh, giang, dung = as_(town.binh), as_(town.giang), as_(town.dung)
    binh.visit(f"/review/{essay.id}")

    binh.post(address, version="1", points="6", status=200)
    page = binh.post(address, version="1", points="6", status=200)
    assert "Your mark has been kept." in page.text, "a double click is no second mark"
    assert "You have given it 6,0" in binh.visit(f"/review/{essay.id}").text
    assert "Nguyễn Văn An" not in binh.visit("/review/").one("main").text
    binh.post(address, version="1", points="9", status=422)
    assert "1 of 2 have marked." in as_(town.an).visit(f"/essays/{essay.id}").text
    desk = giang.visit(f"/review/{essay.id}")
    assert "1 of 2 have marked." in desk.text
    assert "6,0" not in desk.text, "nobody sees the other's number"
    dung.visit(f"/review/{essay.id}", status=403)

    giang.post(address, version="1", points="8,5", status=200)

    page = as_(town.an).visit(f"/essays/{essay.id}")
    assert "a third person decides" in page.text
    assert "8,5" not in page.text
    dung.visit(f"/review/{essay.id}")
    dung.post(address, version="1", points="7,75", status=200)
    page = as_(town.an).visit(f"/essays/{essay.id}")
    assert "7,75 points (Fair)" in page.text
    assert "The third" in page.text
    assert town.db.scalars(select(Decision.points)).one() == 775


def test_the_parts_stand_beside_the_result(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    for position, (title, most) in enumerate((("Nhận thức", 400), ("Liên hệ", 600))):
        essay.round.rubric.append(RubricPart(position=position, title=title, most=most))
    town.db.commit()
    address = f"/review/{essay.id}/decision"
    parts = {"part-0": "3,5", "part-1": "6,5"}

    page = as_(town.binh).post(address, version="1", status=422, **parts)
    assert page.one("input", **{"name": "part-1"})["value"] == "6,5"
    as_(town.binh).post(address, version="1", status=200, **{**parts, "part-1": "5,75"})

    page = as_(town.an).visit(f"/essays/{essay.id}")
    assert "9,25 points (Excellent)" in page.text
    assert "Liên hệ" in page.text
    assert "5,75" in page.text


def test_an_appeal_goes_to_its_end(town: World, as_: SignIn) -> None:
    essay = waiting(town, appeal_days=2)
    an, giang = as_(town.an), as_(town.giang)
    as_(town.binh).post(f"/review/{essay.id}/decision", version="1", points="6,5", status=200)
    page = an.visit(f"/essays/{essay.id}")
    link = page.one("a", href=f"/review/{essay.id}/appeal")
    assert link.text.strip() == "Ask for another reading"
    assert "higher, the same, or lower" in an.visit(f"/review/{essay.id}/appeal").text

    an.post(f"/review/{essay.id}/appeal", reason=" ", status=422)
    an.post(f"/review/{essay.id}/appeal", reason="Phần liên hệ đã đủ.", status=200)

    assert "Nothing waits" in as_(town.binh).visit("/review/").text
    desk = giang.visit(f"/review/{essay.id}")
    assert "Phần liên hệ đã đủ." in desk.text
    assert "6,5" not in desk.text, "the former number stays out of sight until the new one is in"
    giang.post(f"/review/{essay.id}/decision", version="1", points="7,25", status=200)
    page = an.visit(f"/essays/{essay.id}")
    assert "7,25 points (Fair)" in page.text
    assert "6,5 points (Average)" in page.text, "what was before stays on record"
    assert "Another reading cannot be asked for" in an.visit(f"/review/{essay.id}/appeal").text
    assert town.db.scalars(select(Appeal.former_grade)).one() is Grade.AVERAGE


def test_the_rules_of_an_open_round_change_until_somebody_is_judged(
    town: World, as_: SignIn
) -> None:
    essay = waiting(town)
    dung, address = as_(town.dung), f"/rounds/{essay.round_id}/marking"
    dung.visit(address)

    dung.post(address, preset="regulation", status=200)

    assert preset(town, essay) == "regulation"
    assert "two persons, each alone" in dung.visit(f"/rounds/{essay.round_id}").text
    dung.post(address, preset="own", grading="points", step="25", markers="1", status=200)
    as_(town.binh).post(f"/review/{essay.id}/decision", version="1", points="8", status=200)
    page = dung.visit(address)
    assert "judged by these rules already" in page.text
    assert not page.all("input", **{"name": "preset"})
    dung.post(address, preset="plain", status=422)


def test_own_rules_are_kept_as_they_were_set(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    address = f"/rounds/{essay.round_id}/marking"
    typed = {
        "preset": "own", "grading": "points", "step": "50", "pass_mark": "6,5", "markers": "2",
        "apart": "1,5", "rewrites_are_limited": "y", "rewrites": "2", "rewrite_days": "5",
        "appeal_days": "4", "rubric-0-title": "Nhận thức", "rubric-0-most": "4",
        "rubric-1-title": "Liên hệ", "rubric-1-most": "5",
    }  # fmt: skip

    page = as_(town.dung).post(address, status=422, **typed)
    assert "must add up to 10" in page.text
    assert page.one("input", id="pass_mark")["value"] == "6,5"
    as_(town.dung).post(address, status=200, **{**typed, "rubric-1-most": "6"})

    town.db.rollback()
    round_ = town.db.get_one(StudyRound, essay.round_id)
    town.db.refresh(round_)
    assert (round_.step, round_.pass_mark, round_.apart, round_.rewrites) == (50, 650, 150, 2)
    assert [(part.title, part.most) for part in round_.rubric] == [
        ("Nhận thức", 400), ("Liên hệ", 600),
    ]  # fmt: skip
    page = as_(town.dung).visit(address)
    assert page.one("input", id="apart")["value"] == "1,5"


@pytest.mark.parametrize("name", PRESETS)
def test_every_precedent_can_be_chosen(town: World, as_: SignIn, name: str) -> None:
    essay = waiting(town)

    as_(town.dung).post(f"/rounds/{essay.round_id}/marking", preset=name, status=200)

    assert preset(town, essay) == name
