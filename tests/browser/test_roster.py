"""The sample roster, from a file to the members of a cell, in an organization with no cell yet."""

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from zxingcpp import read_barcodes

from studyhub.accounts import service as accounts
from studyhub.accounts.models import User
from studyhub.essays import leading
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Tools
from studyhub.kernel.actor import Post
from studyhub.kernel.clock import StoppedClock
from studyhub.org import service as org
from studyhub.org.models import UnitKind
from studyhub.roster import work
from studyhub.roster.progress import Spaced, Stage
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from tests.browser import sample
from tests.browser.people import DESK, PHONE, Person, violations
from tests.browser.server import Server
from tests.databases import empty
from tests.roster import makers
from tests.world import LONG_AGO, NOW, PASSWORD_HASH

AtWork = Callable[..., Person]
CELL = "Chi bộ Văn phòng Sở"
MEMBERS, ONE_OF_THEM = 14, "Hoàng Thị Thu Nhung"
A4 = (595, 842)
"""In points."""
MANY = 2_000
"""Rows of a list that is long: above what is answered at once."""
PATIENCE = 60.0


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


@pytest.mark.parametrize("machine", [{}, {"script": False}], ids=["script", "no script"])
def test_the_sample_roster_is_taken_over_and_its_members_come_in_by_printed_slips(
    administrator: User, at_work: AtWork, tmp_path: Path, machine: dict[str, bool]
) -> None:
    em, roster = at_work(administrator, **machine), sample.roster(tmp_path)

    _chooses(em, roster)
    em.sees("8 cells of the list are not in the tree").sees("Nguyễn Thị Hạnh")
    em.presses("Apply 104 changes").sees("96 members added")

    em.follows(CELL).sees(f"{MEMBERS} members").sees(ONE_OF_THEM)
    former = _prints_slips(em)
    em.follows(CELL).follows("Sign-in slips").sees("has a slip of")
    em.follows(CELL)
    latter = _prints_slips(em)
    assert not set(former.values()) & set(latter.values())

    her = at_work(None, size=PHONE, script=False)
    her.opens(former[ONE_OF_THEM]).presses("Sign in").sees("This code does not let you in")
    her.opens(latter[ONE_OF_THEM]).presses("Sign in")
    her.types("New password", "một câu ngắn").types("The same once more", "một câu ngắn")
    her.presses("Set the password").sees("Hello, comrade")
    assert ONE_OF_THEM in her.opens("/account").says()

    _chooses(em, roster)
    em.sees("The register says the same as the list.")


def _prints_slips(keeper: Person) -> dict[str, str]:
    """From the page of the cell; whither the picture leads on each slip, read off the paper."""
    keeper.follows("Sign-in slips").presses("Make the sheet").sees("to be printed on A4")
    slips = keeper.page.locator(".card-slip").all()
    shown = {
        slip.locator(".whose").inner_text(): slip.locator(".sign-in-code").inner_text()
        for slip in slips
    }
    paper = pypdfium2.PdfDocument(keeper.page.pdf(prefer_css_page_size=True))
    sheets = list(paper)
    words = " ".join(" ".join(s.get_textpage().get_text_range() for s in sheets).split())
    led = [mark.text for sheet in sheets for mark in read_barcodes(sheet.render(scale=3).to_pil())]

    assert len(shown) == len(slips) == len(led) == MEMBERS
    assert {tuple(map(round, sheet.get_size())) for sheet in sheets} == {A4}
    assert len(sheets) == math.ceil(MEMBERS / 8)
    by_code = {url.rpartition("code=")[2]: url for url in led}
    for name, code in shown.items():
        assert name in words
        assert code in words
    return {name: by_code[code.replace(" ", "")] for name, code in shown.items()}


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


class Gate:
    """The background work beside the server; stops half way through a stage until it was seen."""

    def __init__(self, runner: Runner, patch: pytest.MonkeyPatch) -> None:
        self.runner, self.stage = runner, ""
        self.seen = threading.Event()
        gate = self

        class Seldom(Spaced):
            """Says the beginning of each stage, and its middle: there it waits."""

            def __call__(self, stage: Stage, done: int, of: int) -> None:
                if done == MANY // 2:
                    self.tell(stage, done, of)
                    if stage == gate.stage:
                        gate.seen.wait(PATIENCE)
                elif not done:
                    self.tell(stage, done, of)

        patch.setattr(work, "Spaced", Seldom)

    @contextmanager
    def at(self, stage: str) -> Iterator[None]:
        """Work, and stop there for as long as the block lasts."""
        self.stage = stage
        self.seen.clear()
        thread = threading.Thread(target=self.runner.run_due)
        thread.start()
        try:
            yield
        finally:
            self.seen.set()
            thread.join(PATIENCE)


@pytest.fixture
def behind(server: Server, walked: Engine, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """The background work beside the server, which does none of its own in a walk."""
    tools = Tools(
        engine=walked,
        clock=StoppedClock(NOW),
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        files=FileStore(server.folder / "files"),
        settings=Settings(secret_key="walks", database_url=server.database),
    )
    return Gate(Runner(tools, work.handlers(leading.note_leaders), []), monkeypatch)


@pytest.mark.parametrize("machine", [{}, {"script": False}], ids=["script", "no script"])
def test_the_progress_of_a_long_list_is_seen_and_one_may_leave_it(
    administrator: User, at_work: AtWork, behind: Gate, tmp_path: Path, machine: dict[str, bool]
) -> None:
    em, file = at_work(administrator, **machine), tmp_path / "danh-sach-dai.xlsx"
    file.write_bytes(makers.xlsx([_one_of_many(n) for n in range(MANY)]))

    em.opens("/org/").follows("Import a list of members")
    em.page.get_by_label("File of the list").set_input_files(str(file))
    em.presses("Read the list").sees("The list is being compared").sees("It begins in a few")
    with behind.at("comparing"):
        _waits_for(em, f"{MANY // 2:,} of {MANY:,} rows are compared with the register")
        em.opens("/org/").follows("Import a list of members").sees("danh-sach-dai.xlsx")
        em.follows("See further").sees(f"{MANY // 2:,} of {MANY:,} rows are compared")
        found = _seen(em) if em.page.locator("progress").is_visible() and not machine else []
    _waits_for(em, "What the list would change")

    em.presses(f"Apply {MANY + 1:,} changes").sees("The list is being taken over")
    with behind.at("preparing"):
        _waits_for(em, f"{MANY // 2:,} of {MANY + 1:,} changes are prepared")
    _waits_for(em, f"{MANY:,} members added, 0 changed, 1 cell founded")
    em.page.locator("main").get_by_role("link", name="Đảng bộ Sở Mẫu").last.click()
    em.sees(CELL)
    assert found == []


def _waits_for(em: Person, words: str) -> None:
    """As long as a busy machine needs."""
    em.page.get_by_text(words).first.wait_for(timeout=PATIENCE * 1000)


def _one_of_many(number: int) -> list[object]:
    given = ("An", "Bình", "Chi", "Dũng", "Giang")[number % 5]
    born = date(1950 + number % 50, 1 + number % 12, 1 + number % 28)
    return makers.person(f"Nguyễn Văn {given}", born, f"{number + 1:012}", CELL)


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
