"""The page that tells who may do what."""

from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import World


def test_an_administrator_comes_to_the_law_from_the_tree(town: World, as_: SignIn) -> None:
    browser = as_(town.em)
    link = next(a for a in browser.visit("/org/").all("a") if a.text == "Who may do what")

    page = browser.visit(link["href"])

    row = _row(page.text, "Write an essay, and see its draft", "Comment on an essay")
    assert "Nobody but the author, whatever office they hold. Whose it is" in row
    assert "Secretary" not in row


def test_an_act_that_depends_says_so(town: World, as_: SignIn) -> None:
    page = as_(town.dung).visit("/org/law")

    row = _row(page.text, "Read an essay", "Write an essay")
    assert "Committee officer, at times" in row
    assert "Administrator" not in row


def test_the_law_is_shown_to_those_who_keep_it(town: World, as_: SignIn) -> None:
    for person in (town.an, town.binh, town.phuc):
        as_(person).visit("/org/law", status=404)


def test_a_stranger_is_asked_to_sign_in(town: World, visitor: Browser) -> None:
    assert "Sign in" in visitor.visit("/org/law").text


def _row(text: str, title: str, following: str) -> str:
    return text.split(title, 1)[1].split(following, 1)[0]
