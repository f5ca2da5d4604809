"""People who use a browser: walks are told in their words, not in selectors."""

from typing import Self

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from studyhub.accounts.models import User
from tests.world import PASSWORD

DESK = ViewportSize(width=1366, height=900)
PHONE = ViewportSize(width=390, height=844)


class Person:
    """Somebody at a machine of their own."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        script: bool = True,
        size: ViewportSize = DESK,
        touch: bool = False,
    ) -> None:
        self.address = address
        self.context = browser.new_context(
            viewport=size, locale="vi-VN", java_script_enabled=script, base_url=address,
            has_touch=touch,
        )  # fmt: skip
        self.context.add_cookies([{"name": "language", "value": "en", "url": address}])
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def signs_in(self, user: User) -> Self:
        """At the sign-in page, with the e-mail address."""
        self.opens("/sign-in")
        self.types("Card number or e-mail", user.email or "")
        self.types("Password", PASSWORD)
        self.presses("Sign in")
        self.page.get_by_role("heading", name="Hello, comrade").wait_for()
        return self

    def opens(self, path: str) -> Self:
        """By its address."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        return self

    def follows(self, name: str) -> Self:
        """The first link of this name."""
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()
        return self

    def presses(self, name: str) -> Self:
        """The first button of this name."""
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()
        return self

    def types(self, label: str, text: str) -> Self:
        """Into the field with this label, over what stood there."""
        self.page.get_by_label(label, exact=True).first.fill(text)
        return self

    def ticks(self, label: str) -> Self:
        """A box or a choice."""
        self.page.get_by_label(label).first.check()
        return self

    def hands_in(self) -> Self:
        """From the writing page, past the preview, with the statement."""
        self.presses("Hand in").sees("Before you hand in")
        return self.ticks("I wrote this essay myself").presses("Hand in").sees("BTH-")

    def sees(self, text: str) -> Self:
        """Somewhere on the page, now or in a moment."""
        self.page.get_by_text(text).first.wait_for()
        return self

    def says(self) -> str:
        """All that stands in the main part."""
        return self.page.locator("main").inner_text()


def violations(page: Page) -> list[str]:
    """What axe-core objects to on this page."""
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url}: {one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}" for one in found
    ]
