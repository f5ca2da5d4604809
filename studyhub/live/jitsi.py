"""How somebody comes into a room of Jitsi: an address with a token (JWT, HS256). Pure."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from studyhub.settings import Settings

GOOD_FOR = timedelta(minutes=5)
"""Long enough to come in; who is in stays."""
SKEW = timedelta(minutes=1)
"""The clocks of two machines differ."""


@dataclass(frozen=True)
class Server:
    """One Jitsi, and the application it knows us as."""

    url: str
    app_id: str
    secret: str

    def join(self, room: str, *, user_id: str, name: str, is_moderator: bool, now: datetime) -> str:
        """The address by which this person comes into the room, for a few minutes."""
        person = {"id": user_id, "name": name, "moderator": is_moderator}
        token = self._signed(
            {
                "aud": self.app_id,
                "iss": self.app_id,
                "sub": urlsplit(self.url).hostname or "*",
                "room": room,
                "nbf": int((now - SKEW).timestamp()),
                "exp": int((now + GOOD_FOR).timestamp()),
                "moderator": is_moderator,
                "context": {"user": person},
            }
        )
        return f"{self.url.rstrip('/')}/{room}?jwt={token}"

    def _signed(self, claims: Mapping[str, Any]) -> str:
        head = _piece(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
        body = _piece(json.dumps(claims, ensure_ascii=False).encode())
        mark = hmac.new(self.secret.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
        return f"{head}.{body}.{_piece(mark)}"


def _piece(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def server_of(settings: Settings) -> Server | None:
    """The server of this installation, where there is one."""
    if not settings.jitsi_url:
        return None
    return Server(settings.jitsi_url, settings.jitsi_app_id, settings.jitsi_secret)
