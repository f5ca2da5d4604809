"""Theme, text size and language: cookies that the server reads, so that no script is needed."""

from collections.abc import Mapping

from flask import current_app
from werkzeug.wrappers import Response

from studyhub.web.context import LINES, SIZES, THEMES
from studyhub.web.language import LANGUAGES

CHOICES: Mapping[str, tuple[str, ...]] = {
    "theme": ("", *THEMES),
    "text_size": ("", *SIZES),
    "line": ("", *LINES),
    "language": LANGUAGES,
}
A_YEAR = 365 * 24 * 3600


def remember(response: Response, chosen: Mapping[str, str]) -> Response:
    """Set the cookies of what was chosen; anything else is left as it is."""
    for name, allowed in CHOICES.items():
        if chosen.get(name) in allowed:
            response.set_cookie(
                name,
                chosen[name],
                max_age=A_YEAR,
                secure=current_app.config["SESSION_COOKIE_SECURE"],
                httponly=True,
                samesite="Lax",
            )
    return response
