"""What becomes of a photo that was sent: developed, refused, replaced, turned, swept away."""

from sqlalchemy import select

from studyhub.background import runner
from studyhub.essays import handing_in, service
from studyhub.essays.models import Essay
from studyhub.essays.page import Page
from studyhub.kernel.clock import StoppedClock
from studyhub.papers.models import Arrival
from tests.papers import photos
from tests.papers.test_straightening import corners
from tests.web.conftest import SignIn
from tests.web.test_papers_pages import OTHER, PHOTO, essay, send, sizes
from tests.web.test_papers_photos import Sender
from tests.world import NOW, World

__all__ = ["essay"]


def test_an_essay_is_not_handed_in_while_pages_are_in_work(
    town: World, as_: SignIn, essay: Essay
) -> None:
    an = as_(town.an)
    send(an, essay, PHOTO, develops=False)

    page = an.post(f"/essays/{essay.id}/submit", revision="1", own_work="y", status=422)

    assert "still being made readable" in page.text
    town.see(essay)
    assert handing_in.submit_by_rule(town.db, essay, now=NOW) is None
    assert essay.rule_applied_at is None
    town.db.commit()
    runner(an.client.application).run_due()
    town.see(essay)
    assert service.submit(
        town.db, essay, revision=1, own_work=True, by=town.actor(town.an), now=NOW
    ).pages


def test_a_page_nobody_can_read_says_so_and_is_replaced(
    town: World, as_: SignIn, essay: Essay
) -> None:
    an = as_(town.an)
    send(an, essay, PHOTO[:3000], OTHER)
    torn = town.db.scalars(select(Page).order_by(Page.position)).first()
    assert torn

    assert "could not be read" in an.visit(f"/papers/{essay.id}/pages").text
    page = an.post(f"/essays/{essay.id}/submit", revision="1", own_work="y", status=422)
    assert "page 1 could not be read" in page.text
    send(an, essay, PHOTO, replaces=str(torn.id))
    assert sizes(town, essay) == [600, 500]


def test_a_page_taken_away_comes_back_where_it_was(
    town: World, as_: SignIn, essay: Essay, clock: StoppedClock
) -> None:
    an, order = as_(town.an), f"/papers/{essay.id}/pages/order"
    send(an, essay, PHOTO, OTHER)
    first = town.db.scalars(select(Page).order_by(Page.position)).first()
    assert first

    an.post(order, do=f"remove:{first.id}", status=200)
    assert sizes(town, essay) == [500]
    an.post(order, do=f"undo:{first.id}", status=200)
    assert sizes(town, essay) == [600, 500]

    an.post(order, do=f"remove:{first.id}", status=200)
    clock.advance(hours=25)
    an.post(order, do=f"undo:{first.id}", status=404)
    runner(an.client.application).run_due()
    town.db.rollback()
    assert len(town.db.scalars(select(Page)).all()) == 1


def test_a_page_is_shown_straightened_or_as_it_was_and_turned(
    town: World, as_: SignIn, essay: Essay
) -> None:
    an, look = as_(town.an), f"/papers/{essay.id}/pages/look"
    send(an, essay, photos.saved(photos.on_table(corners(2))))
    page = town.db.scalars(select(Page)).one()
    straight = (page.file_key, page.width, page.height)
    assert page.is_straight

    def now_shown(do: str) -> tuple[str, int, int]:
        an.post(look, do=f"{do}:{page.id}", status=200)
        town.see(page)
        return page.file_key, page.width, page.height

    assert now_shown("plain")[1:] == (1500, 2000)
    assert now_shown("right")[1:] == (2000, 1500)
    assert now_shown("straight")[1:] == (straight[2], straight[1])
    assert now_shown("left") == now_shown("straight")
    assert page.turn == 0
    an.post(look, do=f"burn:{page.id}", status=422)


def test_what_nobody_goes_on_with_is_swept_away(
    town: World, as_: SignIn, essay: Essay, clock: StoppedClock
) -> None:
    an = as_(town.an)
    sender = Sender(an, essay)
    _, told = sender.begin(PHOTO)
    sender.piece(told["id"], 0, PHOTO[:3000])

    clock.advance(hours=49)
    runner(an.client.application).run_due()

    town.db.rollback()
    assert town.db.scalars(select(Arrival)).all() == []
