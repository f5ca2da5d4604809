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
    assert short[1] <= 18


def test_what_is_wanted_is_kept_from_page_to_page(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    late = [
        town.essay(who, round_=essay.round, state=State.SUBMITTED) for who in (town.lan, town.giang)
    ]
    for minute, one in enumerate(late):
        one.submitted_at = one.versions[0].submitted_at = NOW + timedelta(minutes=minute)
        one.versions[0].is_late = True
    town.db.commit()
    binh = as_(town.binh)

    page = binh.visit("/review/?show=late")
    assert [link.text for link in page.all("a", class_="tap")][:2] == [
        "Trần Thị Lan", "Phạm Hương Giang",
    ]  # fmt: skip
    page = binh.visit(page.all("a", class_="tap")[0]["href"])
    assert "Essay 1 of 2" in page.text
    assert page.one("a", **{"data-key": "n"})["href"] == f"/review/{late[1].id}?show=late"
    action = page.one("form", class_="rv")["action"]
    page = binh.post(action, version="1", outcome="accept", status=200)

    assert page.one("h1").text == "Phạm Hương Giang"
    assert "Essay 1 of 1" in page.text
    assert f"/review/?at={late[1].id}&show=late" in [a["href"] for a in page.all("a")]


def test_words_in_the_address_that_mean_nothing_choose_nothing(town: World, as_: SignIn) -> None:
    waiting(town)

    for words in ("show=x", "round=x", "cell=1", "since=x_y", "before=2026_x", "at=x"):
        page = as_(town.binh).visit(f"/review/?{words}")
        assert "Nguyễn Văn An" in page.text


def test_on_coming_back_it_is_told_how_far_one_has_read(town: World, as_: SignIn) -> None:
    essay = waiting(town)
    binh = as_(town.binh)
    assert "Read as far as here" not in binh.visit("/review/").text

    binh.visit(f"/review/{essay.id}")
    page = binh.visit(f"/review/?at={essay.id}")

    row = page.one("tr", id=f"e-{essay.id}")
    assert "Read as far as here" in row.text


def test_a_chosen_cell_tells_nothing_of_cells_one_may_not_judge(town: World, as_: SignIn) -> None:
    waiting(town)
    town.essay(town.hoa, round_=town.round(title="Khác"), state=State.SUBMITTED)
    town.db.commit()

    page = as_(town.binh).visit(f"/review/?cell={town.other_cell.id}")

    assert "Chi bộ Thanh tra" not in page.text
    assert "Khác" not in page.text
    assert "Nothing of this kind" in page.text
