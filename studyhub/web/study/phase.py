"""Where a session stands by the clock. Pure."""

from datetime import datetime
from enum import StrEnum

from studyhub.study.models import StudySession


class Phase(StrEnum):
    """Before it, while it goes on, after it."""

    BEFORE = "before"
    LIVE = "live"
    OVER = "over"


def phase(session: StudySession, moment: datetime) -> Phase:
    """Where the session stands at this moment."""
    if moment < session.starts_at:
        return Phase.BEFORE
    return Phase.LIVE if moment <= session.ends_at else Phase.OVER
