"""Questions on the page of the session, at the desk, and in the round's document."""

import io
from datetime import timedelta
from uuid import UUID

import docx
import pytest
from sqlalchemy import select

from studyhub.inquiries import answering
from studyhub.inquiries import asking as service
from studyhub.inquiries.models import Inquiry
from studyhub.kernel.ids import new_uuid
from studyhub.study.models import AgendaItem, StudySession
from tests.statements import counted_in
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import NOW, World


@pytest.fixture
def session(town: World) -> StudySession:
    """A session that is going on, with one topic; Lan moderates."""
    session = town.session(town.round())
    session.agenda.append(
        AgendaItem(position=0, title="Chuyên đề 1", starts_at=NOW - timedelta(minutes=10))
    )
    session.moderator_id = town.lan.id
    town.db.commit()
    return session


def _ask(browser: Browser, session: StudySession, text: str, **more: str) -> None:
    form = browser.visit(f"/sessions/{session.id}")
    identity = form.one("input", id="identity")["value"]
    fields = {"identity": identity, "text": text, "topic": "", **more}
    browser.post(f"/sessions/{session.id}/ask", status=200, **fields)


def _asked(town: World) -> Inquiry:
    town.db.rollback()
    return town.db.scalars(select(Inquiry).order_by(Inquiry.asked_at, Inquiry.id)).one()


def _answered(town: World, session: StudySession, number: int = 1) -> UUID:
    for n in range(number):
        one = service.ask(
            town.db, session, f"Câu hỏi {n}", identity=new_uuid(), by=town.actor(town.an), now=NOW
        )
        answering.answer(
            town.db, one, f"Trả lời {n}", publish=True, by=town.actor(town.dung), now=NOW
        )
    town.db.commit()
    return one.id


def test_a_question_is_asked_answered_and_read_by_all(
    town: World, as_: SignIn, session: StudySession
) -> None:
    an = as_(town.an)
    _ask(an, session, "Đo bằng tiêu chí nào?", topic="Chuyên đề 1", without_name="y")
    asked, lan, hoa = _asked(town), as_(town.lan), as_(town.hoa)

    desk = lan.visit(f"/sessions/{session.id}/inquiries")
    assert "Nguyễn Văn An (without name)" in desk.text
    assert "Đo bằng" not in hoa.visit(f"/sessions/{session.id}").text
    lan.post(f"/inquiries/{asked.id}/answer", status=200, answer="Bộ chỉ số tỉnh.", go="publish")

    read = hoa.visit(f"/sessions/{session.id}").text
    assert "Đo bằng tiêu chí nào?" in read
    assert "Bộ chỉ số tỉnh." in read
    assert "Nguyễn Văn An" not in read
    assert "has been answered" in an.visit("/notices/").text
    assert "Bộ chỉ số tỉnh." in an.visit(f"/inquiries/{asked.id}").text


def test_a_refused_question_comes_back_whole(
    town: World, as_: SignIn, session: StudySession
) -> None:
    fields = {"identity": str(new_uuid()), "text": "Một câu hỏi dài", "topic": "Không có"}

    page = as_(town.an).post(f"/sessions/{session.id}/ask", status=422, **fields)

    assert page.one("textarea", id="text").text == "Một câu hỏi dài"
    assert "Choose the topic again" in page.text


def test_who_sees_and_answers_a_question(town: World, as_: SignIn, session: StudySession) -> None:
    _ask(as_(town.an), session, "Của An")
    path = f"/inquiries/{_asked(town).id}"

    for person, seen, may in (
        (town.an, 200, 403), (town.lan, 200, 200), (town.dung, 200, 200),
        (town.hoa, 404, 404), (town.binh, 404, 404),
    ):  # fmt: skip
        browser = as_(person)
        browser.visit(path, status=seen)
        browser.post(f"{path}/answer", status=may, answer="Đáp.")
    as_(town.an).visit(f"/sessions/{session.id}/inquiries", status=403)
    as_(town.lan).post(f"/sessions/{session.id}/moderator", status=403, card="")


def test_hiding_says_why_to_the_asker(town: World, as_: SignIn, session: StudySession) -> None:
    an, lan = as_(town.an), as_(town.lan)
    _ask(an, session, "Ngoài lề")
    path = f"/inquiries/{_asked(town).id}"

    lan.post(f"{path}/hide", status=422, reason="")
    lan.post(f"{path}/hide", status=200, reason="Ngoài nội dung buổi học.")
    assert "Ngoài nội dung buổi học." in an.visit(path).text
    lan.post(f"{path}/undo/hide", status=200)
    lan.post(f"{path}/undo/nothing", status=404)

    assert "Waiting for an answer" in an.visit(path).text


def test_equal_questions_are_merged_at_the_desk(
    town: World, as_: SignIn, session: StudySession
) -> None:
    _ask(as_(town.an), session, "Câu một")
    first = _asked(town).id
    _ask(as_(town.hoa), session, "Câu hai")
    town.db.rollback()
    second = town.db.scalars(select(Inquiry.id).where(Inquiry.text == "Câu hai")).one()
    lan = as_(town.lan)

    lan.post(f"/inquiries/{second}/merge", status=422, into="")
    lan.post(f"/inquiries/{second}/merge", status=200, into=str(first))
    lan.post(f"/inquiries/{first}/answer", status=200, answer="Đáp chung.", go="publish")

    assert "Đáp chung." in as_(town.hoa).visit(f"/inquiries/{second}").text
    assert "1 other asked the same" in as_(town.hoa).visit(f"/sessions/{session.id}").text


def test_one_withdraws_what_one_asked(town: World, as_: SignIn, session: StudySession) -> None:
    an = as_(town.an)
    _ask(an, session, "Tôi hỏi nhầm")
    path = f"/inquiries/{_asked(town).id}/withdraw"

    as_(town.lan).post(path, status=403)
    page = an.post(path, status=200)

    assert "Tôi hỏi nhầm" not in page.text


def test_the_officer_names_a_moderator(town: World, as_: SignIn, session: StudySession) -> None:
    dung, path = as_(town.dung), f"/sessions/{session.id}/moderator"

    dung.post(path, status=422, card="123")
    dung.post(path, status=422, card=town.em.card_number)
    page = dung.post(path, status=200, card=town.hoa.card_number)

    assert "Vũ Thị Hoa" in page.text
    as_(town.hoa).visit(f"/sessions/{session.id}/inquiries")


def test_what_was_answered_is_the_document_of_the_round(
    town: World, as_: SignIn, session: StudySession
) -> None:
    _answered(town, session, 2)
    hoa, path = as_(town.hoa), f"/rounds/{session.round_id}/answers"

    page = hoa.visit(path)
    word = docx.Document(io.BytesIO(hoa.client.get(f"{path}/docx").data))

    told = "\n".join(paragraph.text for paragraph in word.paragraphs)
    for text in ("Câu hỏi 0", "Trả lời 1", "Hội nghị trực tuyến"):
        assert text in page.text
        assert text in told
    assert "Đồng chí Nguyễn Văn An hỏi" in told


def test_the_pages_take_few_questions_however_many_there_are(
    town: World, as_: SignIn, session: StudySession
) -> None:
    _answered(town, session, 40)
    dung = as_(town.dung)

    for url in (
        f"/sessions/{session.id}/inquiries", f"/rounds/{session.round_id}/answers",
    ):  # fmt: skip
        with counted_in(dung.client.application) as sent:
            dung.visit(url)
        assert len(sent) <= 12, url
