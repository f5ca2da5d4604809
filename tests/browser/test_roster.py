"""The sample roster, from a file to the members of a cell, in an organization with no cell yet."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from studyhub.accounts import service as accounts
from studyhub.accounts.models import User
from studyhub.kernel.actor import Post
from studyhub.org import service as org
from studyhub.org.models import UnitKind
from tests.browser.people import DESK, PHONE, Person, violations
from tests.databases import empty
from tests.roster import makers
from tests.world import LONG_AGO, NOW, PASSWORD_HASH

AtWork = Callable[..., Person]
ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "danh-sach-dang-vien.xlsx"
OWN = ROOT / "studyhub" / "demonstration" / "members.tsv"
CELL = "Chi bộ Văn phòng Sở"


@pytest.fixture
def administrator(walked: Engine) -> Iterator[User]:
    """The administrator of an organization that has just been founded; emptied afterwards."""
    with Session(walked, expire_on_commit=False) as db:
        root = org.found_unit(
            db, None, kind=UnitKind.PARTY_ORG, name="Đảng bộ Sở Mẫu", since=LONG_AGO, by=None,
            now=NOW,
        )  # fmt: skip
        user = accounts.add_person(
            db, full_name="Bùi Văn Em", email="em@example.vn", by=None, now=NOW
        )
        org.appoint(db, user, root, Post.ADMIN, since=LONG_AGO, by=None, now=NOW)
        user.password_hash, user.must_change_password = PASSWORD_HASH, False
        db.commit()
        yield user
    empty(walked)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """The sample in the national template where it is at hand, else one made of our own members."""
    if REAL.exists():
        return REAL
    file = tmp_path / "danh-sach.xlsx"
    file.write_bytes(makers.xlsx(_own_rows()))
    return file


def _own_rows() -> list[list[object]]:
    with OWN.open(encoding="utf-8") as lines:
        return [
            makers.person(
                row["name"], date.fromisoformat(row["born"]), row["card"], row["cell"],
                post=row["post"], admitted=_day(row["admitted"]), official=_day(row["official"]),
                status="Miễn sinh hoạt" if row["exempt"] else "Đang sinh hoạt Đảng",
                status_on=_day(row["exempt"]), email=row["email"], phone=row["phone"],
            )
            for row in csv.DictReader(lines, delimiter="\t")
        ]  # fmt: skip


def _day(text: str) -> object:
    return date.fromisoformat(text) if text else ""


@pytest.mark.parametrize("machine", [{}, {"script": False}], ids=["script", "no script"])
def test_the_sample_roster_is_taken_over_without_a_correction(
    administrator: User, at_work: AtWork, roster: Path, machine: dict[str, bool]
) -> None:
    em = at_work(administrator, **machine)

    _chooses(em, roster)
    em.sees("8 cells of the list are not in the tree").sees("Nguyễn Thị Hạnh")
    em.presses("Apply 104 changes").sees("96 members added")

    em.follows(CELL).sees("14 members").sees("Hoàng Thị Thu Nhung")
    _chooses(em, roster)
    em.sees("The register says the same as the list.")


def test_axe_objects_to_nothing_on_the_way(
    administrator: User, at_work: AtWork, tmp_path: Path
) -> None:
    em, found = at_work(administrator), list[str]()
    file = tmp_path / "danh-sach.xlsx"
    file.write_bytes(
        makers.xlsx([makers.person(card=12345678), makers.person(), makers.person("")])
    )

    em.opens("/org/").follows("Import a list of members")
    found += _seen(em)
    _chooses(em, file)
    found += _seen(em)
    em.presses("Correct the columns")
    found += _seen(em)

    assert found == []


def _chooses(em: Person, file: Path) -> None:
    em.opens("/org/").follows("Import a list of members")
    em.page.get_by_label("File of the list").set_input_files(str(file))
    em.presses("Read the list").sees("What the list would change")


def _seen(em: Person) -> list[str]:
    found: list[str] = []
    for size in (DESK, PHONE):
        em.page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            em.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found += [f"{size['width']} {scheme} {v}" for v in violations(em.page)]
    if em.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{em.page.url}: wider than the telephone")
    em.page.set_viewport_size(DESK)
    return found
