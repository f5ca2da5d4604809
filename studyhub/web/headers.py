"""What every answer says to the browser about itself."""

from flask import Flask, Response, g, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


FILMS = "media-src 'self' blob:"
"""Films of ours, and those that a script of ours puts together of pieces of ours."""


def play_films() -> None:
    """This page plays films; no other may."""
    g.plays_films = True


def init_app(app: Flask) -> None:
    """Set them on every answer."""
    app.after_request(_set)


def _set(response: Response) -> Response:
    films = f"; {FILMS}" if g.get("plays_films") else ""
    response.headers["Content-Security-Policy"] = POLICY + films
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if not request.path.startswith(("/static/", "/assets/")):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
