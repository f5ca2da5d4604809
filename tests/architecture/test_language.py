"""Everything StudyHub says, it can say in Vietnamese."""

import re
from collections import defaultdict
from pathlib import Path

import wtforms
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from studyhub.access import law

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "studyhub" / "translations" / "vi").glob("*.po"))
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract"),
           ("**.txt", "jinja2.ext:babel_extract")]  # fmt: skip
OPTIONS = {
    f"**.{kind}": {"trimmed": "true", "newstyle_gettext": "true"} for kind in ("html", "txt")
}
KEYWORDS = {"_": None, "gettext": None, "N_": None, "ngettext": (1, 2)}
PLACE = re.compile(r"%\((\w+)\)")


def _said() -> set[str]:
    said = law.sentences()
    for folder in ("studyhub", "templates"):
        found = extract_from_dir(
            str(ROOT / folder), METHODS, OPTIONS, keywords=KEYWORDS, strip_comment_tags=True
        )
        for _file, _line, message, _comments, _context in found:
            said.add(message if isinstance(message, str) else str((message or ("",))[0]))
    return said


def _first(said: object) -> str:
    """Vietnamese has one form for any number."""
    return said if isinstance(said, str) else str(next(iter(said or [""])))  # type: ignore[call-overload]


def _translated() -> dict[str, set[str]]:
    known: dict[str, set[str]] = defaultdict(set)
    for path in CATALOGUES:
        with path.open("rb") as file:
            for message in read_po(file, locale="vi"):
                if message.id:
                    one = message.id if isinstance(message.id, str) else message.id[0]
                    known[one].add(_first(message.string))
    return known


def test_every_message_has_a_vietnamese_translation() -> None:
    known = _translated()

    assert sorted(m for m in _said() if not known.get(m) or "" in known[m]) == []


def test_no_message_has_two_translations() -> None:
    assert {m: sorted(t) for m, t in _translated().items() if len(t) > 1} == {}


def test_no_translation_outlives_its_message() -> None:
    assert sorted(set(_translated()) - _said() - _said_by_wtforms()) == []


def _said_by_wtforms() -> set[str]:
    """What the validators say when they are not told what to say."""
    folder = Path(wtforms.__file__).parent
    found = extract_from_dir(str(folder), [("**.py", "python")], keywords={"gettext": None})
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


def test_a_translation_fills_in_what_its_message_does() -> None:
    wrong = {
        message: said
        for message, texts in _translated().items()
        for said in texts
        if not set(PLACE.findall(said)) <= set(PLACE.findall(message)) | {"num"}
    }

    assert wrong == {}
