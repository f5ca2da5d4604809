"""Notices: a number at the bell, a list that writes nothing, read when opened."""

from datetime import timedelta

from sqlalchemy import select

from studyhub.kernel.ids import new_uuid
from studyhub.notices import service as notices
from studyhub.notices.models import Kind, Notice
from studyhub.org import service
from studyhub.web.notices.tellings import TELLINGS
from tests.org.people import membership_of
from tests.web.conftest import SignIn
from tests.world import NOW, TODAY, World


def transferred(town: World) -> None:
    service.transfer(
        town.db, membership_of(town.db, town.an), town.other_cell, on=TODAY,
        by=town.actor(town.dung), now=NOW,
    )  # fmt: skip
    town.db.commit()


def test_every_kind_has_its_words() -> None:
    assert set(TELLINGS) == set(Kind)


def test_the_bell_says_how_many_wait(town: World, as_: SignIn) -> None:
    assert as_(town.binh).visit("/").one("a", href="/notices/")["aria-label"] == "Notices"
    transferred(town)

    bell = as_(town.binh).visit("/").one("a", href="/notices/")

    assert (bell["aria-label"], bell.text) == ("Notices: 1 not read yet", "1")


def test_a_transfer_is_told_to_both_cells_each_with_the_page_it_may_see(
    town: World, as_: SignIn
) -> None:
    transferred(town)

    for person in (town.binh, town.chi, town.an):
        browser = as_(person)
        page = browser.visit("/notices/")
        assert (
            "Official transfer: Nguyễn Văn An goes from Chi bộ Văn phòng to Chi bộ Thanh tra "
            "on 25/11/2026." in page.text
        )
        action = page.all("form", method="post")[1]["action"]
        assert "Nguyễn Văn An" in browser.post(action, status=200).text


def test_looking_at_the_list_marks_nothing(town: World, as_: SignIn) -> None:
    transferred(town)
    binh = as_(town.binh)

    binh.visit("/notices/")

    assert binh.visit("/notices/").one("a", href="/notices/").text == "1"


def test_opening_one_marks_it_and_leads_to_what_it_is_about(town: World, as_: SignIn) -> None:
    transferred(town)
    notice = town.db.scalars(select(Notice).where(Notice.user_id == town.binh.id)).one()
    binh = as_(town.binh)

    page = binh.post(f"/notices/{notice.id}/open")

    assert "Nguyễn Văn An" in page.text
    town.see(notice)
    assert notice.read_at == NOW
    assert binh.visit("/notices/").one("a", href="/notices/").text == ""
    assert binh.page is not None
    assert binh.page.one("a", class_="told")["href"].startswith("/org/members/")


def test_nobody_opens_anothers(town: World, as_: SignIn) -> None:
    transferred(town)
    notice = town.db.scalars(select(Notice).where(Notice.user_id == town.binh.id)).one()

    as_(town.giang).post(f"/notices/{notice.id}/open", status=404)

    town.see(notice)
    assert notice.read_at is None


def test_all_are_marked_at_once(town: World, as_: SignIn) -> None:
    transferred(town)

    page = as_(town.binh).post("/notices/read")

    assert "All notices are marked as read." in page.text
    assert not page.all("li", class_="unread")


def test_older_ones_stand_on_further_pages(town: World, as_: SignIn) -> None:
    for hours in range(51):
        notices.notify(
            town.db, [town.lan.id], Kind.STAY_BEGUN, subject_id=new_uuid(), by=None,
            now=NOW - timedelta(hours=hours), person=str(town.an.id), cell=str(town.cell.id),
            since="2026-11-01", until="2027-05-01",
        )  # fmt: skip
    town.db.commit()
    lan = as_(town.lan)

    assert len(lan.visit("/notices/").all("button", class_="told")) == 50
    assert len(lan.visit("/notices/?page=2").all("button", class_="told")) == 1


def test_whoever_has_no_notices_is_told_what_comes_here(town: World, as_: SignIn) -> None:
    assert "Nothing to tell you" in as_(town.hoa).visit("/notices/").text
