"""The key by which a page that is open asks how its session stands, without the door.

The door asks the database who somebody is and what they may see. A page that has been
opened has passed it; the key says so: it names the person and the session, holds for half a
day, and opens only in a browser in which this person is signed in. See decision 0012.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app
from flask import session as visit

HOLDS = timedelta(hours=12)


def key_for(session_id: UUID, user_id: UUID, now: datetime) -> str:
    """The key of this person to this session."""
    until = int((now + HOLDS).timestamp())
    return f"{user_id.hex}.{until:x}.{_signed(session_id, user_id.hex, f'{until:x}')}"


def holder(key: str, session_id: UUID, now: datetime) -> UUID | None:
    """Whose key it is, where it opens; None for any other."""
    user, _, rest = key.partition(".")
    until, _, signature = rest.partition(".")
    if not hmac.compare_digest(signature.encode(), _signed(session_id, user, until).encode()):
        return None
    person = UUID(hex=user)
    signed_in = str(visit.get("_user_id", "")).startswith(str(person))
    return person if signed_in and now.timestamp() < int(until, 16) else None


def _signed(session_id: UUID, user: str, until: str) -> str:
    told = f"session page:{session_id.hex}:{user}:{until}".encode()
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, told, hashlib.sha256).hexdigest()[:32]
