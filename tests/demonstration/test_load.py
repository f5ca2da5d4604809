"""The demonstration is loaded by the deeds people do, and every figure in it agrees."""

from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.accounts.cast import PASSWORD, SIGN_INS
from studyhub.accounts.models import User
from studyhub.accounts.passwords import matches
from studyhub.audit.models import AuditEntry
from studyhub.demonstration import load, texts
from studyhub.demonstration.load import is_empty
from studyhub.essays import sealing
from studyhub.essays.models import Essay
from studyhub.quiz.models import Attempt
from studyhub.reconciliation.service import recount
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from studyhub.storage.files import FileStore
from tests.world import NOW


@pytest.mark.slow  # ninety-six people do a year's work
def test_it_loads_whole_and_every_figure_agrees(db: Session, tmp_path: Path) -> None:
    assert is_empty(db)

    load(db, FileStore(tmp_path), now=NOW, zone=ZoneInfo("Asia/Ho_Chi_Minh"), say=lambda _: None)

    assert recount(db, by=None, now=NOW) == []
    assert list(sealing.faults(db)) == [], "every text handed in is as it was sealed"
    assert db.scalar(select(func.count()).select_from(User)) == 96
    rounds = db.scalars(select(StudyRound).order_by(StudyRound.opened_at)).all()
    assert [r.state for r in rounds] == [RoundState.CLOSED, RoundState.CLOSED, RoundState.OPEN]
    states = Counter(db.scalars(select(Essay.state).where(Essay.round_id == rounds[-1].id)))
    assert set(states) == {"draft", "submitted", "returned", "accepted"}
    assert (db.scalar(select(func.count()).select_from(Attempt)) or 0) > 10
    assert not is_empty(db)
    _expect_sign_ins(db)
    assert (db.scalar(select(func.count()).select_from(AuditEntry)) or 0) > 1000


def _expect_sign_ins(db: Session) -> None:
    for shown in SIGN_INS:
        user = db.scalars(select(User).where(User.card_number == shown.card_number)).one()
        assert user.full_name == shown.name
        assert matches(user.password_hash, PASSWORD)


def test_no_essay_stands_there_twice() -> None:
    written = [" ".join(parts) for number in (1, 2, 3) for parts in texts.essays(number).values()]
    sentences = Counter(
        sentence.strip()
        for text in written
        for sentence in text.replace("\n", ". ").split(".")
        if len(sentence.split()) > 8
    )

    assert len(written) == 93 + 93 + 85
    assert [sentence for sentence, times in sentences.items() if times > 1] == []


def test_the_sample_documents_say_that_they_are_examples() -> None:
    for number in (1, 2, 3):
        assert texts.document(number).startswith("VĂN BẢN MẪU")
