"""Two at one essay, comments saved as they are typed, and decisions taken back."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.clock import StoppedClock
from studyhub.kernel.ids import new_uuid
from studyhub.notices.models import Notice
from studyhub.review.models import Comment, Decision, Reply
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import NOW, World


def script(browser: Browser, url: str, **fields: str) -> TestResponse:
    """What the script of the page sends."""
    told = {"Accept": "application/json", "X-CSRF-Token": browser.token()}
    return browser.client.post(url, data=fields, headers=told)


def waiting(town: World) -> Essay:
    essay = town.essay(state=State.SUBMITTED, text="Đoạn một.\nĐoạn hai rõ ràng.")
    town.db.commit()
    return essay


def fresh(town: World) -> Session:
    town.db.rollback()
    return town.db


def test_whoever_comes_second_is_told_who_reads_and_may_go_on(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    other = town.essay(town.lan, round_=essay.round, state=State.SUBMITTED)
    town.db.commit()
    binh, giang = as_(town.binh), as_(town.giang)
    binh.visit(f"/review/{essay.id}")

    page = giang.visit(f"/review/{essay.id}")

    assert "Lê Quang Bình has been reading it since 09:00" in page.text
    assert "Đoạn hai" not in page.text
    assert page.one("a", class_="btn pri")["href"] == f"/review/{other.id}"
    assert "Lê Quang Bình has been reading it since 09:00" in giang.visit("/review/").text
    page = giang.post(f"/review/{essay.id}/take", status=200)
    assert "Đoạn hai" in page.text
    told = script(binh, f"/review/{essay.id}/here").json or {}
    assert "Phạm Hương Giang has been reading it" in told["reads"]


def test_a_page_that_was_closed_leaves_the_essay_to_others(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    binh = as_(town.binh)
    binh.visit(f"/review/{essay.id}")

    assert script(binh, f"/review/{essay.id}/here", gone="1").status_code == 204

    assert "Đoạn hai" in as_(town.giang).visit(f"/review/{essay.id}").text


def test_what_is_decided_can_be_looked_at_by_two(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.ACCEPTED)
    town.db.commit()

    for who in (town.binh, town.giang):
        assert as_(who).visit(f"/review/{essay.id}").one("h1").text == "Nguyễn Văn An"


def jot(town: World, as_: SignIn, essay: Essay, text: str, **changes: str) -> Comment | None:
    """Binh's page keeps a comment as it is being typed."""
    fields = {
        "version": "1",
        "spot": "0.1:5-8",
        "comment": str(new_uuid()),
        "text": text,
        **changes,
    }
    assert script(as_(town.binh), f"/review/{essay.id}/jottings", **fields).status_code == 200
    return fresh(town).scalars(select(Comment)).one_or_none()


def test_a_comment_is_kept_as_it_is_typed_once_and_privately(town: World, as_: SignIn) -> None:
    essay = waiting(town)

    first = jot(town, as_, essay, "Nêu")
    assert first is not None
    kept = jot(town, as_, essay, "Nêu số liệu.", comment=str(first.id))

    assert kept is not None
    assert (kept.id, kept.text, kept.start, kept.end) == (first.id, "Nêu số liệu.", 5, 8)
    page = as_(town.binh).visit(f"/review/{essay.id}")
    assert page.one("mark", class_="meant").text == "hai"
    assert "not sent yet" in page.text
    assert "Nêu số liệu." not in as_(town.an).visit(f"/essays/{essay.id}").text
    assert jot(town, as_, essay, " ", comment=str(first.id)) is None


