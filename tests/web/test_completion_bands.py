"""The bands on the pages of a cell and of a unit: fractions, and whose only to those who read."""

from sqlalchemy.orm import Session

from studyhub.essays.lifecycle import State
from studyhub.kernel.actor import Post
from studyhub.org.models import Appointment
from studyhub.review import service
from studyhub.review.models import Outcome
from studyhub.rounds.grading import Grade, Grading
from studyhub.rounds.models import StudyRound
from tests.web.conftest import SignIn
from tests.world import LONG_AGO, NOW, World


def graded(db: Session, town: World, **settings: object) -> StudyRound:
    """An's is excellent, Lan's good, Hoa's good."""
    round_ = town.round(**{"grading": Grading.BANDS, **settings})  # type: ignore[arg-type]
    for author, judge, grade in (
        (town.an, town.binh, Grade.EXCELLENT),
        (town.lan, town.binh, Grade.GOOD),
        (town.hoa, town.chi, Grade.GOOD),
    ):
        essay = town.essay(author, round_=round_, state=State.SUBMITTED)
        service.decide(
            db, essay, 1, outcome=Outcome.ACCEPT, grade=grade, remark="", by=town.actor(judge),
            now=NOW,
        )  # fmt: skip
    db.commit()
    return round_


def test_a_cell_shows_fractions_that_lead_to_those_who_have_it(town: World, as_: SignIn) -> None:
    round_ = graded(town.db, town)
    binh = as_(town.binh)

    page = binh.visit(f"/completion/{round_.id}/{town.cell.id}")
    assert "Excellent 1/2" in page.text
    assert "Good 1/2" in page.text
    assert "Fair 0/2" in page.text
    page = binh.visit(f"/completion/{round_.id}/{town.cell.id}?show=excellent")

    names = [one.text for one in page.all("th") if one.attrs.get("scope") == "row"]
    assert len(names) == 1
    assert "Nguyễn Văn An" in names[0]


def test_who_has_which_is_for_those_who_may_read_them(town: World, as_: SignIn) -> None:
    round_ = graded(town.db, town)
    town.db.add(
        Appointment(user=town.lan, unit=town.cell, post=Post.COMMITTEE_MEMBER, since=LONG_AGO)
    )
    town.db.commit()
    lan = as_(town.lan)

    page = lan.visit(f"/completion/{round_.id}/{town.cell.id}")
    assert "Excellent 1/2" in page.text
    assert not [one for one in page.all("a") if "show=excellent" in one.attrs["href"]]
    page = lan.visit(f"/completion/{round_.id}/{town.cell.id}?show=excellent")
    assert not [one for one in page.all("th") if one.attrs.get("scope") == "row"]


def test_a_unit_shows_them_unit_by_unit(town: World, as_: SignIn) -> None:
    round_ = graded(town.db, town)

    page = as_(town.dung).visit(f"/completion/{round_.id}/{town.district.id}")

    assert "Excellent 1/3 · Good 2/3 · Fair 0/3 · Average 0/3" in page.text
    assert "Bands of accepted essays, unit by unit" in page.text


def test_without_bands_nothing_is_said(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()

    for unit in (town.district, town.cell):
        page = as_(town.dung).visit(f"/completion/{round_.id}/{unit.id}")
        assert "ccepted essays" not in page.text
