"""Taking out of a text what tells whose it is. Pure.

What is taken out, each replaced by «[…]»: the author's full name and the parts of it that are
longer than one word; the names of the units the person belongs to, in full and short; card
numbers, telephone numbers, e-mail addresses, days of birth and years beside «sinh năm»; and the
names people introduce themselves with («Tôi là …», «Họ và tên: …»). Letters with and without
marks, in capitals or not, count as the same. A machine does not find everything: whoever sets
the calibration up reads the text and changes it before anybody else sees it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from studyhub.kernel.vietnamese import fold, nfc

GAP = "[…]"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        r"(?<!\d)(?:\+84|0)(?:[ .-]?\d){8,10}(?!\d)",
        r"(?<!\d)\d{12}(?!\d)|(?<=thẻ)[^\n\d]{0,20}\d{8}(?!\d)",
        r"(?<=sinh ngày )\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}",
        r"(?<=sinh năm )\d{4}",
        r"(?<=họ và tên:)[^\n.;,]+|(?<=họ tên:)[^\n.;,]+",
    )
)
_INTRODUCED = re.compile(r"\b([Tt]ôi (?:tên là|tên|là) )(\w+(?: \w+){1,6})")


def stripped(
    parts: Iterable[Mapping[str, str]], *, author: str, units: Iterable[str]
) -> list[dict[str, str]]:
    """The same parts without what tells whose they are; the titles are those of the round."""
    words = _words(author, units)
    return [{"title": part["title"], "text": _without(nfc(part["text"]), words)} for part in parts]


def _words(author: str, units: Iterable[str]) -> Sequence[str]:
    names = author.split()
    told = {author, *(" ".join(names[start:]) for start in range(1, len(names) - 1)), *units}
    return sorted((one for one in told if len(one.split()) > 1), key=len, reverse=True)


def _without(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = _cut(text, word)
    for pattern in _PATTERNS:
        text = pattern.sub(lambda found: _gap(found[0]), text)
    return _INTRODUCED.sub(_introduced, text)


def _introduced(found: re.Match[str]) -> str:
    """Two words or more that begin with a capital are a name: «tôi là Bí thư» is none."""
    words = found[2].split(" ")
    name = list(takewhile(lambda word: word[:1].isupper(), words))
    return " ".join([f"{found[1]}{GAP}", *words[len(name) :]]) if len(name) > 1 else found[0]


def _gap(found: str) -> str:
    """The space around what is taken out stays."""
    head = found[: len(found) - len(found.lstrip())]
    return f"{head}{GAP}"


def _cut(text: str, word: str) -> str:
    """Every place where the words stand, whatever their marks and capitals."""
    wanted = fold(word).split()
    pieces = list(re.finditer(r"\w+", text))
    folded = [fold(piece[0]) for piece in pieces]
    cuts = []
    at = 0
    while at + len(wanted) <= len(folded):
        if folded[at : at + len(wanted)] == wanted:
            cuts.append((pieces[at].start(), pieces[at + len(wanted) - 1].end()))
            at += len(wanted)
        else:
            at += 1
    for start, end in reversed(cuts):
        text = f"{text[:start]}{GAP}{text[end:]}"
    return text
