"""Signing in, choosing a password, ending visits, and words kept on the way."""

import pytest

from studyhub.access.actors import actor_of
from studyhub.accounts import passwords, service
from studyhub.audit.models import AuditEntry
from studyhub.kernel.clock import StoppedClock
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import NOW, PASSWORD, TODAY, World


def attempt(browser: Browser, name: str, password: str, status: int | None = None) -> str:
    return browser.post("/sign-in", name=name, password=password, status=status).text


def test_a_member_signs_in_with_the_card_number_as_it_is_printed(
    town: World, visitor: Browser
) -> None:
    number = town.an.card_number or ""
    printed = f" {number[:4]} {number[4:8]} {number[8:]} "

    page = visitor.post("/sign-in", name=printed, password=PASSWORD)

    assert "Nguyễn Văn An" in page.text
    assert town.db.query(AuditEntry).filter_by(deed="account.signed_in").count() == 1


def test_known_and_unknown_names_are_answered_alike(town: World, visitor: Browser) -> None:
    known = attempt(visitor, town.an.email or "", "wrong", status=422)
    unknown = attempt(visitor, "nobody@example.vn", "wrong", status=422)

    assert known.replace(town.an.email or "", "") == unknown.replace("nobody@example.vn", "")
    assert "4 attempts left" in known


@pytest.mark.parametrize("name", ["nobody@example.vn", "an"])
def test_five_wrong_attempts_lock_the_name_for_a_while_known_or_not(
    town: World, visitor: Browser, clock: StoppedClock, name: str
) -> None:
    who = town.an.email or "" if name == "an" else name
    for _ in range(5):
        attempt(visitor, who, "wrong", status=422)
        clock.advance(seconds=30)

    text = attempt(visitor, who, PASSWORD, status=429)

    assert "Too many wrong attempts. Try again at 09:17" in text


def test_after_a_while_the_right_password_opens_again(
    town: World, visitor: Browser, clock: StoppedClock
) -> None:
    for _ in range(5):
        attempt(visitor, town.an.email or "", "wrong")
        clock.advance(seconds=30)
    clock.advance(minutes=16)

    assert "Nguyễn Văn An" in attempt(visitor, town.an.email or "", PASSWORD)


def test_the_third_wrong_attempt_makes_the_next_one_wait(
    town: World, visitor: Browser, clock: StoppedClock
) -> None:
    for _ in range(3):
        attempt(visitor, town.an.email or "", "wrong", status=422)

    assert "Wait a few seconds" in attempt(visitor, town.an.email or "", PASSWORD, status=429)
    clock.advance(seconds=6)
    assert "Nguyễn Văn An" in attempt(visitor, town.an.email or "", PASSWORD)


def test_the_typed_name_comes_back_and_the_password_does_not(town: World, visitor: Browser) -> None:
    page = visitor.post("/sign-in", name="000 111", password="secret-words", status=422)

    assert page.one("input", id="name")["value"] == "000 111"
    assert "secret-words" not in page.source


def test_a_signed_out_person_is_taken_back_to_where_they_were(
    town: World, visitor: Browser
) -> None:
    page = visitor.visit("/account")
    assert page.one("input", id="name")

    goal = page.all("input", name="next")[0]["value"]
    after = visitor.post("/sign-in", name=town.an.email, password=PASSWORD, next=goal)

    assert goal == "/account"
    assert "What is kept about me" in after.text


@pytest.mark.parametrize("goal", ["https://example.com/", "//example.com", "/\\example.com", "x"])
def test_nobody_is_led_to_another_site(town: World, visitor: Browser, goal: str) -> None:
    answer = visitor.client.post(
        "/sign-in",
        data={
            "csrf_token": visitor.token(), "name": town.an.email, "password": PASSWORD,
            "next": goal,
        },
    )  # fmt: skip

    assert answer.headers["Location"] == "/"


