"""Lets somebody watch the live picture of a session: a cookie that the media server reads.

It goes to the addresses of that session alone, is good for ten minutes, and is made anew
whenever the page, or the script on it, asks. Nothing is written down (docs/decisions/0013).
"""

from uuid import UUID

from flask import Response, after_this_request, url_for

from studyhub.live.models import Source
from studyhub.live.queries import Live
from studyhub.live.rules import PASS, pass_for
from studyhub.web import assets
from studyhub.web.request import actor, now, settings

COOKIE = "studyhub_live"
PLAYER = "hls/hls.light.min.mjs"
"""hls.js, for browsers that know no HLS; laid by `./dev`, and never loaded by the others."""


def let_in(session_id: UUID, live: Live) -> None:
    """Whoever is shown this page may watch; there is nothing to watch but a stream of our own."""
    if live.source is not Source.STREAM or not settings().live_secret:
        return
    told = pass_for(session_id, actor().user_id, until=now() + PASS, secret=settings().live_secret)

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            told,
            max_age=int(PASS.total_seconds()),
            path=f"/live/{session_id}/",
            httponly=True,
            secure=settings().secure_cookies,
            samesite="Lax",
        )
        return response


def addresses(session_id: UUID) -> dict[str, str]:
    """Where the picture and the sound alone are, whom to ask for the pass, and for the player."""
    there = (assets.STATIC / PLAYER).exists()
    return {
        "picture": f"/live/{session_id}/index.m3u8",
        "sound": f"/live/{session_id}/sound.m3u8",
        "renew": url_for("live.renew", session_id=session_id),
        "player": assets.asset(PLAYER) if there else "",
    }
