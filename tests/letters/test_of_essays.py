"""Letters about an essay: what proves a hand-in, that there is a result, no word of the text."""

import pytest

from studyhub.essays import at_deadline, handing_in
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.letters import composing
from studyhub.review import recalling
from studyhub.review import service as review
from studyhub.review.models import Outcome
from tests.mail.receiver import Receiver, text_of
from tests.world import World

SECRET = "Tôi đã đọc kỹ nghị quyết."


def handed_in(tools: Tools, village: World) -> Essay:
    essay = village.essay(village.an, text=SECRET)
    village.db.commit()
    with tools.writing() as db:
        held = db.get_one(Essay, essay.id)
        handing_in.submit(
            db, held, revision=1, own_work=True, by=village.actor(village.an), now=tools.now()
        )
    return essay


def decided(tools: Tools, village: World, outcome: Outcome = Outcome.ACCEPT) -> Essay:
    essay = village.essay(village.lan, state=State.SUBMITTED, text=SECRET)
    village.db.commit()
    with tools.writing() as db:
        review.decide(
            db,
            db.get_one(Essay, essay.id),
            1,
            outcome=outcome,
            grade=None,
            remark="Nhận xét riêng.",
            by=village.actor(village.binh),
            now=tools.now(),
        )
    return essay


def test_the_receipt_has_what_proves_the_hand_in_and_no_word_of_the_essay(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    essay = handed_in(tools, village)

    composing.send(tools)

    village.see(essay)
    version, said = essay.versions[0], text_of(receiver.last())
    assert version.receipt_code in receiver.last()["Subject"]
    assert "09:00, 25/11/2026 (trước hạn 4 ngày)" in said
    assert version.content_hash[:4].upper() in said
    assert f"https://hoctap.example.vn/essays/{essay.id}/receipt/1" in said
    assert f"https://hoctap.example.vn/check?code={version.receipt_code}" in said
    assert "nghị quyết." not in said
    assert SECRET not in text_of(receiver.last(), "html")


def test_handed_in_by_the_rule_of_the_round_the_receipt_says_so(
    tools: Tools, village: World, receiver: Receiver, hour: StoppedClock
) -> None:
    essay = village.essay(village.an, round_=village.round(hands_in_drafts=True), text=SECRET)
    village.db.commit()
    hour.advance(days=5)
    at_deadline.hand_in_drafts(tools)

    composing.send(tools)

    village.see(essay)
    assert essay.versions[0].receipt_code in receiver.last()["Subject"]
    assert "nộp thay bản đồng chí lưu" in text_of(receiver.last())


@pytest.mark.parametrize("reason", ["unconfirmed", "switched off", "closed", "none"])
def test_no_receipt_for_whom_it_would_not_reach_or_who_does_not_want_it(
    tools: Tools, village: World, receiver: Receiver, reason: str
) -> None:
    if reason == "unconfirmed":
        village.an.email_confirmed_at = None
    if reason == "switched off":
        village.an.receipts_by_mail = False
    if reason == "closed":
        village.an.closed_at = tools.now()
    if reason == "none":
        village.an.email = None
    handed_in(tools, village)

    composing.send(tools)

    assert receiver.letters == []


def test_a_version_taken_back_before_the_letter_left_gets_no_receipt(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    essay = handed_in(tools, village)
    with tools.writing() as db:
        held = db.get_one(Essay, essay.id)
        handing_in.withdraw(db, held, by=village.actor(village.an), now=tools.now())

    composing.send(tools)

    assert receiver.letters == []


def test_the_decision_is_told_without_grade_or_remark_when_it_can_no_longer_be_recalled(
    tools: Tools, village: World, receiver: Receiver, hour: StoppedClock
) -> None:
    essay = decided(tools, village)
    composing.send(tools)
    early = len(receiver.letters)
    hour.advance(minutes=10)

    composing.send(tools)

    said = text_of(receiver.last())
    assert early == 0
    assert receiver.last()["Subject"] == "Bài thu hoạch của đồng chí đã được công nhận đạt"
    assert f"https://hoctap.example.vn/essays/{essay.id}" in said
    assert "Nhận xét riêng" not in said


def test_a_decision_that_was_recalled_is_not_told(
    tools: Tools, village: World, receiver: Receiver, hour: StoppedClock
) -> None:
    essay = decided(tools, village)
    with tools.writing() as db:
        held = db.get_one(Essay, essay.id)
        recalling.recall(db, held, 1, by=village.actor(village.binh), now=tools.now())
    hour.advance(minutes=11)

    composing.send(tools)

    assert receiver.letters == []
