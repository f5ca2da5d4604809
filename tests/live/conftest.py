"""A session that is followed by a stream of one's own, and its key."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from studyhub.live import sources
from studyhub.live.models import Source
from studyhub.live.streaming import Sender
from studyhub.study.models import StudySession
from tests.world import NOW, World


@dataclass
class Studio:
    """Whoever sends the picture of a session."""

    session: StudySession
    key: str

    def sender(self, client: str = "1", key: str | None = None) -> Sender:
        """As the media server tells of them."""
        key = self.key if key is None else key
        return Sender(session_id=self.session.id, client=client, key=key)


def secret_of(told: str) -> str:
    """What stands behind `?key=` in the key that an officer is shown."""
    return told.partition("?key=")[2]


@pytest.fixture
def studio(db: Session, world: World) -> Studio:
    """A session under way whose stream key has been made."""
    session = world.session(world.round())
    officer = world.actor(world.dung)
    sources.choose(db, session, Source.STREAM, by=officer, now=NOW)
    told = sources.make_key(db, session, by=officer, now=NOW)
    db.flush()
    return Studio(session, secret_of(told))
