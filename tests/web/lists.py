"""A list to import, and how a person goes through the pages on which it is taken over."""

import io
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from studyhub.accounts.models import User
from studyhub.org.models import Unit
from tests.roster import makers
from tests.roster.makers import HEADER, person
from tests.web.browser import Browser, Page
from tests.world import World

NEW = person("Đặng Văn Mới", cell="Chi bộ Mới", post="Bí thư chi bộ")


def upload(
    browser: Browser, unit: Unit, *rows: Sequence[object], status: int = 200, **changes: Any
) -> Page:
    header = changes.pop("header", HEADER)
    data = changes.pop("data", None) or makers.xlsx(rows, header)
    fields = {"as_of": "25/11/2026", "file": (io.BytesIO(data), "danh sách.xlsx"), **changes}
    return browser.post(f"/roster/{unit.id}", status=status, **fields)


def filled(page: Page, **changes: Any) -> dict[str, Any]:
    """The fields of the page as a browser would send them."""
    fields: dict[str, Any] = {}
    for box in page.all("input"):
        if box.attrs.get("type") != "checkbox" or "checked" in box.attrs:
            fields.setdefault(box.attrs.get("name", ""), []).append(box.attrs.get("value", ""))
    return {name: value for name, value in fields.items() if name != "csrf_token"} | changes


def go(
    browser: Browser, unit: Unit, step: str, page: Page, status: int = 200, **changes: Any
) -> Page:
    return browser.post(f"/roster/{unit.id}/{step}", status=status, **filled(page, **changes))


def people(town: World) -> int:
    town.db.rollback()
    return town.db.scalar(select(func.count()).select_from(User)) or 0


def figures(page: Page) -> list[str]:
    """New, changed, unchanged, missing, in error."""
    return [figure.text for figure in page.all("b", class_="big")]
