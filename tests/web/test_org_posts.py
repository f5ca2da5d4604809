"""Posts and first passwords: who may give which to whom."""

from sqlalchemy import select

from studyhub.accounts import passwords
from studyhub.accounts.models import User
from studyhub.kernel.actor import Post
from studyhub.org.models import Appointment
from tests.org.people import membership_of
from tests.web.conftest import SignIn
from tests.world import LONG_AGO, TODAY, World


def test_a_post_is_given_by_name_and_laid_down(town: World, as_: SignIn) -> None:
    dung = as_(town.dung)
    posts = f"/org/units/{town.cell.id}/posts"

    page = dung.post(
        posts, post="committee_member", who="nguyen van an", since="25/11/2026", until="", basis=""
    )
    assert "Nguyễn Văn AnCell committee member, since 25/11/2026" in page.text

    town.db.rollback()
    given = town.db.scalars(select(Appointment).where(Appointment.user_id == town.an.id)).one()
    dung.post(f"{posts}/{given.id}/lay-down", until="25/11/2026", basis="Số 5")
    town.see(given)
    assert (given.until, given.until_basis) == (TODAY, "Số 5")


def test_a_second_secretary_is_refused_and_told_who_holds_the_post(
    town: World, as_: SignIn
) -> None:
    page = as_(town.dung).post(
        f"/org/units/{town.cell.id}/posts",
        status=422,
        post="secretary",
        who=town.an.card_number,
        since="25/11/2026",
    )

    assert "Lê Quang Bình holds this post since 01/01/2020" in page.one("p", id="post-e").text
    assert page.one("input", id="who")["value"] == town.an.card_number


def test_people_of_the_same_name_are_told_apart_by_card_number(town: World, as_: SignIn) -> None:
    twin = town.person("Nguyễn Văn An", town.other_cell)
    twin.card_number, twin.email = "00009999", "twin@example.vn"
    town.db.commit()

    page = as_(town.dung).post(
        f"/org/units/{town.cell.id}/posts",
        status=422,
        post="deputy",
        who="Nguyễn Văn An",
        since="25/11/2026",
    )

    assert "2 people bear this name" in page.text


def test_somebody_from_outside_is_added_with_a_post(town: World, as_: SignIn) -> None:
    dung = as_(town.dung)

    slip = dung.post(
        f"/org/units/{town.other_cell.id}/add-officer",
        full_name="Trịnh Thu Trang",
        card_number="",
        email="trang@example.vn",
        post="overseer",
        since="25/11/2026",
    )

    assert "trang@example.vn" in slip.text
    town.db.rollback()
    trang = town.db.scalars(select(User).where(User.full_name == "Trịnh Thu Trang")).one()
    assert town.actor(trang).territories == {Post.OVERSEER: ("1/2/",)}


def test_only_an_administrator_makes_and_unmakes_administrators(town: World, as_: SignIn) -> None:
    posts = f"/org/units/{town.district.id}/posts"
    of_em = town.db.scalars(select(Appointment).where(Appointment.post == Post.ADMIN)).one()
    wanted = {"post": "admin", "who": town.an.card_number, "since": "25/11/2026"}

    as_(town.dung).post(posts, status=422, **wanted)
    as_(town.dung).visit(f"{posts}/{of_em.id}/lay-down", status=403)
    as_(town.em).post(posts, status=200, **wanted)

    town.db.rollback()
    assert town.actor(town.an).holds(Post.ADMIN)


def test_a_post_of_another_unit_is_not_found_here(town: World, as_: SignIn) -> None:
    of_chi = town.db.scalars(select(Appointment).where(Appointment.user_id == town.chi.id)).one()

    as_(town.dung).visit(f"/org/units/{town.cell.id}/posts/{of_chi.id}/lay-down", status=404)


def test_a_new_first_password_voids_the_old_one(town: World, as_: SignIn) -> None:
    an = as_(town.an)
    before = town.an.password_hash

    slip = as_(town.dung).post(f"/org/members/{membership_of(town.db, town.an).id}/first-password")

    town.see(town.an)
    assert passwords.matches(town.an.password_hash, slip.one("b", class_="code").text)
    assert town.an.password_hash != before
    assert an.visit("/account").one("h1").text != "My account"


def test_a_password_lends_no_power_that_the_giver_lacks(town: World, as_: SignIn) -> None:
    town.db.add(Appointment(user=town.an, unit=town.district, post=Post.ADMIN, since=LONG_AGO))
    cell_officer = town.person("Trịnh Thu Trang", town.other_cell)
    town.db.add(Appointment(user=cell_officer, unit=town.cell, post=Post.OFFICER, since=LONG_AGO))
    town.db.add(Appointment(user=town.lan, unit=town.district, post=Post.OVERSEER, since=LONG_AGO))
    town.db.commit()

    for giver, taker, status in (
        (town.dung, town.an, 403),
        (cell_officer, town.lan, 403),
        (cell_officer, town.giang, 200),
        (town.em, town.an, 200),
    ):
        page = f"/org/members/{membership_of(town.db, taker).id}/first-password"
        as_(giver).visit(page, status=status)
        as_(giver).post(page, status=status)


def test_an_outside_officer_gets_a_new_password_through_the_post(town: World, as_: SignIn) -> None:
    of_phuc = town.db.scalars(select(Appointment).where(Appointment.user_id == town.phuc.id)).one()
    page = f"/org/units/{town.district.id}/posts/{of_phuc.id}/first-password"
    dung = as_(town.dung)

    dung.visit(page)
    slip = dung.post(page)

    town.see(town.phuc)
    assert passwords.matches(town.phuc.password_hash, slip.one("b", class_="code").text)


def test_the_particulars_of_an_outside_officer_are_corrected(town: World, as_: SignIn) -> None:
    of_phuc = town.db.scalars(select(Appointment).where(Appointment.user_id == town.phuc.id)).one()
    page = f"/org/units/{town.district.id}/posts/{of_phuc.id}/change"
    dung = as_(town.dung)

    dung.visit(page)
    dung.post(page, full_name="Trần Phúc", born_on="", card_number="", phone="", email="P@x.vn")

    town.see(town.phuc)
    assert (town.phuc.full_name, town.phuc.email) == ("Trần Phúc", "p@x.vn")


def test_a_post_given_to_a_stranger_opens_no_register(town: World, as_: SignIn) -> None:
    officer = town.person("Trịnh Thu Trang", town.other_cell)
    town.db.add(Appointment(user=officer, unit=town.cell, post=Post.OFFICER, since=LONG_AGO))
    lent = Appointment(user=town.chi, unit=town.cell, post=Post.OVERSEER, since=LONG_AGO)
    town.db.add(lent)
    town.db.commit()
    page = f"/org/units/{town.cell.id}/posts/{lent.id}/change"

    as_(officer).visit(page, status=403)
    as_(officer).post(page, status=403)
