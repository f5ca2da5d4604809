"""The page of handing a post over: shown first, then done; the queue goes along."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Post
from studyhub.kernel.clock import StoppedClock
from studyhub.org import service
from studyhub.org.models import Appointment
from studyhub.review.models import Comment
from tests.org.people import membership_of
from tests.statements import counted_in
from tests.web.conftest import SignIn
from tests.world import LONG_AGO, NOW, TODAY, World

ONE_DAY = timedelta(days=1)


def address(town: World, name: str = "binh") -> str:
    held = select(Appointment).where(Appointment.user_id == getattr(town, name).id)
    row = town.db.scalars(held).one()
    return f"/org/units/{row.unit_id}/posts/{row.id}/hand-over"


def in_figures(town: World) -> tuple[Essay, Essay]:
    round_ = town.round(title="Đợt mùa thu")
    essays = [
        town.essay(person, round_=round_, state=State.SUBMITTED) for person in (town.an, town.lan)
    ]
    town.essay(town.binh, round_=round_, state=State.SUBMITTED)
    town.db.commit()
    return essays[0], essays[1]


def test_all_that_will_happen_is_shown_before_it_is_done(town: World, as_: SignIn) -> None:
    of_an, _ = in_figures(town)
    binh = as_(town.binh)
    binh.visit(f"/review/{of_an.id}")
    binh.post(
        f"/review/{of_an.id}/comments", version="1", status=200, **{"new-0.0": "Nêu số liệu."}
    )

    page = as_(town.dung).visit(f"{address(town)}?who={town.lan.card_number}&since=1/12/2026")

    assert "Lê Quang Bìnhuntil 30/11/2026" in page.text
    assert "Trần Thị Lanfrom 01/12/2026" in page.text
    assert "“Đợt mùa thu”: 1 essay that waits is judged by Trần Thị Lan from that day." in page.text
    assert "Lê Quang Bình has begun to read 1 of them" in page.text
    assert "1 of them has remarks of Lê Quang Bình that were not sent" in page.text
    assert "The essay of Lê Quang Bình in “Đợt mùa thu”: judged by Trần Thị Lan, Phạm" in page.text
    assert "The essay of Trần Thị Lan in “Đợt mùa thu”: judged by Phạm Hương Giang" in page.text
    town.db.rollback()
    assert town.actor(town.binh).holds(Post.SECRETARY)


def test_the_new_secretary_finds_the_queue_and_the_former_does_not(
    town: World, as_: SignIn
) -> None:
    of_an, of_lan = in_figures(town)

    page = as_(town.dung).post(
        address(town), who=town.lan.card_number, since="25/11/2026", basis="Số 7"
    )

    assert "Trần Thị LanSecretary, since 25/11/2026 · Số 7" in page.text
    assert "Lê Quang BìnhSecretary, 01/01/2020 to 24/11/2026" in page.text
    assert "Nguyễn Văn An" in as_(town.lan).visit("/review/").text
    as_(town.lan).visit(f"/review/{of_lan.id}", status=403)
    assert "Nothing waits for review" in as_(town.binh).visit("/review/").text
    assert "Trần Thị Lan" in as_(town.dung).visit("/review/").text  # a leader's essay by now
    town.see(of_lan)
    assert of_lan.author_leads
    town.see(of_an)
    assert not of_an.author_leads


def test_a_page_left_open_by_the_former_answers_and_keeps_every_word(
    town: World, as_: SignIn
) -> None:
    of_an, _ = in_figures(town)
    binh = as_(town.binh)
    binh.visit(f"/review/{of_an.id}")
    binh.post(
        f"/review/{of_an.id}/comments", version="1", status=200, **{"new-0.0": "Nêu số liệu."}
    )
    as_(town.dung).post(address(town), who=town.lan.card_number, since="25/11/2026")

    page = binh.post(
        f"/review/{of_an.id}/decision",
        status=404,
        version="1",
        outcome="return",
        remark="Bài viết tốt nhưng còn ngắn.",
        **{"new-0.1": "Thêm ví dụ."},
    )

    assert "no longer, yours to judge" in page.text
    kept = [area.text for area in page.all("textarea")]
    assert kept == ["Thêm ví dụ.", "Bài viết tốt nhưng còn ngắn."]
    town.see(of_an)
    assert of_an.state is State.SUBMITTED
    assert "Nêu số liệu." in binh.visit("/review/").text
    assert "Nêu số liệu." not in as_(town.lan).visit(f"/review/{of_an.id}").text
    town.db.rollback()
    assert town.db.scalars(select(Comment.sent_at)).all() == [None]


def test_a_stranger_learns_nothing_from_the_kept_words(town: World, as_: SignIn) -> None:
    of_an, _ = in_figures(town)

    page = as_(town.chi).post(
        f"/review/{of_an.id}/decision", status=404, version="1", remark="Thử xem sao."
    )
    other = as_(town.chi).post(
        f"/review/{town.an.id}/decision", status=404, version="1", remark="Thử xem sao."
    )

    assert page.text == other.text
    assert "Nguyễn Văn An" not in page.text


def test_a_day_to_come_changes_nothing_before_it(
    town: World, as_: SignIn, clock: StoppedClock
) -> None:
    in_figures(town)

    page = as_(town.dung).post(address(town), who=town.lan.card_number, since="27/11/2026")

    assert "Trần Thị Lan takes up the post on 27/11/2026." in page.text
    assert "Nguyễn Văn An" in as_(town.binh).visit("/review/").text
    clock.moment = NOW + timedelta(days=2)
    assert "Nguyễn Văn An" in as_(town.lan).visit("/review/").text
    assert "Nothing waits for review" in as_(town.binh).visit("/review/").text


def test_what_cannot_be_is_said_beside_its_field_and_every_word_stays(
    town: World, as_: SignIn
) -> None:
    dung = as_(town.dung)

    page = dung.visit(f"{address(town)}?who={town.hoa.card_number}&since=25/11/2026", status=422)
    assert "is not a member of this cell" in page.one("p", id="who-e").text

    page = dung.post(address(town), status=422, who="nguyen van an", since="1/1/2020", basis="Số 9")
    assert "after the first day of the former, 01/01/2020" in page.one("p", id="since-e").text
    assert page.one("input", id="basis")["value"] == "Số 9"
    assert page.one("input", id="who")["value"] == "nguyen van an"


def test_only_an_administrator_hands_over_the_post_of_one(town: World, as_: SignIn) -> None:
    asked = f"{address(town, 'em')}"

    as_(town.dung).visit(asked, status=403)
    as_(town.dung).post(asked, status=403, who=town.an.card_number, since="25/11/2026")
    as_(town.em).post(asked, who=town.an.card_number, since="25/11/2026")

    town.db.rollback()
    assert town.actor(town.an).holds(Post.ADMIN)


def test_an_appointment_opens_essays_under_way_to_the_committee(town: World, as_: SignIn) -> None:
    _, of_lan = in_figures(town)

    as_(town.dung).post(
        f"/org/units/{town.cell.id}/posts", post="deputy", who=town.lan.card_number,
        since="25/11/2026",
    )  # fmt: skip

    town.see(of_lan)
    assert of_lan.author_leads


def test_whoever_lays_down_is_told_who_reads_on_or_that_nobody_does(
    town: World, as_: SignIn
) -> None:
    in_figures(town)
    lay_down = address(town).replace("hand-over", "lay-down")
    dung = as_(town.dung)
    assert "judged by Phạm Hương Giang" in dung.visit(lay_down).text

    town.db.rollback()
    of_giang = town.db.scalars(
        select(Appointment).where(Appointment.user_id == town.giang.id)
    ).one()
    service.lay_down(town.db, of_giang, until=TODAY - ONE_DAY, by=None, now=NOW)
    town.db.commit()

    assert "Then nobody can judge the essays of the cell: 2 wait now." in dung.visit(lay_down).text


def test_terms_that_end_and_cells_without_secretary_stand_where_they_are_seen(
    town: World, as_: SignIn
) -> None:
    in_figures(town)
    for name, until in (("binh", TODAY + 10 * ONE_DAY), ("chi", TODAY - ONE_DAY)):
        held = select(Appointment).where(Appointment.user_id == getattr(town, name).id)
        town.db.scalars(held).one().until = until
    town.essay(town.hoa, round_=town.round(title="Đợt khác"), state=State.SUBMITTED)
    town.db.commit()
    dung = as_(town.dung)

    for page in ("/", f"/org/units/{town.district.id}"):
        text = dung.visit(page).text
        assert "1 term ends soon" in text
        assert "Lê Quang Bình: Secretary, Chi bộ Văn phòng, until 05/12/2026" in text
        assert "1 cell has no secretary" in text
        assert "no deputy either. 1 essay waits and nobody may judge it." in text
    assert "1 cell has no secretary" in dung.visit(f"/org/units/{town.other_cell.id}").text
    assert "1 term ends soon" in dung.visit(f"/org/units/{town.cell.id}").text
    for name, page in (("binh", "/"), ("phuc", "/"), ("phuc", f"/org/units/{town.district.id}")):
        assert "term ends soon" not in as_(getattr(town, name)).visit(page).text


def test_an_assigned_follower_reads_and_judges_nothing(town: World, as_: SignIn) -> None:
    of_an, _ = in_figures(town)
    town.db.add(Appointment(user=town.hoa, unit=town.cell, post=Post.OVERSEER, since=LONG_AGO))
    town.db.commit()
    hoa = as_(town.hoa)

    assert "Nguyễn Văn An" in hoa.visit(f"/essays/{of_an.id}").text
    assert "Nguyễn Văn An" in hoa.visit(f"/org/units/{town.cell.id}").text
    hoa.visit(f"/review/{of_an.id}", status=403)
    assert "Nothing waits for review" in hoa.visit("/review/").text
    hoa.visit(f"/org/units/{town.cell.id}/posts", status=403)
    assert hoa.visit(f"/org/members/{membership_of(town.db, town.an).id}").status == 200


def test_the_preview_asks_a_constant_number_of_questions(
    town: World, as_: SignIn, app: Flask
) -> None:
    for n in range(10):
        town.essay(town.an, round_=town.round(title=f"Đợt {n}"), state=State.SUBMITTED)
    town.db.commit()
    dung, asked = as_(town.dung), f"{address(town)}?who={town.lan.card_number}&since=1/12/2026"

    with counted_in(app) as seen:
        dung.visit(asked)

    assert len(seen) <= 16, "\n".join(seen)
