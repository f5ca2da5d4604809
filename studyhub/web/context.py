"""What every template may ask for."""

from typing import Any

from flask import Flask, g, request
from sqlalchemy import select

from studyhub.access import policy
from studyhub.org.models import Unit
from studyhub.web.request import actor, settings
from studyhub.web.transaction import looking

THEMES = ("light", "dark")
SIZES = ("l", "xl")
LINES = ("sound", "text")
"""What a slow line is spared: the picture, or sound too."""


def init_app(app: Flask) -> None:
    """Give templates the law, the organization and the reader's preferences."""
    app.jinja_env.globals["may"] = may
    app.context_processor(_for_templates)


def may(act: str, thing: object) -> bool:
    """Whether the person looking at the page may do this: `may("judge_essay", essay)`."""
    allowed: bool = getattr(policy, act)(actor(), thing)
    return allowed


def _for_templates() -> dict[str, Any]:
    return {
        "theme": _chosen("theme", THEMES),
        "text_size": _chosen("text_size", SIZES),
        "line": _chosen("line", LINES),
        "organization": organization(),
        "demonstration": settings().demonstration,
        "help_line": settings().help_line,
        "sends_mail": settings().sends_mail,
        "me": g.get("user"),
    }


def _chosen(cookie: str, allowed: tuple[str, ...]) -> str:
    value = request.cookies.get(cookie, "")
    return value if value in allowed else ""


def know_organization(root: Unit) -> None:
    """The page has looked up the root of the tree already: it need not be asked for again."""
    g.organization = root


def organization() -> Unit | None:
    """The root of the tree, whose name stands at the head of every page."""
    if "organization" not in g:
        root_of_the_tree = select(Unit).where(Unit.parent_id.is_(None)).limit(1)
        with looking() as db:
            g.organization = db.scalars(root_of_the_tree).first()
    root: Unit | None = g.organization
    return root
