"""What the tests of this room ask again and again."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.completion.models import Progress, Tally
from studyhub.rounds.models import StudyRound, Summons
from studyhub.study.models import Attendance, Presence, StudySession

Ask = Callable[[StudyRound, User], bool]
AskPresence = Callable[[StudySession, User], Presence | None]


@pytest.fixture
def has_attended(db: Session) -> Ask:
    """Whether the person's mark says they have attended the round."""

    def ask(round_: StudyRound, person: User) -> bool:
        db.flush()
        db.expire_all()
        return bool(
            db.scalar(
                select(Progress.attended)
                .join(Summons, Summons.id == Progress.summons_id)
                .where(Summons.round_id == round_.id, Summons.user_id == person.id)
            )
        )

    return ask


@pytest.fixture
def presence(db: Session) -> AskPresence:
    """What is recorded about the person."""

    def ask(session: StudySession, person: User) -> Presence | None:
        db.flush()
        db.expire_all()
        row = db.get(Attendance, (session.id, person.id))
        return row.presence if row else None

    return ask


@pytest.fixture
def counted(db: Session) -> Callable[[StudyRound, str], tuple[int, int, int]]:
    """The figures of a unit: required, exempt, attended."""

    def ask(round_: StudyRound, path: str) -> tuple[int, int, int]:
        db.flush()
        db.expire_all()
        found = select(Tally).where(Tally.round_id == round_.id, Tally.path == path)
        tally = db.scalars(found).one()
        return tally.required, tally.exempt, tally.attended

    return ask
