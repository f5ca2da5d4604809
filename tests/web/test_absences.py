"""Asking for leave on the page of a session; the answer; what was brought along."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from studyhub.study.absence_models import AbsenceRequest
from studyhub.study.models import Attendance, Presence, StudySession
from tests.web.conftest import SignIn
from tests.world import World


@pytest.fixture
def session(town: World) -> StudySession:
    """A session that is going on."""
    session = town.session(town.round())
    town.db.commit()
    return session


def _photo() -> io.BytesIO:
    into = io.BytesIO()
    Image.new("L", (600, 800), 240).save(into, "PNG")
    return io.BytesIO(into.getvalue())


def _asked(town: World) -> AbsenceRequest:
    town.db.rollback()
    return town.db.scalars(select(AbsenceRequest)).one()


def test_from_asking_to_the_answer(town: World, as_: SignIn, session: StudySession) -> None:
    an, binh = as_(town.an), as_(town.binh)
    page = an.visit(f"/sessions/{session.id}")
    assert f"/sessions/{session.id}/absence" in {a["href"] for a in page.all("a")}

    an.post(
        f"/sessions/{session.id}/absence",
        reason="Đi công tác",
        evidence=(_photo(), "giấy đi đường.png"),
    )
    asked = _asked(town)
    assert [picture["width"] for picture in asked.evidence] == [600]
    shown = binh.visit(f"/sessions/absences/{asked.id}")
    assert "Đi công tác" in shown.text
    picture = binh.client.get(f"/sessions/absences/{asked.id}/evidence/1")
    assert picture.mimetype == "image/jpeg"
    assert picture.data.startswith(b"\xff\xd8")
    assert binh.client.get(f"/sessions/absences/{asked.id}/evidence/2").status_code == 404

    refused = binh.post(f"/sessions/absences/{asked.id}/answer", status=422, do="decline")
    assert "Say why the request is declined." in refused.text
    binh.post(f"/sessions/absences/{asked.id}/answer", do="grant", answer="Nhất trí")

    town.db.rollback()
    assert town.db.scalars(select(Attendance)).one().presence is Presence.EXCUSED
    assert "Nhất trí" in an.visit(f"/sessions/absences/{asked.id}").text
    assert "Granted" in an.visit(f"/sessions/{session.id}").text


def test_what_is_typed_is_kept_when_the_file_is_no_picture(
    town: World, as_: SignIn, session: StudySession
) -> None:
    page = as_(town.an).post(
        f"/sessions/{session.id}/absence", status=422, reason="Đi công tác",
        evidence=(io.BytesIO(b"MZ" + bytes(500)), "giay.exe"),
    )  # fmt: skip

    assert "program" in page.text
    assert page.one("textarea", id="reason").text == "Đi công tác"
    assert town.db.scalars(select(AbsenceRequest)).all() == []


def test_the_list_has_what_waits_and_what_one_asked(
    town: World, as_: SignIn, session: StudySession
) -> None:
    an = as_(town.an)
    an.post(f"/sessions/{session.id}/absence", reason="Ốm")

    assert "Nguyễn Văn An" in as_(town.binh).visit("/sessions/absences").text
    assert session.title in an.visit("/sessions/absences").text
    assert "Nguyễn Văn An" not in as_(town.chi).visit("/sessions/absences").text

    an.post(f"/sessions/absences/{_asked(town).id}/withdraw")
    assert "Withdrawn" in an.visit("/sessions/absences").text
