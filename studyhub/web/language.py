"""Vietnamese first, English second: the language of a request, and its sentences."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from flask import Flask, g, has_request_context, request
from markupsafe import Markup

from studyhub.kernel.catalogues import DEFAULT, LANGUAGES, translations
from studyhub.kernel.errors import StudyHubError

COOKIE = "language"
Words = TypeVar("Words", bound=str)
_SWAPPED = str.maketrans(",.", ".,")

__all__ = ["LANGUAGES", "gettext", "language", "ngettext", "say", "separated", "translations"]


def init_app(app: Flask) -> None:
    """Let templates speak: `_()`, `gettext`, `ngettext`."""
    app.jinja_env.globals |= {"_": _written, "gettext": _written, "ngettext": _written_many}
    app.context_processor(lambda: {"language": language()})
    translations("vi")


def language() -> str:
    """The language of this request: chosen by the person, else Vietnamese."""
    try:
        spoken: str = g.language  # asked hundreds of times for a page
    except (AttributeError, RuntimeError):
        spoken = _chosen()
    return spoken


def _chosen() -> str:
    if not has_request_context():
        return DEFAULT
    chosen = request.cookies.get(COOKIE, DEFAULT)
    g.language = chosen if chosen in LANGUAGES else DEFAULT
    return str(g.language)


def gettext(message: str, **values: object) -> str:
    """`message` in the language of the request, its values filled in."""
    said: str = translations(language()).gettext(message)
    return _filled(said, values) if values else said


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The right form for `num` things."""
    said: str = translations(language()).ngettext(one, many, num)
    return _filled(said, {"num": num, **values})


def separated(said: str) -> str:
    """Python writes 1,500.5 as English does; Vietnamese has its separators the other way round.

    By hand, because a page of forty cells says hundreds of numbers.
    """
    return said.translate(_SWAPPED) if language() == "vi" else said


def _filled(said: Words, values: Mapping[str, object]) -> Words:
    """The sentence with its values; counts from a thousand on are written in groups: 1.500."""
    large = {
        name: separated(f"{value:,}")
        for name, value in values.items()
        if isinstance(value, int) and value >= 1000 and f"%({name})d" in said
    }
    for name in large:
        said = said.replace(f"%({name})d", f"%({name})s")  # type: ignore[assignment]  # of its kind
    return said % {**values, **large}  # type: ignore[return-value]  # markup stays markup


def _written(message: str, **values: object) -> Markup:
    """For templates: the sentence as markup, its values escaped."""
    if not values:
        return _whole(language(), message)
    return _filled(_sentence(language(), message), values)


def _written_many(one: str, many: str, num: int, **values: object) -> Markup:
    said: str = translations(language()).ngettext(one, many, num)
    return _filled(Markup(said), {"num": num, **values})  # noqa: S704 - our own words


@lru_cache(4096)
def _sentence(language_: str, message: str) -> Markup:
    return Markup(translations(language_).gettext(message))  # noqa: S704 - our own words


@lru_cache(4096)
def _whole(language_: str, message: str) -> Markup:
    """A sentence without values, where a percent sign is still written twice."""
    return _sentence(language_, message) % {}


def say(error: StudyHubError) -> str:
    """A refusal in the language of the request."""
    return gettext(error.message, **error.values)
