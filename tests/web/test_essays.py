"""Writing and handing in, as people do it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.completion.models import Progress
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.kernel.clock import StoppedClock
from tests.web.conftest import SignIn
from tests.world import NOW, World


def fields(essay: Essay, *texts: str) -> dict[str, str]:
    """What the form sends for these texts."""
    keys = [str(question.id) for question in essay.round.questions]
    return {f"text-{key}": text for key, text in zip(keys, texts, strict=False)}


def fresh(town: World) -> Session:
    """The database as it is now: what the test looked at before is forgotten."""
    town.db.rollback()
    return town.db


def test_a_member_begins_writes_and_hands_in(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()
    an = as_(town.an)

    page = an.visit(f"/essays/new/{round_.id}")
    assert "Liên hệ thực tiễn" in page.text
    page = an.post(f"/essays/new/{round_.id}", status=200)
    essay = fresh(town).scalars(select(Essay)).one()
    assert len(page.all("textarea")) == 2

    page = an.post(
        f"/essays/{essay.id}/draft",
        revision="0",
        do="save",
        **fields(essay, "Tôi đã đọc kỹ.", ""),
        status=200,
    )
    assert "Saved at 09:00" in page.text
    assert page.one("input", name="revision")["value"] == "1"

    page = an.post(
        f"/essays/{essay.id}/submit",
        revision="1",
        **fields(essay, "Tôi đã đọc kỹ.", "Tôi sẽ làm theo."),
        status=200,
    )
    assert "Before you hand in" in page.text
    assert "Tôi sẽ làm theo." in page.text
    seen = page.one("input", name="revision")["value"]

    page = an.post(f"/essays/{essay.id}/submit", revision=seen, own_work="y", status=200)
    version = fresh(town).scalars(select(Version)).one()
    assert version.receipt_code in page.text
    assert version.syllables == 8
    assert "4 days before the deadline" in page.text


def test_what_is_asked_is_told_before_one_begins(town: World, as_: SignIn) -> None:
    round_ = town.round(min_syllables=500, max_syllables=1500)
    town.db.commit()

    page = as_(town.an).visit(f"/essays/new/{round_.id}")

    assert "From 500 to 1,500 words." in page.text
    assert fresh(town).scalars(select(Essay)).all() == []


def test_whoever_has_begun_goes_on(town: World, as_: SignIn) -> None:
    essay = town.essay(text="Đã viết một đoạn.")
    town.db.commit()

    page = as_(town.an).visit(f"/essays/new/{essay.round_id}")

    assert [area.text for area in page.all("textarea")] == ["Đã viết một đoạn."] * 2


def test_my_essays_stand_together(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.round(title="Kết luận 01")
    town.db.commit()

    page = as_(town.an).visit("/essays/")

    assert "Nghị quyết số 52-NQ/TW Awaiting review" in page.text
    assert "Kết luận 01 Not started" in page.text
    assert page.one("a", href=f"/essays/{essay.id}/versions/1").text == "Version 1"


def test_nobody_summoned_has_nothing_to_write(town: World, as_: SignIn) -> None:
    page = as_(town.dung).visit("/essays/")

    assert "No essay to write" in page.text


def test_a_refused_essay_comes_back_with_every_word(town: World, as_: SignIn) -> None:
    essay = town.essay(round_=town.round(min_syllables=100), text="from the phone")
    town.db.commit()

    page = as_(town.an).post(
        f"/essays/{essay.id}/submit",
        revision="1",
        **fields(essay, "from the desk", "two"),
        status=422,
    )

    assert [area.text for area in page.all("textarea")] == ["from the desk", "two"]
    assert "96 more are needed" in page.text
    assert page.one("title").text.startswith("Error:")
    assert page.one("input", name="revision")["value"] == "2"
    town.see(essay)
    assert essay.state is State.DRAFT
    assert essay.draft[str(essay.round.questions[1].id)] == "two"


def test_an_essay_handed_in_elsewhere_gives_the_words_back(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()

    page = as_(town.an).post(
        f"/essays/{essay.id}/submit", revision="1", **fields(essay, "other"), status=422
    )

    assert page.all("textarea")[0].text == "other"
    assert "already been handed in" in page.text


def test_a_double_click_leads_to_one_receipt(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()
    an = as_(town.an)
    words = {**fields(essay, "một hai ba", "bốn"), "own_work": "y"}

    first = an.post(f"/essays/{essay.id}/submit", revision="1", **words, status=200)
    second = an.post(f"/essays/{essay.id}/submit", revision="1", **words, status=200)

    assert first.one("p", class_="big code-out").text == second.one("p", class_="big code-out").text
    assert fresh(town).scalars(select(Version.number)).all() == [1]


def test_what_is_handed_in_is_not_edited(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()

    page = as_(town.an).visit(f"/essays/{essay.id}/edit")

    assert "What comes next" in page.text
    assert "Secretary Lê Quang Bình" in page.text


def test_after_the_last_moment_the_draft_can_be_saved_but_not_handed_in(
    town: World, as_: SignIn, clock: StoppedClock
) -> None:
    essay = town.essay()
    town.db.commit()
    clock.advance(days=9)
    an = as_(town.an)

    page = an.visit(f"/essays/{essay.id}/edit")
    assert "takes no more essays" in page.text
    assert not page.all("button", value="submit")
    an.post(f"/essays/{essay.id}/draft", revision="1", **fields(essay, "còn nữa"), status=200)

    town.see(essay)
    assert essay.draft_revision == 2


def test_the_marks_follow(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()

    typed = {**fields(essay, "a"), "own_work": "y"}
    as_(town.an).post(f"/essays/{essay.id}/submit", revision="1", **typed, status=200)

    mark = fresh(town).scalars(select(Progress.essay).where(Progress.essay != "none")).one()
    assert mark == "submitted"
    town.see(essay)
    assert essay.submitted_at == NOW
