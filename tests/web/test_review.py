"""The review desk, as secretaries and officers use it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.review.models import Comment, Decision
from studyhub.rounds.grading import Grade, Grading
from tests.web.conftest import SignIn
from tests.world import NOW, World


def waiting(town: World, **settings: object) -> Essay:
    essay = town.essay(
        round_=town.round(**settings),  # type: ignore[arg-type]
        state=State.SUBMITTED,
        text="Đoạn một.\nĐoạn hai.",
    )
    town.db.commit()
    return essay


def fresh(town: World) -> Session:
    """The database as it is now: what the test looked at before is forgotten."""
    town.db.rollback()
    return town.db


def test_the_secretary_finds_and_accepts_it(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    binh = as_(town.binh)

    page = binh.visit("/review/")
    assert page.one("a", class_="tap").text == "Nguyễn Văn An"
    page = binh.visit(f"/review/{essay.id}")
    assert "Đoạn hai." in page.text
    page = binh.post(
        f"/review/{essay.id}/decision",
        version="1",
        outcome="accept",
        remark="Liên hệ cụ thể.",
        status=200,
    )

    town.see(essay)
    assert essay.state is State.ACCEPTED
    assert "Nothing waits for you" in page.text
    page = as_(town.an).visit(f"/essays/{essay.id}")
    assert "Liên hệ cụ thể." in page.text
    assert "Accepted on 25/11/2026" in page.text


def test_reading_begins_with_the_first_look_and_is_on_record(town: World, as_: SignIn) -> None:
    essay = waiting(town)

    as_(town.giang).visit(f"/review/{essay.id}")
    as_(town.binh).post(f"/review/{essay.id}/take", status=200)

    version = essay.versions[0]
    town.see(version)
    assert (version.reading_began_at, version.reading_began_by) == (NOW, town.giang.id)
    readers = select(AuditEntry.actor_id).where(AuditEntry.deed == Deed.ESSAY_READ)
    assert set(fresh(town).scalars(readers)) == {town.binh.id, town.giang.id}


def test_comments_are_kept_and_sent_with_the_result(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    binh = as_(town.binh)

    page = binh.post(
        f"/review/{essay.id}/comments",
        version="1",
        **{"new-0.1": "Nêu số liệu.", "new-1.0": "Ai phụ trách?"},
        status=200,
    )
    assert "Nêu số liệu." in page.text
    assert "not sent yet" in page.text
    assert "Nêu số liệu." not in as_(town.giang).visit(f"/review/{essay.id}").text

    binh.post(f"/review/{essay.id}/decision", version="1", outcome="return", status=200)

    page = as_(town.an).visit(f"/essays/{essay.id}")
    assert "complete 2 points" in page.text
    assert "Nêu số liệu." in page.text
    assert fresh(town).scalars(select(Comment.sent_at)).all() == [NOW, NOW]


def test_a_comment_being_typed_goes_with_the_decision(town: World, as_: SignIn) -> None:
    essay = waiting(town)

    as_(town.binh).post(
        f"/review/{essay.id}/decision",
        version="1",
        outcome="return",
        **{"new-0.0": "Viết rõ hơn."},
        status=200,
    )

    town.see(essay)
    assert essay.state is State.RETURNED
    assert fresh(town).scalars(select(Comment.text)).all() == ["Viết rõ hơn."]


def test_to_keep_a_comment_does_not_forget_the_remark(town: World, as_: SignIn) -> None:
    essay = waiting(town)

    page = as_(town.binh).post(
        f"/review/{essay.id}/comments",
        version="1",
        outcome="return",
        remark="Đang viết dở",
        **{"new-0.0": "Viết rõ hơn."},
        status=200,
    )

    assert page.one("textarea", name="remark").text == "Đang viết dở"
    assert "checked" in page.one("input", value="return").attrs
    assert page.one("textarea", name="new-0.0").text == ""
    assert fresh(town).scalars(select(Comment.text)).all() == ["Viết rõ hơn."]


def test_ones_own_comment_can_be_changed_and_removed(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    binh = as_(town.binh)
    binh.post(f"/review/{essay.id}/comments", version="1", **{"new-0.0": "một"}, status=200)
    comment = fresh(town).scalars(select(Comment)).one()
    url = f"/review/{essay.id}/comments"

    binh.post(url, version="1", **{f"own-{comment.id}": "hai"}, status=200)
    town.see(comment)
    assert comment.text == "hai"
    as_(town.giang).post(url, version="1", remove=str(comment.id), status=422)
    binh.post(url, version="1", remove=str(comment.id), status=200)

    assert fresh(town).scalars(select(Comment.id)).all() == []


def test_a_refused_decision_comes_back_with_every_word(town: World, as_: SignIn) -> None:
    essay = waiting(town, grading=Grading.BANDS)

    page = as_(town.binh).post(
        f"/review/{essay.id}/decision",
        version="1",
        outcome="accept",
        remark="Liên hệ cụ thể.",
        **{"new-1.1": "Rất tốt."},
        status=422,
    )

    assert "Choose a grade" in page.text
    assert page.one("textarea", name="remark").text == "Liên hệ cụ thể."
    assert page.one("textarea", name="new-1.1").text == "Rất tốt."
    assert fresh(town).scalars(select(Comment.id)).all() == []


def test_to_return_without_a_comment_is_refused(town: World, as_: SignIn) -> None:
    essay = waiting(town)

    page = as_(town.binh).post(
        f"/review/{essay.id}/decision", version="1", outcome="return", status=422
    )

    assert "at least one paragraph" in page.text


def test_a_grade_is_taken_where_the_round_asks_for_one(town: World, as_: SignIn) -> None:
    essay = waiting(town, grading=Grading.BANDS)

    as_(town.binh).post(
        f"/review/{essay.id}/decision", version="1", outcome="accept", grade="good", status=200
    )

    assert fresh(town).scalars(select(Decision.grade)).one() is Grade.GOOD
    assert "Good" in as_(town.an).visit(f"/essays/{essay.id}").text


def test_an_answers_address_opened_by_itself_leads_to_the_essay(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    binh = as_(town.binh)

    for deed in ("comments", "decision"):
        page = binh.visit(f"/review/{essay.id}/{deed}")
        assert page.one("h1").text == "Nguyễn Văn An"


def test_a_second_version_shows_what_changed(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    as_(town.binh).post(
        f"/review/{essay.id}/decision",
        version="1",
        outcome="return",
        **{"new-0.1": "Viết rõ hơn."},
        status=200,
    )
    keys = [str(question.id) for question in essay.round.questions]
    as_(town.an).post(
        f"/essays/{essay.id}/submit",
        revision="1",
        **{f"text-{keys[0]}": "Đoạn một.\nĐoạn hai rõ hơn.", f"text-{keys[1]}": "Đoạn một."},
        own_work="y",
        status=200,
    )

    page = as_(town.binh).visit(f"/review/{essay.id}")

    assert "Changes since version 1" in page.text
    assert [e.text for e in page.all("ins")] == ["Added: hai rõ hơn."]
    assert [e.text for e in page.all("del")] == ["Removed: hai.", "Removed: Đoạn hai."]
    assert "1 of 1 commented paragraphs changed" in page.text
    assert "Viết rõ hơn." in page.text


def test_nobody_judges_their_own_and_the_officer_judges_a_leader(town: World, as_: SignIn) -> None:
    essay = town.essay(town.binh, state=State.SUBMITTED)
    member = town.essay(town.lan, round_=essay.round, state=State.SUBMITTED)
    town.db.commit()

    as_(town.binh).visit(f"/review/{essay.id}", status=403)
    page = as_(town.dung).visit("/review/")
    assert page.one("a", class_="tap").text == "Lê Quang Bình"
    as_(town.dung).visit(f"/review/{essay.id}")
    as_(town.dung).visit(f"/review/{member.id}", status=403)
    as_(town.phuc).visit(f"/review/{member.id}", status=403)
    as_(town.chi).visit(f"/review/{member.id}", status=404)
