"""Reorganizing on the pages, in one line each."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from studyhub.kernel.actor import Post
from studyhub.kernel.database import Base
from studyhub.org import service as org
from studyhub.org.models import Appointment, Unit, UnitKind
from studyhub.org.succession import Reorganization
from tests.reorganization.office import BASIS
from tests.web.browser import Browser, Page
from tests.world import LONG_AGO, NOW, World

NEW_YEAR = "01/01/2027"


def path(unit: Unit, act: str = "") -> str:
    return f"/reorganizations/units/{unit.id}" + (f"/{act}" if act else "")


def merging(town: World, **facts: Any) -> dict[str, Any]:
    """What is typed to merge cell two into cell one."""
    typed = {"units": str(town.other_cell.id), "target": str(town.cell.id), "basis": BASIS}
    return {**typed, "day": "25/11/2026", **facts}


def does(browser: Browser, url: str, **typed: Any) -> Page:
    """Looks at what will happen, then does exactly that."""
    shown = browser.post(url, status=200, step="look", **typed)
    seen = shown.one("input", type="hidden", name="seen")["value"]
    return browser.post(url, status=200, step="do", seen=seen, **typed)


def chosen(page: Page, name: str) -> Sequence[str]:
    return [e["value"] for e in page.all("input", name=name) if "checked" in e.attrs]


def rows(town: World) -> dict[str, int]:
    town.db.rollback()
    tables = Base.metadata.sorted_tables
    return {one.name: town.db.scalar(select(func.count()).select_from(one)) or 0 for one in tables}


def the_act(town: World) -> Reorganization:
    town.db.rollback()
    return town.db.scalars(select(Reorganization)).one()


def beside(town: World) -> tuple[Unit, Unit]:
    """A section of the district with a cell of its own, kept by Phuc."""
    section = org.found_unit(
        town.db, town.district, kind=UnitKind.SECTION, name="Đảng bộ bộ phận", since=LONG_AGO,
        by=None, now=NOW,
    )  # fmt: skip
    cell = org.found_unit(
        town.db, section, kind=UnitKind.CELL, name="Chi bộ Bộ phận", since=LONG_AGO, by=None,
        now=NOW,
    )  # fmt: skip
    town.db.add(Appointment(user=town.phuc, unit=section, post=Post.OFFICER, since=LONG_AGO))
    town.db.commit()
    return section, cell


def another_cell(town: World, name: str) -> Unit:
    cell = org.found_unit(
        town.db, town.district, kind=UnitKind.CELL, name=name, since=LONG_AGO, by=None, now=NOW
    )
    town.db.commit()
    return cell
