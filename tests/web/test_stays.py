"""Temporary activity on the pages: shown first, seen by both cells, counted in one."""

from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from studyhub.org import service
from studyhub.org.stays import Stay
from studyhub.study.models import Attendance, Presence
from tests.org.people import membership_of
from tests.statements import counted_in
from tests.web.conftest import SignIn
from tests.world import NOW, TODAY, World

UNTIL = date(2027, 5, 18)


def begin(town: World) -> Stay:
    """An, of cell one, is a guest of cell two."""
    stay = service.begin_stay(
        town.db, town.an, town.other_cell, since=TODAY, until=UNTIL, basis="Số 12", by=None,
        now=NOW,
    )  # fmt: skip
    town.db.commit()
    return stay


def page_of(town: World) -> str:
    return f"/org/members/{membership_of(town.db, town.an).id}"


def test_it_is_shown_before_it_is_done(town: World, as_: SignIn) -> None:
    town.round(title="Đợt đang mở")
    town.db.commit()
    asked = f"{page_of(town)}/stay?to={town.other_cell.id}&on=20/5/2026&until=20/5/2027&basis=S1"

    page = as_(town.dung).visit(asked)

    assert "20/05/2026 to 20/05/2027" in page.text
    assert "counted once, in Chi bộ Văn phòng" in page.text
    assert "Đợt đang mở (Chi bộ Văn phòng)" in page.text
    assert "There nothing changes" in page.text
    assert "12 months or more: usual only for studies" in page.text
    assert town.db.scalars(select(Stay)).all() == []


def test_an_unusual_length_is_a_warning_and_no_refusal(town: World, as_: SignIn) -> None:
    page = as_(town.dung).post(
        f"{page_of(town)}/stay", to=str(town.other_cell.id), on="25/11/2026", until="1/12/2026"
    )

    assert "The stay with Chi bộ Thanh tra is recorded." in page.text
    assert "Temporary activity with Chi bộ Thanh tra, 25/11/2026 to 01/12/2026." in page.text
    assert "Temporary activity in another cell" in page.one("ol", class_="steps").text


def test_what_cannot_be_comes_back_with_every_word(town: World, as_: SignIn) -> None:
    page = as_(town.dung).post(
        f"{page_of(town)}/stay", to=str(town.other_cell.id), on="25/11/2026", until="1/11/2026",
        basis="Số 12",
    )  # fmt: skip

    assert page.status == 422
    assert "must not be before the first" in page.text
    assert page.one("input", id="basis")["value"] == "Số 12"


def test_both_cell_pages_tell_it_and_count_once(town: World, as_: SignIn) -> None:
    begin(town)

    host = as_(town.chi).visit(f"/org/units/{town.other_cell.id}")
    home = as_(town.binh).visit(f"/org/units/{town.cell.id}")

    assert "Members on temporary activity here" in host.text
    assert "Not among the figures of this cell" in host.text
    assert "Nguyễn Văn An" in host.text
    assert host.one("p", class_="lead").text == "2 members"
    assert "on temporary activity with Chi bộ Thanh tra until 18/05/2027" in home.text
    assert home.one("p", class_="lead").text == "4 members"


def test_members_without_a_post_do_not_see_the_guests(town: World, as_: SignIn) -> None:
    begin(town)

    assert "Nguyễn Văn An" not in as_(town.hoa).visit(f"/org/units/{town.other_cell.id}").text


def test_the_host_sees_limited_particulars_and_changes_nothing(town: World, as_: SignIn) -> None:
    stay = begin(town)
    town.an.phone = "0912 345 678"
    town.db.commit()
    chi = as_(town.chi)

    page = chi.visit(f"/org/stays/{stay.id}")

    for word in ("Nguyễn Văn An", "Chi bộ Văn phòng", "Official member", "25/11/2026 to"):
        assert word in page.text
    assert town.an.phone not in page.text
    assert (town.an.card_number or "") not in page.text
    chi.visit(page_of(town), status=404)
    chi.visit(f"/org/stays/{stay.id}/change", status=403)
    chi.post(f"/org/stays/{stay.id}/take-back", status=403)


def test_a_stranger_does_not_learn_of_it(town: World, as_: SignIn) -> None:
    stay = begin(town)

    as_(town.hoa).visit(f"/org/stays/{stay.id}", status=404)
    as_(town.lan).visit(f"/org/stays/{stay.id}", status=404)


