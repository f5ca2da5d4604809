"""Asking the reporter, and what the moderator makes of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from studyhub.accounts.models import User
from studyhub.inquiries import answering, asking, queries
from studyhub.inquiries.lifecycle import State
from studyhub.inquiries.models import Inquiry
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.kernel.ids import new_uuid
from studyhub.notices.models import Notice
from studyhub.rounds.lifecycle import RoundState
from studyhub.study import sessions
from studyhub.study.models import AgendaItem, StudySession
from studyhub.study.moderating import name_moderator
from tests.world import NOW, World

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def session(world: World) -> StudySession:
    """A session with one topic."""
    session = world.session(world.round())
    session.agenda.append(AgendaItem(position=0, title="Chuyên đề 1", reporter="Đỗ Hữu Thành"))
    world.db.flush()
    return session


def ask(world: World, session: StudySession, who: User, text: str = "Đo thế nào?") -> Inquiry:
    by = world.actor(who)
    return asking.ask(world.db, session, text, identity=new_uuid(), by=by, now=NOW)


def told(world: World, person: User) -> list[str]:
    world.db.flush()
    return sorted(world.db.scalars(select(Notice.kind).where(Notice.user_id == person.id)))


def test_sent_twice_it_is_one_question(world: World, session: StudySession) -> None:
    identity, by = new_uuid(), world.actor(world.an)

    for _ in range(2):
        asking.ask(
            world.db, session, " Đo thế nào? ", identity=identity, topic="Chuyên đề 1", by=by,
            now=NOW,
        )  # fmt: skip

    asked = queries.of_person(world.db, session.id, world.an.id)
    assert [(one.text, one.topic, one.state) for one in asked] == [
        ("Đo thế nào?", "Chuyên đề 1", State.WAITING)
    ]


def test_a_name_that_another_question_has_is_refused(world: World, session: StudySession) -> None:
    first = ask(world, session, world.an)

    with pytest.raises(Conflict):
        asking.ask(
            world.db, session, "Của tôi", identity=first.id, by=world.actor(world.lan), now=NOW
        )


@pytest.mark.parametrize(
    ("text", "topic"), [("  ", ""), ("x" * 2001, ""), ("Đo thế nào?", "Chuyên đề 9")]
)
def test_what_cannot_be_taken_is_refused(
    world: World, session: StudySession, text: str, topic: str
) -> None:
    with pytest.raises(Unfit):
        asking.ask(
            world.db, session, text, identity=new_uuid(), topic=topic, by=world.actor(world.an),
            now=NOW,
        )  # fmt: skip


def test_questions_are_taken_from_check_in_until_the_round_is_closed(
    world: World, session: StudySession
) -> None:
    opens = session.check_in_opens_at

    assert not asking.takes_questions(session, opens - timedelta(seconds=1))
    assert asking.takes_questions(session, opens)
    assert asking.takes_questions(session, session.ends_at + timedelta(days=1))
    session.round.state = RoundState.CLOSED
    with pytest.raises(Untimely):
        ask(world, session, world.an)


def test_nobody_floods_the_desk(world: World, session: StudySession) -> None:
    for number in range(asking.MOST_WAITING):
        ask(world, session, world.an, f"Câu {number}")

    with pytest.raises(Untimely):
        ask(world, session, world.an, "Một câu nữa")
    ask(world, session, world.lan, "Câu của tôi")


def test_an_answer_for_all_tells_all_who_asked_the_same(
    world: World, session: StudySession
) -> None:
    first, same = ask(world, session, world.an), ask(world, session, world.lan)
    dung = world.actor(world.dung)
    answering.merge(world.db, same, first, by=dung, now=NOW)

    answering.answer(world.db, first, "Theo bộ chỉ số.", publish=True, by=dung, now=LATER)

    (one,) = queries.published(world.db, session)
    assert (one.text, one.answer, one.asker, one.asked_by_others) == (
        "Đo thế nào?", "Theo bộ chỉ số.", "Nguyễn Văn An", 1,
    )  # fmt: skip
    assert told(world, world.an) == told(world, world.lan) == ["inquiry.answered"]
    assert queries.changes(world.db, session.id) == {world.an.id: LATER, world.lan.id: LATER}


def test_correcting_an_answer_tells_nobody_twice(world: World, session: StudySession) -> None:
    asked, dung = ask(world, session, world.an), world.actor(world.dung)
    answering.answer(world.db, asked, "Sai.", publish=True, by=dung, now=NOW)

    answering.answer(world.db, asked, "Đúng.", publish=False, by=dung, now=LATER)

    assert (asked.state, asked.answer) == (State.PUBLISHED, "Đúng.")
    assert told(world, world.an) == ["inquiry.answered"]


def test_without_name_nobody_who_attends_reads_it(world: World, session: StudySession) -> None:
    asked = asking.ask(
        world.db, session, "Hỏi kín", identity=new_uuid(), without_name=True,
        by=world.actor(world.an), now=NOW,
    )  # fmt: skip
    answering.answer(world.db, asked, "Đáp.", publish=True, by=world.actor(world.dung), now=LATER)

    assert [one.asker for one in queries.published(world.db, session)] == [""]


def test_an_answer_to_one_is_not_for_all_and_a_publication_is_taken_back(
    world: World, session: StudySession
) -> None:
    asked, dung = ask(world, session, world.an), world.actor(world.dung)
    answering.answer(world.db, asked, "Đáp.", publish=False, by=dung, now=NOW)
    assert not queries.published(world.db, session)

    answering.answer(world.db, asked, "Đáp.", publish=True, by=dung, now=NOW)
    assert queries.published(world.db, session)
    answering.take_back(world.db, asked, by=dung, now=NOW)

    assert (asked.state, asked.published_at) == (State.ANSWERED, None)
    assert not queries.published(world.db, session)


def test_hiding_needs_a_reason_which_the_asker_is_told_of(
    world: World, session: StudySession
) -> None:
    asked, dung = ask(world, session, world.an), world.actor(world.dung)
    with pytest.raises(Unfit):
        answering.hide(world.db, asked, "  ", by=dung, now=NOW)

    answering.hide(world.db, asked, "Ngoài nội dung buổi học.", by=dung, now=NOW)
    assert told(world, world.an) == ["inquiry.hidden"]
    answering.show(world.db, asked, by=dung, now=NOW)

    assert (asked.state, asked.hidden_because) == (State.WAITING, "")


def test_what_was_merged_goes_along_and_can_be_parted(world: World, session: StudySession) -> None:
    one, two, three = (ask(world, session, who) for who in (world.an, world.lan, world.hoa))
    dung = world.actor(world.dung)
    answering.merge(world.db, one, two, by=dung, now=NOW)
    with pytest.raises(Conflict):
        answering.merge(world.db, three, one, by=dung, now=NOW)
    with pytest.raises(Unfit):
        answering.merge(world.db, two, two, by=dung, now=NOW)

    answering.merge(world.db, two, three, by=dung, now=NOW)
    assert (one.told, two.told) == (three, three)
    answering.part(world.db, one, by=dung, now=NOW)

    assert (one.state, one.told) == (State.WAITING, one)


def test_only_a_waiting_question_is_withdrawn(world: World, session: StudySession) -> None:
    asked, an = ask(world, session, world.an), world.actor(world.an)
    asking.withdraw(world.db, asked, by=an, now=NOW)

    assert not queries.of_person(world.db, session.id, world.an.id)
    with pytest.raises(Untimely):
        asking.withdraw(world.db, asked, by=an, now=NOW)


def test_the_questions_of_a_removed_session_stay_with_the_round(
    world: World, session: StudySession
) -> None:
    asked, dung = ask(world, session, world.an), world.actor(world.dung)
    answering.answer(world.db, asked, "Đáp.", publish=True, by=dung, now=NOW)
    world.db.flush()

    sessions.remove(world.db, session, by=dung, now=NOW)
    world.db.flush()
    world.db.expire_all()

    assert asked.session_id is None
    found = queries.published_of_round(world.db, asked.round_id)
    assert [(one.answer, one.session) for one in found] == [("Đáp.", "")]


def test_only_somebody_on_the_list_moderates(world: World, session: StudySession) -> None:
    dung = world.actor(world.dung)

    name_moderator(world.db, session, world.lan.card_number or "", by=dung, now=NOW)
    assert session.moderator is world.lan
    with pytest.raises(Unfit):
        name_moderator(world.db, session, world.em.card_number or "", by=dung, now=NOW)
    name_moderator(world.db, session, "", by=dung, now=NOW)

    assert session.moderator is None
