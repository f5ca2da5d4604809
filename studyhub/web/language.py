"""Vietnamese first, English second: catalogues, and the language of a request.

The messages in code and templates are English; each room has its Vietnamese
in `translations/vi/<room>.po`. All of them are read once, at start.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request

from studyhub.kernel.errors import StudyHubError
from studyhub.settings import ROOT

LANGUAGES = ("vi", "en")
DEFAULT = "vi"
COOKIE = "language"
CATALOGUES = ROOT / "studyhub" / "translations"


def init_app(app: Flask) -> None:
    """Let templates speak: `_()`, `gettext`, `ngettext`."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_lookup, _lookup_many, newstyle=True)  # type: ignore[attr-defined]
    app.context_processor(lambda: {"language": language()})
    translations("vi")


def language() -> str:
    """The language of this request: chosen by the person, else Vietnamese."""
    if not has_request_context():
        return DEFAULT
    if "language" not in g:
        chosen = request.cookies.get(COOKIE, DEFAULT)
        g.language = chosen if chosen in LANGUAGES else DEFAULT
    spoken: str = g.language
    return spoken


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


def _lookup(message: str) -> str:
    """For Jinja, which fills in the values itself."""
    found: str = translations(language()).gettext(message)
    return found


def _lookup_many(one: str, many: str, num: int) -> str:
    found: str = translations(language()).ngettext(one, many, num)
    return found


def say(error: StudyHubError) -> str:
    """A refusal in the language of the request."""
    return gettext(error.message, **error.values)