def test_it_is_ended_earlier_extended_and_taken_back(town: World, as_: SignIn) -> None:
    stay = begin(town)
    dung, change = as_(town.dung), f"/org/stays/{stay.id}/change"

    dung.post(change, until="1/12/2026", basis="Số 20")
    town.see(stay)
    assert stay.until == date(2026, 12, 1)
    dung.post(change, until="1/3/2027")
    town.see(stay)
    assert stay.until == date(2027, 3, 1)
    assert dung.post(change, until="1/3/2027").status == 422
    page = dung.post(f"/org/stays/{stay.id}/take-back")

    assert "Recorded by mistake" in page.text
    assert "Temporary activity taken back" in dung.visit(page_of(town)).text


def test_the_member_sees_it_on_the_own_account(town: World, as_: SignIn) -> None:
    begin(town)

    page = as_(town.an).visit("/account")

    assert "Chi bộ Văn phòng" in page.text
    assert "Chi bộ Thanh tra, 25/11/2026 to 18/05/2027" in page.text


def test_the_host_calls_the_roll_for_its_guest(town: World, as_: SignIn) -> None:
    begin(town)
    session = town.session(town.round())
    town.db.commit()
    chi, roll = as_(town.chi), f"/sessions/{session.id}/roll-call/{town.other_cell.id}"

    page = chi.visit(roll)
    assert "Guests on temporary activity" in page.text
    assert "0 present + 0 excused + 2 absent = 2" in page.text
    said: dict[str, Any] = {f"{town.an.id}-presence": "on_site", "go": "save"}
    page = chi.post(roll, **said)

    town.db.rollback()
    record = town.db.get_one(Attendance, (session.id, town.an.id))
    assert (record.presence, record.recorded_by) == (Presence.ON_SITE, town.chi.id)
    assert "0 present + 0 excused + 2 absent = 2" in page.text
    home = as_(town.binh).visit(f"/sessions/{session.id}/roll-call/{town.cell.id}")
    assert "1 present + 0 excused + 3 absent = 4" in home.text


def test_the_host_calls_the_roll_in_a_round_that_asks_nothing_of_its_own_members(
    town: World, as_: SignIn
) -> None:
    round_ = town.round(summoned=[town.an])
    round_.audience[0].unit = town.cell
    session = town.session(round_)
    town.db.commit()
    chi, overview = as_(town.chi), f"/sessions/{session.id}/roll"
    chi.visit(overview, status=404)
    begin(town)

    assert round_.title in chi.visit("/rounds/").text
    chi.visit(f"/rounds/{round_.id}")
    chi.visit("/completion/")
    chi.visit(f"/sessions/{session.id}")
    page = chi.visit(overview)
    assert "Nobody to call" not in page.text
    roll = page.one("a", href=f"/sessions/{session.id}/roll-call/{town.other_cell.id}")
    assert roll.text == "Chi bộ Thanh tra"
    said: dict[str, Any] = {f"{town.an.id}-presence": "on_site", "go": "save"}
    chi.post(roll["href"], **said)

    town.db.rollback()
    record = town.db.get_one(Attendance, (session.id, town.an.id))
    assert (record.presence, record.recorded_by) == (Presence.ON_SITE, town.chi.id)
    as_(town.hoa).visit(f"/rounds/{round_.id}", status=404)


def test_the_host_sees_how_far_the_guest_is_apart_from_its_figures(
    town: World, as_: SignIn
) -> None:
    begin(town)
    round_ = town.round()
    essay = town.essay(town.an, round_=round_, text="Điều chỉ chi bộ chính thức đọc.")
    town.db.commit()

    page = as_(town.chi).visit(f"/completion/{round_.id}/{town.other_cell.id}")

    guests = page.one("section", aria_labelledby="guests-h").text
    assert "Nguyễn Văn An" in guests
    assert "Chi bộ Văn phòng" in guests
    assert "0 /2" in page.one("dl", class_="kpis").text
    assert str(essay.id) not in page.source
    assert "Điều chỉ" not in page.source


def test_the_cell_page_asks_no_more_questions_for_more_guests(
    app: Flask, town: World, as_: SignIn
) -> None:
    begin(town)
    chi, path = as_(town.chi), f"/org/units/{town.other_cell.id}"
    chi.visit(path)
    with counted_in(app) as one:
        chi.visit(path)
    service.begin_stay(
        town.db, town.lan, town.other_cell, since=TODAY, until=TODAY + timedelta(days=99), by=None,
        now=NOW,
    )  # fmt: skip
    town.db.commit()

    with counted_in(app) as two:
        chi.visit(path)

    assert len(two) == len(one) <= 12
