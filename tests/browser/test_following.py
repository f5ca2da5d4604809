"""The page of a session follows it, and leaves alone what somebody is typing."""

from collections.abc import Callable

from playwright.sync_api import expect

from studyhub.inquiries import answering, asking
from studyhub.kernel.ids import new_uuid
from studyhub.study.models import AgendaItem, Presence, StudySession
from studyhub.study.roll_call import Entry, call_roll
from tests.browser.people import PHONE, Person, violations
from tests.world import NOW, World

AtWork = Callable[..., Person]
TURN = 20_000


def _session(city: World) -> StudySession:
    session = city.session(city.round())
    session.agenda.append(AgendaItem(position=0, title="Chuyên đề 1", starts_at=NOW))
    city.db.commit()
    return session


def _passes(person: Person) -> None:
    """A quarter of a minute at the machine; what the server found out grows old in real time."""
    person.page.wait_for_timeout(2_500)
    person.page.clock.fast_forward(TURN)


def _publish(city: World, session: StudySession) -> None:
    one = asking.ask(
        city.db, session, "Đo bằng tiêu chí nào?", identity=new_uuid(), by=city.actor(city.lan),
        now=NOW,
    )  # fmt: skip
    answering.answer(
        city.db, one, "Theo bộ chỉ số tỉnh.", publish=True, by=city.actor(city.dung), now=NOW
    )
    city.db.commit()


def test_an_answer_comes_by_itself_and_the_words_one_types_stay(
    city: World, at_work: AtWork
) -> None:
    session, an = _session(city), at_work(city.an, size=PHONE)
    an.page.clock.install()
    an.opens(f"/sessions/{session.id}").sees("No question has been answered for all yet")
    box = an.page.get_by_role("textbox", name="Your question")
    box.fill("Tôi đang viết")
    _publish(city, session)

    _passes(an)

    an.sees("Theo bộ chỉ số tỉnh.")
    expect(an.page.locator("[data-told]")).to_have_text("Shown anew: Questions and answers.")
    expect(box).to_have_value("Tôi đang viết")
    expect(box).to_be_focused()
    assert violations(an.page) == []


def test_being_recorded_at_the_roll_call_is_seen_without_reload(
    city: World, at_work: AtWork
) -> None:
    session, an = _session(city), at_work(city.an)
    an.page.clock.install()
    an.opens(f"/sessions/{session.id}").sees("Code of 4 digits")
    said = {city.an.id: Entry(presence=Presence.ON_SITE)}
    call_roll(city.db, session, city.cell, said, by=city.actor(city.binh), now=NOW)
    city.db.commit()

    _passes(an)

    an.sees("Present on site")
    expect(an.page.get_by_label("Code of 4 digits")).to_have_count(0)


def test_a_code_half_typed_is_not_taken_away(city: World, at_work: AtWork) -> None:
    session, an = _session(city), at_work(city.an)
    an.page.clock.install()
    an.opens(f"/sessions/{session.id}")
    code = an.page.get_by_label("Code of 4 digits")
    code.fill("12")
    said = {city.an.id: Entry(presence=Presence.ON_SITE)}
    call_roll(city.db, session, city.cell, said, by=city.actor(city.binh), now=NOW)
    city.db.commit()

    _passes(an)
    an.sees("There is something new here")
    expect(code).to_have_value("12")
    code.fill("")
    an.page.get_by_role("textbox", name="Your question").focus()
    an.page.clock.fast_forward(1_000)

    an.sees("Present on site")


def test_without_a_connection_the_page_says_so_and_goes_on(city: World, at_work: AtWork) -> None:
    session, an = _session(city), at_work(city.an)
    an.page.clock.install()
    an.opens(f"/sessions/{session.id}")
    an.context.set_offline(True)
    _passes(an)
    an.sees("No connection. This page goes on by itself")
    _publish(city, session)

    an.context.set_offline(False)
    _passes(an)

    an.sees("Theo bộ chỉ số tỉnh.")
    expect(an.page.locator("[data-trouble]")).to_be_hidden()


def test_a_question_outlives_a_reload_until_it_is_sent(city: World, at_work: AtWork) -> None:
    session, an = _session(city), at_work(city.an)
    an.opens(f"/sessions/{session.id}")
    an.types("Your question", "Câu hỏi dài của tôi")
    an.sees("Your words are kept on this device")

    an.page.reload()
    box = an.page.get_by_role("textbox", name="Your question")
    expect(box).to_have_value("Câu hỏi dài của tôi")
    an.presses("Send the question").sees("Your question has been sent")

    an.page.reload()
    expect(box).to_have_value("")


def test_the_roll_by_cell_counts_on_by_itself(city: World, at_work: AtWork) -> None:
    session, dung = _session(city), at_work(city.dung)
    dung.page.clock.install()
    dung.opens(f"/sessions/{session.id}/roll")
    said = {city.an.id: Entry(presence=Presence.ON_SITE)}
    call_roll(city.db, session, city.cell, said, by=city.actor(city.binh), now=NOW)
    city.db.commit()

    _passes(dung)

    expect(dung.page.locator("#cells")).to_contain_text("16.7%")
