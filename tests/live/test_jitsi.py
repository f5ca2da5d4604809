"""A token for a room of Jitsi, read as Jitsi reads it."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode
from datetime import timedelta
from typing import Any

from studyhub.live.jitsi import Server
from tests.world import NOW

SERVER = Server("https://meet.example.vn/", "hoctap", "a secret of Jitsi")


def claims_of(address: str, secret: str = SERVER.secret) -> dict[str, Any]:
    """What the token says, its signature checked."""
    head, body, mark = address.partition("?jwt=")[2].split(".")
    right = hmac.new(secret.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    assert _plain(mark) == right
    assert json.loads(_plain(head)) == {"alg": "HS256", "typ": "JWT"}
    claims: dict[str, Any] = json.loads(_plain(body))
    return claims


def _plain(piece: str) -> bytes:
    return urlsafe_b64decode(piece + "=" * (-len(piece) % 4))


def address(*, is_moderator: bool) -> str:
    return SERVER.join(
        "hoctap-1", user_id="7", name="Nguyễn Văn An", is_moderator=is_moderator, now=NOW
    )


def test_the_token_is_for_one_room_one_person_a_few_minutes() -> None:
    told = address(is_moderator=False)
    assert told.startswith("https://meet.example.vn/hoctap-1?jwt=")
    claims = claims_of(told)
    assert (claims["iss"], claims["aud"], claims["sub"], claims["room"]) == (
        "hoctap", "hoctap", "meet.example.vn", "hoctap-1",
    )  # fmt: skip
    assert claims["context"]["user"]["name"] == "Nguyễn Văn An"
    now = NOW.timestamp()
    assert claims["nbf"] < now < claims["exp"] <= now + timedelta(minutes=10).total_seconds()


def test_only_a_moderator_is_told_as_one() -> None:
    for leads in (True, False):
        claims = claims_of(address(is_moderator=leads))
        assert claims["context"]["user"]["moderator"] is leads
        assert claims["moderator"] is leads