def test_the_first_visit_asks_for_a_new_password(town: World, visitor: Browser) -> None:
    first = service.give_first_password(town.db, town.an, by=None, now=NOW)
    town.db.commit()
    visitor.post("/sign-in", name=town.an.email, password=first)

    assert "Choose a password" in visitor.visit("/account").text
    page = visitor.post("/account/password", new="sáng nay trời mưa", again="sáng nay trời mưa")

    assert "The new password is set" in page.text
    town.see(town.an)
    assert passwords.matches(town.an.password_hash, "sáng nay trời mưa")
    assert not town.an.must_change_password


@pytest.mark.parametrize(
    ("new", "again", "told"),
    [
        ("ngắn", "ngắn", "at least 8"),
        ("một câu dài", "câu khác hẳn", "differ"),
        ("12345678", "12345678", "guessed first"),
        ("Nguyễn Văn An", "Nguyễn Văn An", "guessed first"),
    ],
)
def test_a_password_that_will_not_do_says_why(
    town: World, as_: SignIn, new: str, again: str, told: str
) -> None:
    page = as_(town.an).post(
        "/account/password", present=PASSWORD, new=new, again=again, status=422
    )

    assert told in page.text


def test_the_present_password_is_asked_for(town: World, as_: SignIn) -> None:
    page = as_(town.an).post(
        "/account/password", present="wrong", new="một câu dài", again="một câu dài", status=422
    )

    assert "not your present password" in page.text


def test_signing_out_everywhere_ends_the_visit_on_another_machine(town: World, as_: SignIn) -> None:
    here, there = as_(town.an), as_(town.an)

    here.post("/account/sign-out-everywhere")

    assert there.visit("/account").one("input", id="name")


def test_signing_out_is_a_post(town: World, as_: SignIn) -> None:
    an = as_(town.an)

    assert an.client.get("/sign-out").status_code == 405
    an.post("/sign-out")

    assert an.visit("/account").one("input", id="name")


def test_words_sent_after_the_visit_ended_are_kept_through_the_sign_in(
    town: World, as_: SignIn
) -> None:
    an = as_(town.an)
    service.sign_out_everywhere(town.db, town.an, by=actor_of(town.db, town.an.id, TODAY), now=NOW)
    town.db.commit()

    kept = an.post("/account/password", words="Ba bốn chữ tôi đã gõ", new="bí mật lắm", status=401)
    after = an.post(
        "/sign-in",
        name=town.an.email,
        password=PASSWORD,
        kept=kept.one("input", name="kept")["value"],
    )

    assert "Ba bốn chữ tôi đã gõ" in kept.text
    assert "bí mật lắm" not in kept.source
    assert after.one("input", name="words")["value"] == "Ba bốn chữ tôi đã gõ"


def test_kept_words_are_not_shown_to_somebody_else_who_signs_in(town: World, as_: SignIn) -> None:
    an = as_(town.an)
    service.sign_out_everywhere(town.db, town.an, by=actor_of(town.db, town.an.id, TODAY), now=NOW)
    town.db.commit()
    kept = an.post("/account/password", words="Ba bốn chữ tôi đã gõ", status=401)

    after = an.post(
        "/sign-in",
        name=town.lan.email,
        password=PASSWORD,
        kept=kept.one("input", name="kept")["value"],
    )

    assert "Ba bốn chữ" not in after.source
    assert "Trần Thị Lan" in after.text


def test_words_sent_from_an_old_page_are_kept(town: World, as_: SignIn) -> None:
    an = as_(town.an)

    page = an.post("/account/password", csrf_token="old.token", words="Ba bốn chữ đã gõ")

    assert page.status == 403
    assert page.one("input", name="words")["value"] == "Ba bốn chữ đã gõ"


def test_a_form_from_another_site_is_refused(town: World, as_: SignIn) -> None:
    an = as_(town.an)

    answer = an.client.post(
        "/account/sign-out-everywhere",
        data={"csrf_token": an.token()},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403


def test_a_closed_account_cannot_sign_in(town: World, visitor: Browser) -> None:
    town.an.closed_at = NOW
    town.db.commit()

    attempt(visitor, town.an.email or "", PASSWORD, status=422)


def test_a_faked_cookie_is_nobody(town: World, visitor: Browser) -> None:
    with visitor.client.session_transaction() as session:
        session["_user_id"] = "not-a-person:1"

    assert visitor.visit("/account").one("input", id="name")
