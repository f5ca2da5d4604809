"""An essay that is to be completed: what the cell said stands over the field to answer it in."""

from datetime import timedelta

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.review import service as review
from studyhub.review.models import Outcome
from tests.web.conftest import SignIn
from tests.world import NOW, World


def returned(town: World) -> Essay:
    """An's essay, with one comment on its second part and a remark on the whole."""
    essay = town.essay(state=State.SUBMITTED, text="Đoạn một.\nĐoạn hai.")
    binh = town.actor(town.binh)
    review.comment(
        town.db, essay.versions[0], part=1, paragraph=1, text="Nêu thời hạn.", by=binh, now=NOW
    )
    review.decide(
        town.db, essay, 1, outcome=Outcome.RETURN, grade=None, remark="Cần số liệu.", by=binh,
        now=NOW + timedelta(minutes=1),
    )  # fmt: skip
    town.db.commit()
    return essay


def test_the_comments_stand_where_they_are_answered(town: World, as_: SignIn) -> None:
    essay = returned(town)

    page = as_(town.an).visit(f"/essays/{essay.id}/edit")

    assert "Cần số liệu." in page.text
    first, second = page.one("section", id="part-1"), page.one("section", id="part-2")
    assert "Nêu thời hạn." not in first.text
    assert "On the paragraph “Đoạn hai.”" in second.text
    assert "Nêu thời hạn." in second.text


def test_an_essay_begun_has_no_comments_to_show(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()

    page = as_(town.an).visit(f"/essays/{essay.id}/edit")

    assert page.all("aside", class_="g") == []
