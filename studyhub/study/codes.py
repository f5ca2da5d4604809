"""The code on the screen of a session: another one every half minute. Pure.

It follows from the secret of the session and the server's time, as in RFC 6238,
so that every screen shows the same one and nothing is written to show it. A
code is taken for a minute longer than it is shown: telephones and people are slow.
"""

import hashlib
import hmac
from datetime import datetime

from studyhub.study.models import StudySession

STEP = 30
"""Seconds for which a code is shown."""

MARGIN = 2
"""So many codes before the present one are still taken."""

DIGITS = 4
"""Short enough to type in a hall; guessing is stopped after a few tries."""


def code_at(session: StudySession, moment: datetime) -> str:
    """The code that is shown at this moment."""
    return _code(session, _turn(moment))


def is_taken(session: StudySession, typed: str, now: datetime) -> bool:
    """Whether what was typed is the code shown now, or one shown a moment ago."""
    said, turn = "".join(typed.split()).encode(), _turn(now)
    turns = range(turn - MARGIN, turn + 1)
    return any(hmac.compare_digest(said, _code(session, one).encode()) for one in turns)


def seconds_left(now: datetime) -> int:
    """How long the present code is still shown."""
    return STEP - int(now.timestamp()) % STEP


def _turn(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP


def _code(session: StudySession, turn: int) -> str:
    told = f"{session.id}:{turn}".encode()
    digest = hmac.new(session.check_in_secret.encode(), told, hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8]) % 10**DIGITS:0{DIGITS}}"
