"""Vietnamese first, English second: catalogues, and the language of a request.

The messages in code and templates are English; each room has its Vietnamese
in `translations/vi/<room>.po`. All of them are read once, at start.
"""

from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request
from markupsafe import Markup

from studyhub.kernel.errors import StudyHubError
from studyhub.settings import ROOT

LANGUAGES = ("vi", "en")
DEFAULT = "vi"
COOKIE = "language"
CATALOGUES = ROOT / "studyhub" / "translations"


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


@cache
def translations(language_: str) -> NullTranslations:
    """All catalogues of a language as one; English needs none."""
    if language_ == "en":
        return NullTranslations()
    merged = Catalog(locale=language_)
    for path in sorted((CATALOGUES / language_).glob("*.po")):
        for message in _read(path):
            if message.id:
                merged[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(compiled)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.name)


def gettext(message: str, **values: object) -> str:
    """`message` in the language of the request, its values filled in."""
    said: str = translations(language()).gettext(message)
    return said % values if values else said


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The right form for `num` things."""
    said: str = translations(language()).ngettext(one, many, num)
    return said % {"num": num, **values}


def _written(message: str, **values: object) -> Markup:
    """For templates: the sentence as markup, its values escaped."""
    if not values:
        return _whole(language(), message)
    return _sentence(language(), message) % values


def _written_many(one: str, many: str, num: int, **values: object) -> Markup:
    said: str = translations(language()).ngettext(one, many, num)
    return Markup(said) % {"num": num, **values}  # noqa: S704 - our own words


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
