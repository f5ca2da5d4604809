"""The main job, walked by four people from an empty plan to the committee's figures."""

from collections.abc import Callable
from pathlib import Path

import pytest

from studyhub.study.codes import code_at
from tests.browser.people import PHONE, Person
from tests.world import NOW, World

AtWork = Callable[..., Person]
ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "nghi-quyet-03-nq-cp-2025.md"
OWN = ROOT / "studyhub" / "demonstration" / "documents" / "round-3.md"
WORDS = "Tôi đã đọc kỹ văn bản và thấy việc của mình phải làm nhanh hơn, có số liệu rõ ràng. " * 4
ADDED = "Bổ sung: trong quý I tôi sẽ rút thời gian trả lời xuống còn hai ngày."


@pytest.fixture
def resolution() -> Path:
    """The real resolution where it is at hand, else the sample that StudyHub brings along."""
    return REAL if REAL.exists() else OWN


def test_four_people_do_the_main_job(city: World, at_work: AtWork, resolution: Path) -> None:
    officer = at_work(city.dung)
    title = _adds_the_document(officer, resolution)
    _plans_and_opens(officer, title)

    member = at_work(city.an, size=PHONE)
    code = _shows_the_code(at_work(city.binh))
    _studies(member, code)
    _writes_and_hands_in(member)

    secretary = at_work(city.binh)
    _calls_the_roll(secretary)
    _returns_it(secretary)
    _completes_it(member)
    _accepts_it(secretary)

    member.opens("/").sees("You have done everything for the open rounds.")
    _sees_it_counted(officer)


def _adds_the_document(officer: Person, file: Path) -> str:
    officer.opens("/library/add")
    officer.page.get_by_label("File of the document").set_input_files(str(file))
    officer.presses("Read the document")
    title: str = officer.page.get_by_label("Abstract").input_value()
    officer.presses("Save to the library").sees(title[:40])
    return title


def _plans_and_opens(officer: Person, subject: str) -> None:
    officer.opens("/rounds/new")
    officer.types("Name of the round", "Nghị quyết thử")
    officer.page.locator("#documents-list input").first.check()
    officer.types("Deadline", "30/11/2026")
    officer.types("Members as of", "25/11/2026")
    for label in ("Read the documents", "Attend the sessions", "Write a study essay"):
        officer.page.get_by_label(label).first.check()
    officer.page.get_by_label("Question or heading").nth(0).fill("Nhận thức")
    officer.page.get_by_label("Question or heading").nth(1).fill("Liên hệ thực tiễn")
    officer.types("At least so many words", "30")
    officer.page.locator("[name=audience]").first.check()
    officer.presses("Save and add a session")
    officer.types("Title", "Hội nghị trực tuyến")
    officer.page.get_by_label("Day", exact=True).fill("25/11/2026")
    officer.page.get_by_label("Begins").fill("08:30")
    officer.page.get_by_label("Ends").fill("11:00")
    officer.presses("Save the session")
    officer.follows("Preview and open")
    assert subject[:30] in officer.says() or officer.page.get_by_text("Nghị quyết thử").count()
    officer.presses("Open for 6 members").sees("Summoned list")


def _shows_the_code(secretary: Person) -> str:
    secretary.opens("/rounds/").follows("Nghị quyết thử").follows("Hội nghị trực tuyến")
    secretary.follows("Show the code")
    code: str = secretary.page.locator(".digits").inner_text()
    return code.replace(" ", "")


def _studies(member: Person, code: str) -> None:
    member.opens("/").follows("Open the documents")
    while member.page.get_by_role("button", name="I have read it").count() == 0:
        member.presses("Read on")
    member.presses("I have read it")
    member.opens("/").follows("Open the session page")
    member.page.get_by_label("code").first.fill(code)
    member.presses("I am present").sees("Present online")


def _writes_and_hands_in(member: Person) -> None:
    member.opens("/").follows("Begin the essay").presses("Begin the essay")
    member.types("Nhận thức", WORDS).types("Liên hệ thực tiễn", WORDS)
    member.sees("Saved at")
    member.hands_in()


def _calls_the_roll(secretary: Person) -> None:
    secretary.opens("/completion/").follows("Roll call")
    secretary.presses("All others are on site").sees("4")


def _returns_it(secretary: Person) -> None:
    secretary.opens("/review/").follows("Nguyễn Văn An")
    secretary.page.get_by_text("Comment on this paragraph").first.click()
    secretary.types("Comment on this paragraph", "Đồng chí nêu thời hạn cụ thể.")
    secretary.presses("Save comment")
    secretary.ticks("To be completed").presses("Send the result").sees("sent")


def _completes_it(member: Person) -> None:
    member.opens("/").follows("See the comments and revise")
    member.sees("Đồng chí nêu thời hạn cụ thể.")
    member.follows("Complete and hand in again")
    member.types("Liên hệ thực tiễn", WORDS + "\n" + ADDED).hands_in()


def _accepts_it(secretary: Person) -> None:
    secretary.opens("/review/").follows("Nguyễn Văn An").sees(ADDED)
    secretary.page.locator("[name=outcome][value=accept]").check()
    secretary.presses("Send the result")


def _sees_it_counted(officer: Person) -> None:
    officer.opens("/completion/").sees("1/6")
    officer.follows("Chi bộ Văn phòng").sees("4 members summoned")
    row = officer.page.get_by_role("row", name="Nguyễn Văn An")
    row.get_by_text("Accepted", exact=True).wait_for()
    row.get_by_role("link", name="Read the essay").wait_for()


def test_the_members_part_works_without_script(city: World, at_work: AtWork) -> None:
    round_ = city.round()
    session = city.session(round_)
    city.db.commit()
    member = at_work(city.an, script=False, size=PHONE)

    member.follows("Open the documents").presses("I have read it")
    member.opens("/").follows("Open the session page")
    member.page.get_by_label("code").first.fill(code_at(session, NOW))
    member.presses("I am present").sees("Present online")
    member.opens("/").follows("Begin the essay").presses("Begin the essay")
    member.types("Nhận thức", WORDS).presses("Save draft").sees("Saved at 09:00")
    member.types("Liên hệ thực tiễn", WORDS).hands_in()

    assert "Awaiting review" in member.opens("/essays/").says()