def test_a_comment_can_not_be_kept_in_anothers_name_nor_nowhere(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    mine = jot(town, as_, essay, "Của Bình.")
    assert mine is not None
    giang, url = as_(town.giang), f"/review/{essay.id}/jottings"
    told = {"version": "1", "spot": "0.1", "text": "Của Giang.", "comment": str(mine.id)}

    assert script(giang, url, **told).status_code == 404
    for wrong in ({"spot": "0.9"}, {"spot": "0.1:5-99"}):
        fields = {**told, "comment": str(new_uuid()), **wrong}
        assert script(giang, url, **fields).status_code == 404
    for wrong in ({"spot": "x"}, {"comment": "x"}, {"version": "7"}):
        assert script(giang, url, **{**told, **wrong}).status_code == 422

    assert fresh(town).scalars(select(Comment.text)).all() == ["Của Bình."]


def test_words_selected_are_commented_on_by_the_plain_form_too(town: World, as_: SignIn) -> None:
    essay = waiting(town)

    page = as_(town.binh).post(
        f"/review/{essay.id}/decision", version="1", **{"new-0.1:5-8": "Ai?"}, status=422
    )
    assert page.one("textarea", name="new-0.1:5-8").text == "Ai?"
    as_(town.binh).post(
        f"/review/{essay.id}/decision", version="1", outcome="return", **{"new-0.1:5-8": "Ai?"},
        status=200,
    )  # fmt: skip

    page = as_(town.an).visit(f"/essays/{essay.id}")
    assert page.one("mark", class_="meant").text == "hai"
    assert page.one("blockquote", class_="quoted").text == "hai"


def returned(town: World, as_: SignIn) -> Essay:
    """Binh has returned it with a comment."""
    essay = waiting(town)
    as_(town.binh).post(
        f"/review/{essay.id}/decision", version="1", outcome="return", status=200,
        **{"new-0.0": "Viết rõ hơn."},
    )  # fmt: skip
    return essay


def test_a_decision_is_recalled_until_its_author_has_looked(town: World, as_: SignIn) -> None:
    essay = returned(town, as_)
    binh = as_(town.binh)
    assert "You can take the decision back until 09:10" in binh.visit(f"/review/{essay.id}").text
    assert "take the decision back" not in as_(town.giang).visit(f"/review/{essay.id}").text

    page = binh.post(f"/review/{essay.id}/recall", version="1", status=200)

    assert "The decision is recalled" in page.text
    town.see(essay)
    assert essay.state is State.SUBMITTED
    assert fresh(town).scalars(select(Decision)).all() == []
    assert "Viết rõ hơn." not in as_(town.an).visit(f"/essays/{essay.id}").text


def test_once_its_author_has_looked_it_stands(town: World, as_: SignIn) -> None:
    for path in ("/essays/{}", "/essays/{}/versions/1", "/essays/{}/edit", "/review/{}/result/1"):
        essay = returned(town, as_)
        as_(town.an).visit(path.format(essay.id))

        page = as_(town.binh).post(f"/review/{essay.id}/recall", version="1", status=200)

        assert "already opened the result" in page.text, path
        town.see(essay)
        assert essay.state is State.RETURNED


def test_others_who_read_it_do_not_make_it_stand(town: World, as_: SignIn) -> None:
    essay = returned(town, as_)

    as_(town.giang).visit(f"/essays/{essay.id}")

    assert (
        "recalled"
        in as_(town.binh).post(f"/review/{essay.id}/recall", version="1", status=200).text
    )


def test_after_ten_minutes_it_stands(town: World, as_: SignIn, clock: StoppedClock) -> None:
    essay = returned(town, as_)

    clock.moment = NOW + timedelta(minutes=11)

    page = as_(town.binh).post(f"/review/{essay.id}/recall", version="1", status=200)
    assert "That time is over" in page.text


def test_the_author_answers_a_comment_once_and_its_author_is_told(town: World, as_: SignIn) -> None:
    essay = returned(town, as_)
    comment = fresh(town).scalars(select(Comment)).one()
    an, url = as_(town.an), f"/review/{essay.id}/answers/{comment.id}"

    page = an.post(url, answer="  ", status=422)
    assert "The answer is empty." in page.text
    page = an.post(url, answer="Tôi sẽ thêm số liệu.", status=200)
    assert "Tôi sẽ thêm số liệu." in page.text
    assert page.all("form", action=url) == []
    page = an.post(url, answer="Nghĩ lại rồi.", status=422)
    assert "Nghĩ lại rồi." in page.one("textarea").text

    assert fresh(town).scalars(select(Reply.text)).all() == ["Tôi sẽ thêm số liệu."]
    assert town.db.scalars(select(Notice.user_id)).all() == [town.binh.id]
    assert "Nguyễn Văn An has answered your comment" in as_(town.binh).visit("/notices/").text
    assert "Tôi sẽ thêm số liệu." in as_(town.binh).visit(f"/review/{essay.id}").text
    as_(town.binh).post(url, answer="Không phải của tôi.", status=403)
    as_(town.chi).post(url, answer="Không phải của tôi.", status=404)


def test_the_receipt_of_a_decision_is_its_authors(town: World, as_: SignIn) -> None:
    essay = returned(town, as_)

    page = as_(town.an).visit(f"/review/{essay.id}/result/1")

    assert page.one("h2", class_="code").text.startswith("KQ-")
    assert "Lê Quang Bình" in page.text
    assert essay.versions[0].receipt_code in page.text
    again = as_(town.an).visit(f"/review/{essay.id}/result/1")
    assert again.one("h2", class_="code").text == page.one("h2", class_="code").text
    as_(town.an).visit(f"/review/{essay.id}/result/2", status=404)
    as_(town.binh).visit(f"/review/{essay.id}/result/1", status=403)
