"""Two reviewers at one essay, and one reviewer twice: nothing is overwritten, nothing is lost."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.review.models import Comment, Decision, Outcome
from tests.web.conftest import SignIn
from tests.world import World


def waiting(town: World) -> Essay:
    essay = town.essay(
        state=State.SUBMITTED,
        text="Đoạn một.\nĐoạn hai.",
    )
    town.db.commit()
    return essay


def fresh(town: World) -> Session:
    """The database as it is now: what the test looked at before is forgotten."""
    town.db.rollback()
    return town.db


def test_a_second_reviewer_is_told_and_keeps_every_word(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    giang = as_(town.giang)
    giang.visit(f"/review/{essay.id}")
    as_(town.binh).post(
        f"/review/{essay.id}/decision", version="1", outcome="accept", remark="Đạt.", status=200
    )

    page = giang.post(
        f"/review/{essay.id}/decision",
        version="1",
        outcome="return",
        remark="Chưa rõ.",
        **{"new-0.0": "Viết rõ hơn."},
        status=422,
    )

    assert "Lê Quang Bình was first: this essay has been accepted" in page.text
    assert "Accepted on 25/11/2026" in page.text
    assert "Your decision has not been sent" in page.text
    assert page.one("textarea", name="remark").text == "Chưa rõ."
    assert page.one("textarea", name="new-0.0").text == "Viết rõ hơn."
    assert page.all("input", name="outcome") == []  # there is nothing left to decide
    assert fresh(town).scalars(select(Decision.outcome)).one() is Outcome.ACCEPT


def test_the_same_decision_sent_twice_is_one(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    binh = as_(town.binh)
    sent = {"version": "1", "outcome": "return", "remark": "Cần rõ hơn.", "new-0.0": "Số liệu?"}

    for _ in range(2):
        page = binh.post(f"/review/{essay.id}/decision", status=200, **sent)
        assert "Nguyễn Văn An: returned to be completed" in page.text

    assert fresh(town).scalars(select(Decision.remark)).all() == ["Cần rõ hơn."]
    assert fresh(town).scalars(select(Comment.text)).all() == ["Số liệu?"]
    page = binh.post(
        f"/review/{essay.id}/decision", status=422, **{**sent, "remark": "Trong cửa sổ khác."}
    )
    assert page.one("textarea", name="remark").text == "Trong cửa sổ khác."
    assert "Your decision has not been sent" in page.text
