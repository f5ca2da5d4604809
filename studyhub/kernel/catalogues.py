"""The catalogues: what StudyHub says, in each language it speaks.

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

LANGUAGES = ("vi", "en")
DEFAULT = "vi"
CATALOGUES = Path(__file__).resolve().parents[1] / "translations"


@cache
def translations(language: str) -> NullTranslations:
    """All catalogues of a language as one; English needs none."""
    if language == "en":
        return NullTranslations()
    merged = Catalog(locale=language)
    for path in sorted((CATALOGUES / language).glob("*.po")):
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
