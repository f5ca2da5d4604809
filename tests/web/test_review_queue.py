"""The queue of the review desk: oldest first, however long."""

from datetime import timedelta

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from tests.statements import counted_in
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


def test_send_and_open_the_next(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    other = town.essay(town.lan, round_=essay.round, state=State.SUBMITTED)
    other.submitted_at = NOW + timedelta(minutes=1)
    town.db.commit()
    binh = as_(town.binh)

    page = binh.visit(f"/review/{essay.id}")
    assert "Essay 1 of 2" in page.text
    page = binh.post(f"/review/{essay.id}/decision", version="1", outcome="accept", status=200)

    assert page.one("h1").text == "Trần Thị Lan"
    assert "Nguyễn Văn An: accepted" in page.text


def test_an_empty_desk_says_so(town: World, as_: SignIn) -> None:
    assert "Nothing waits for review" in as_(town.binh).visit("/review/").text


def test_a_round_can_be_chosen(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    other = town.essay(town.lan, round_=town.round(title="Khác"), state=State.SUBMITTED)
    town.db.commit()

    page = as_(town.binh).visit(f"/review/?round={other.round_id}")

    assert page.one("a", class_="tap").text == "Trần Thị Lan"
    assert essay.round.title in page.text


def test_a_long_queue_asks_no_more_of_the_database(town: World, as_: SignIn) -> None:
    round_ = town.round()
    essays = [town.essay(who, round_=round_, state=State.SUBMITTED) for who in (town.an, town.lan)]
    essays.append(
        town.essay(town.person("Lý Thị Mai", town.cell), round_=round_, state=State.SUBMITTED)
    )
    town.db.commit()
    binh = as_(town.binh)
    binh.visit("/review/")
    binh.visit(f"/review/{essays[0].id}")

    def asked() -> tuple[int, int]:
        with counted_in(binh.client.application) as queue:
            binh.visit("/review/")
        with counted_in(binh.client.application) as desk:
            binh.visit(f"/review/{essays[0].id}")
        return len(queue), len(desk)

    short = asked()
    for number in range(57):
        who = town.person(f"Người Thứ {number}", town.cell)
        town.essay(who, round_=round_, state=State.SUBMITTED)
    town.db.commit()

    assert asked() == short
    assert short[0] <= 12
    assert short[1] <= 15
