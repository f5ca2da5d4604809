"""How a stream stands, who may send, who may watch, what a link leads to. Pure."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from studyhub.live.models import LiveStream, Source
from studyhub.study.models import StudySession

SILENCE = timedelta(seconds=35)
"""So long unheard of (the media server speaks every 10 s), and a stream has broken off."""

EARLY, LATE = timedelta(hours=2), timedelta(hours=6)
"""A stream may be sent from so long before the beginning until so long after the end."""

PASS = timedelta(minutes=10)
"""So long a viewer is let in by the media server; a page that is open asks anew in time."""


class OnAir(StrEnum):
    """How the stream of a session stands."""

    NOT_YET = "not_yet"
    NOW = "now"
    BROKEN = "broken"
    """It came, and is awaited again."""
    OVER = "over"


def comes_in(stream: LiveStream, now: datetime) -> bool:
    """Whether its picture is coming in at this moment."""
    return stream.ended_at is None and stream.seen_at + SILENCE > now


def on_air(
    streams: Iterable[LiveStream], *, over_at: datetime | None, ends_at: datetime, now: datetime
) -> OnAir:
    """How the stream stands: what comes in counts, whatever the clock of the session says."""
    known = list(streams)
    if any(comes_in(stream, now) for stream in known):
        return OnAir.NOW
    if over_at or now > ends_at:
        return OnAir.OVER
    return OnAir.BROKEN if known else OnAir.NOT_YET


def takes_stream(session: StudySession, now: datetime) -> bool:
    """Whether it is the time to send: also somewhat early, to try it out."""
    return session.starts_at - EARLY <= now <= session.ends_at + LATE


def hash_of(key: str) -> str:
    """What is kept of a stream key."""
    return hashlib.sha256(key.encode()).hexdigest()


def fits(key: str, key_hash: str) -> bool:
    """Whether it is the key of this hash; where none was made, nothing fits."""
    return bool(key_hash) and hmac.compare_digest(hash_of(key), key_hash)


def pass_for(session_id: UUID, person_id: UUID, *, until: datetime, secret: str) -> str:
    """What lets this person watch this session until then: `until.person.mark`.

    The media server makes the same mark by itself (nginx's secure_link, which knows MD5 only;
    the secret stands last, so that nothing can be added to what is marked).
    """
    last = int(until.timestamp())
    marked = hashlib.md5(
        f"{last} {person_id} {session_id} {secret}".encode(), usedforsecurity=False
    )
    mark = urlsafe_b64encode(marked.digest()).decode().rstrip("=")
    return f"{last}.{person_id}.{mark}"


SYSTEMS = {
    "zoom.us": "Zoom",
    "zoom.com": "Zoom",
    "meet.google.com": "Google Meet",
    "teams.microsoft.com": "Microsoft Teams",
    "teams.live.com": "Microsoft Teams",
    "webex.com": "Webex",
    "meet.jit.si": "Jitsi",
}


def system_of(link: str) -> str:
    """What the address leads to, by the name of its host; the host itself where it is unknown."""
    host = (urlsplit(link).hostname or "").lower()
    known = (name for end, name in SYSTEMS.items() if host == end or host.endswith("." + end))
    return next(known, host)


def is_secure(link: str) -> bool:
    """Whether it is an https address that a browser may be sent to."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not link.split()[1:]


def usual(session: StudySession) -> Source:
    """What a session is followed by for which nothing was chosen."""
    return Source.LINK if session.link else Source.NONE
