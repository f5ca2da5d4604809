"""From the ticked in the queue to more time for them; the receipt of a decision as PDF."""

from datetime import timedelta

from sqlalchemy import select

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.review import service
from studyhub.review.models import Outcome
from studyhub.rounds.models import Extension
from tests.web.conftest import SignIn
from tests.world import NOW, World


def returned(town: World, **settings: object) -> Essay:
    """Binh's own, which Dung sent back; Binh's cell has others who owe something."""
    essay = town.essay(town.binh, round_=town.round(**settings), state=State.SUBMITTED)  # type: ignore[arg-type]
    by = town.actor(town.dung)
    service.comment(
        town.db, essay.versions[0], part=0, paragraph=0, text="Nêu số liệu.", by=by, now=NOW
    )
    service.decide(town.db, essay, 1, outcome=Outcome.RETURN, grade=None, remark="", by=by, now=NOW)
    town.db.commit()
    return essay


def test_only_the_ticked_have_more_time(town: World, as_: SignIn) -> None:
    essay = returned(town)
    dung = as_(town.dung)
    page = dung.visit(f"/review/chosen?essay={essay.id}&show=returned")
    assert "More time for the chosen only" in page.text

    address = f"/review/chosen/more-time/{essay.round_id}"
    assert "Lê Quang Bình" in dung.visit(f"{address}?essay={essay.id}").text
    page = dung.post(address, essay=str(essay.id), closes_on="", reason="", status=422)
    assert "Give the reason." in page.text
    page = dung.post(
        address, essay=str(essay.id), closes_on="10/12/2026", closes_at="17:00",
        reason="Đi công tác.", status=200,
    )  # fmt: skip

    assert "1 comrade has more time." in page.text
    made = town.db.scalars(select(Extension)).one()
    assert made.summons is not None
    assert (made.summons.user_id, made.cell_id) == (town.binh.id, None)


def test_a_secretary_who_plans_no_round_gives_none(town: World, as_: SignIn) -> None:
    essay = returned(town)

    as_(town.giang).visit(f"/review/chosen/more-time/{essay.round_id}?essay={essay.id}", status=403)


def test_what_owes_nothing_is_not_offered(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()

    page = as_(town.dung).visit(
        f"/review/chosen/more-time/{essay.round_id}?essay={essay.id}&essay=nonsense"
    )

    assert "None of the chosen essays can be given more time." in page.text


def test_a_round_of_few_days_gives_them_again(town: World, as_: SignIn) -> None:
    essay = returned(town, rewrite_days=1, closes_in=timedelta(days=60))

    as_(town.dung).post(
        f"/review/chosen/more-time/{essay.round_id}", essay=str(essay.id),
        closes_on="10/12/2026", closes_at="17:00", reason="Đi công tác.", status=200,
    )  # fmt: skip

    town.see(essay)
    assert essay.rewrite_until is not None
    assert essay.rewrite_until.date().isoformat() == "2026-12-10"


def test_the_receipt_of_a_decision_is_a_file_of_its_author(town: World, as_: SignIn) -> None:
    essay = returned(town)
    address = f"/review/{essay.id}/result/1"
    binh = as_(town.binh)
    assert f"{address}/pdf" in {one.attrs["href"] for one in binh.visit(address).all("a")}

    answer = binh.client.get(f"{address}/pdf")

    assert answer.content_type == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "private, no-store"
    as_(town.dung).visit(f"{address}/pdf", status=403)
