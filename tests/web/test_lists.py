"""A list of attendance on the web: read, looked through, taken over, undone."""

import io
from typing import Any

import pytest
from sqlalchemy import select

from studyhub.lists.models import AttendanceList
from studyhub.study.models import Attendance, Presence, StudySession
from tests.web.conftest import SignIn
from tests.world import World

ZOOM = (
    "Name (Original Name),User Email,Duration (Minutes)\n"
    "Nguyễn Văn An,,120\nTran Thi Lan (iPhone),,100\nPhạm Hương Giang,,5\nOppo A5,,90\n"
)


@pytest.fixture
def session(town: World) -> StudySession:
    """A session that is going on."""
    session = town.session(town.round())
    town.db.commit()
    return session


def _file(words: str = ZOOM) -> tuple[io.BytesIO, str]:
    return io.BytesIO(words.encode("utf-8-sig")), "participants.csv"


def _names(town: World) -> dict[str, Presence]:
    town.db.rollback()
    names = {person.id: person.given_name for person in town.everyone}
    return {names[row.user_id]: row.presence for row in town.db.scalars(select(Attendance))}


def test_from_the_file_to_the_record_and_back(
    town: World, as_: SignIn, session: StudySession
) -> None:
    binh = as_(town.binh)
    binh.post(f"/lists/of/{session.id}", file=_file(), taken_as="online", least_minutes="45")
    town.db.rollback()
    brought = town.db.scalars(select(AttendanceList)).one()
    url = f"/lists/{brought.id}"
    page = binh.visit(url)
    assert "1 to be recorded" in page.text
    assert "2 doubtful" in page.text
    assert "There for less than 45 minutes: not recorded" in page.text
    assert _names(town) == {}

    wrong: dict[str, Any] = {"line-3": str(town.lan.id), "typed-5": "không có ai"}
    refused = binh.post(url, status=422, do="keep", **wrong)
    assert "names nobody" in refused.text
    assert refused.one("input", name="typed-5")["value"] == "không có ai"
    assert "checked" in refused.one("input", name="line-3", value=str(town.lan.id)).attrs
    right: dict[str, Any] = {"line-3": str(town.lan.id), "typed-5": town.giang.card_number}
    binh.post(url, do="keep", **right)
    assert "3 to be recorded" in binh.visit(url).text
    nobody: dict[str, Any] = {"line-5": "nobody"}
    binh.post(url, do="take", **nobody)

    assert _names(town) == {"An": Presence.ONLINE, "Lan": Presence.ONLINE}
    binh.post(url, status=422, do="take")
    binh.post(f"{url}/undo")
    assert _names(town) == {}
    assert "Undone" in binh.visit(f"/lists/of/{session.id}").text


def test_a_file_that_is_no_list_is_refused_and_nothing_is_kept(
    town: World, as_: SignIn, session: StudySession
) -> None:
    binh, url = as_(town.binh), f"/lists/of/{session.id}"

    for words in ("a,b\n1,2\n", ""):
        page = binh.post(url, status=422, file=_file(words), taken_as="on_site")
        assert page.one("h2", id="errors-h")
    binh.post(url, status=422, taken_as="on_site")
    binh.post(url, status=422, file=_file())

    town.db.rollback()
    assert town.db.scalars(select(AttendanceList)).all() == []


def test_others_see_nothing_of_it(town: World, as_: SignIn, session: StudySession) -> None:
    as_(town.binh).post(f"/lists/of/{session.id}", file=_file(), taken_as="online")
    town.db.rollback()
    brought = town.db.scalars(select(AttendanceList)).one()

    for person, status in ((town.an, 404), (town.chi, 404), (town.phuc, 404), (town.dung, 200)):
        as_(person).visit(f"/lists/{brought.id}", status=status)
    as_(town.an).post(f"/lists/of/{session.id}", status=403)
