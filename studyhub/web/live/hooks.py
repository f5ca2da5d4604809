"""What the media server tells: only from this machine, only with the secret; else nothing is here.

Answers are for it alone: 2xx lets a sender in, anything else turns them away.
"""

import hmac
from datetime import datetime
from ipaddress import ip_address
from pathlib import PurePath
from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue

from studyhub.kernel.errors import Forbidden
from studyhub.kernel.words import N_
from studyhub.live import streaming
from studyhub.live.streaming import Sender
from studyhub.web import csrf
from studyhub.web.guard import by_machine
from studyhub.web.live.blueprint import live
from studyhub.web.request import db, now, settings

DONE = 204
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")


def is_media_server() -> bool:
    """From this machine, not passed on by a proxy, and with the secret."""
    secret, told = settings().live_secret, request.args.get("secret", "")
    passed_on = any(name in request.headers for name in FORWARDED)
    return (
        bool(secret)
        and not passed_on
        and _is_loopback(request.remote_addr or "")
        and hmac.compare_digest(told.encode(), secret.encode())
    )


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


@live.post("/live/hooks/publish")
@by_machine(is_media_server)
def publish() -> ResponseReturnValue:
    """Somebody wants to send."""
    streaming.begin(db(), _sender(), now=now())
    return Response(status=DONE)


@live.post("/live/hooks/update")
@by_machine(is_media_server)
def update() -> ResponseReturnValue:
    """It goes on. Of whoever fetches, it is told too: that is this machine, making the sound."""
    if request.form.get("call") == "update_publish":
        streaming.go_on(db(), _sender(), now=now())
    return Response(status=DONE)


@live.post("/live/hooks/publish-done")
@by_machine(is_media_server)
def publish_done() -> ResponseReturnValue:
    """It has ended; also told of those who were turned away."""
    streaming.end(db(), _sender(), now=now())
    return Response(status=DONE)


@live.post("/live/hooks/record-done")
@by_machine(is_media_server)
def record_done() -> ResponseReturnValue:
    """A recording stands in the folder; only its name is taken from what is told."""
    name = PurePath(request.form.get("path", "")).name
    moment: datetime = now()
    streaming.keep_recording(db(), _sender(), name, now=moment)
    return Response(status=DONE)


def _sender() -> Sender:
    told = request.form
    try:
        session_id = UUID(told.get("name", ""))
    except ValueError:
        raise Forbidden(N_("This is not the key of a stream.")) from None
    client = told.get("clientid", "")[:40]
    return Sender(session_id=session_id, client=client, key=told.get("key", ""))


for _view in (publish, update, publish_done, record_done):
    csrf.from_machine(f"{live.name}.{_view.__name__}")
