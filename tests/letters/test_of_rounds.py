"""Letters about a round: the reminder, and that it is not sent when nothing is owed any more."""

from studyhub.completion import service as completion
from studyhub.completion.rules import EssayMark
from studyhub.jobs.work import Tools
from studyhub.letters import composing
from studyhub.reminding import service
from studyhub.rounds.models import StudyRound
from tests.mail.receiver import Receiver, text_of
from tests.world import World


def reminded(tools: Tools, village: World) -> StudyRound:
    round_ = village.round()
    village.db.commit()
    with tools.writing() as db:
        service.remind(
            db,
            db.get_one(StudyRound, round_.id),
            village.cell,
            [village.an.id],
            by=village.actor(village.binh),
            now=tools.now(),
        )
    return round_


def test_a_reminder_says_what_is_owed_and_until_when(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    round_ = reminded(tools, village)

    composing.send(tools)

    said = text_of(receiver.last())
    assert "đồng chí còn phải: đọc tài liệu, nộp bài thu hoạch." in said
    assert "09:00, 29/11/2026" in said
    assert f"https://hoctap.example.vn/rounds/{round_.id}" in said


def test_who_has_done_everything_meanwhile_gets_no_letter(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    round_ = reminded(tools, village)
    with tools.writing() as db:
        completion.mark(
            db, round_.id, village.an.id, now=tools.now(), attended=True, read=True,
            essay=EssayMark.ACCEPTED,
        )  # fmt: skip
    composing.send(tools)
    assert not receiver.letters


def test_who_wants_no_letters_gets_none(tools: Tools, village: World, receiver: Receiver) -> None:
    village.an.receipts_by_mail = False
    reminded(tools, village)
    composing.send(tools)
    assert not receiver.letters
