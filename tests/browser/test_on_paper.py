"""Paper essays in a real browser: sheets printed, a pile scanned and sorted, a member confirms."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import FilePayload
from sqlalchemy import Engine, select

from studyhub.essays.models import Version
from studyhub.essays.transcripts import Transcript
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.papers import pile_reading
from studyhub.rounds.models import StudyRound
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from tests.browser.people import PHONE, Person, violations
from tests.browser.server import Server
from tests.papers import piled
from tests.world import NOW, World

AtWork = Callable[..., Person]


@pytest.fixture
def round_(city: World) -> StudyRound:
    """Of the city; it takes handwriting."""
    made = city.round(takes_handwriting=True)
    city.db.commit()
    return made


@pytest.fixture
def runner(server: Server, walked: Engine) -> Runner:
    """The background work beside the server, which does none of its own in a walk."""
    tools = Tools(
        engine=walked,
        clock=StoppedClock(NOW),
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        files=FileStore(server.folder / "files"),
        settings=Settings(secret_key="walks", database_url=server.database),
    )
    return Runner(tools, [pile_reading.HANDLER], [])


def test_sheets_are_printed_a_pile_is_scanned_sorted_and_confirmed(
    city: World, at_work: AtWork, round_: StudyRound, runner: Runner
) -> None:
    binh = at_work(city.binh).opens(f"/completion/{round_.id}/{city.cell.id}")
    binh.follows("Paper essays").sees("A pile of paper essays")
    sheets = _printed(binh)
    assert len(sheets) == 3

    pile = [piled.page(), sheets[0], piled.page(), *piled.turned([sheets[1], piled.page()])]
    binh.page.set_input_files("#pile", _file(piled.scanned(pile)))
    binh.presses("Send the pile").sees("The pile is being read")
    runner.run_due()
    binh.page.get_by_text("1 page waits to be sorted.").wait_for(timeout=60_000)
    assert violations(binh.page) == []
    binh.ticks("Page 1")
    binh.page.get_by_label("Give to").select_option(label=city.lan.full_name)
    binh.presses("Give the chosen pages").sees("All pages are sorted")
    binh.follows("Continue to hand in").sees("3 essays will be handed in")
    binh.types("Where the cell keeps the papers", "Tủ hồ sơ chi bộ")
    binh.presses("Hand in all on behalf").sees("3 essays are handed in on behalf.")

    an = at_work(city.an, size=PHONE).opens("/notices/")
    an.presses("has entered your paper essay")
    an.sees("Is this your essay?").sees("Tủ hồ sơ chi bộ")
    assert violations(an.page) == []
    an.presses("Yes, this is my essay").sees("It is on record that this is your essay.")

    city.db.rollback()
    made = city.db.scalars(select(Version)).all()
    assert [version.essay.author for version in made if version.answer] == [city.an]


def test_what_is_typed_without_a_connection_is_sent_when_it_is_back(
    city: World, at_work: AtWork, round_: StudyRound
) -> None:
    binh = at_work(city.binh, size=PHONE)
    binh.opens(f"/papers/cells/{city.cell.id}/rounds/{round_.id}")
    binh.presses(f"Type for them {city.an.full_name}").sees("Type on behalf of")
    binh.page.locator("form[data-ready]").wait_for()
    area = binh.page.locator("textarea").first

    area.fill("Câu thứ nhất.")
    binh.page.locator("[data-kind=saved]:visible").wait_for()
    binh.context.set_offline(True)
    area.fill("Câu thứ nhất. Câu thứ hai.")
    binh.page.get_by_text("The text is kept on this machine.").first.wait_for()
    binh.context.set_offline(False)
    binh.page.locator("[data-kind=saved]:visible").wait_for()

    city.db.rollback()
    kept = city.db.scalars(select(Transcript)).one()
    assert "Câu thứ nhất. Câu thứ hai." in kept.draft.values()
    binh.presses("Continue to hand in").sees("What will be handed in")
    assert violations(binh.page) == []
    binh.types("Where the cell keeps the paper", "Tủ hồ sơ")
    binh.presses("Hand in on behalf").sees("Entered on behalf by")


def _printed(person: Person) -> list[Image.Image]:
    """The cover sheets as the scanner gives them back."""
    address = person.page.get_by_role("link", name="cover sheets (PDF)").get_attribute("href")
    data = person.context.request.get(f"{person.address}{address}").body()
    with pypdfium2.PdfDocument(data) as document:
        drawn = [sheet.render(scale=150 / 72).to_pil().convert("L") for sheet in document]
    return [sheet.resize(piled.SIZE) for sheet in drawn]


def _file(data: bytes) -> FilePayload:
    return {"name": "Chồng bài.pdf", "mimeType": "application/pdf", "buffer": data}
