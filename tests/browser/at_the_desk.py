"""What the walks over the writing page have in common."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page

from studyhub.essays.models import Essay
from tests.browser.people import Person
from tests.world import PASSWORD, World

PART = "Nhận thức"


def writes_in(person: Person, essay: Essay) -> Locator:
    """The first field of the writing page, opened and looked after by the script."""
    person.opens(f"/essays/{essay.id}/edit")
    return ready(person.page)


def ready(page: Page) -> Locator:
    """The first field of the page, once the script looks after it."""
    page.locator("form[data-ready]").wait_for()
    return page.get_by_label(PART, exact=True)


def saves(person: Person, deed: Callable[[], object]) -> None:
    """Do it, and wait until the server says that it has what was typed."""
    with person.page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.ok):
        deed()


def kept(city: World, essay: Essay) -> str:
    """What the server has of the first part."""
    city.see(essay)
    return essay.draft.get(str(essay.round.questions[0].id), "")


def signs_in_there(person: Person, email: str, password: str = PASSWORD) -> Person:
    """In the layer over the writing page, from the button that says why."""
    layer = person.page.locator("dialog[open]")
    if not layer.is_visible():
        person.presses("Sign in")
    layer.get_by_label("Card number or e-mail").fill(email)
    layer.get_by_label("Password").fill(password)
    layer.get_by_role("button", name="Sign in").click()
    return person


def is_shelved(person: Person, essay: Essay) -> None:
    """Wait until the browser can open the page without a connection."""
    person.page.wait_for_function(
        """async (path) => navigator.serviceWorker.controller
            && (await (await caches.open("studyhub-essays")).match(path))
            && (await (await caches.open("studyhub-essays")).keys()).length > 5""",
        arg=f"/essays/{essay.id}/edit",
    )
