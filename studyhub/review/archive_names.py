"""How the files in an archive of essays are called, so that they open on Windows too. Pure.

Names are in Unicode NFC with their accents (the archive says that they are UTF-8); what no
Windows file may be called is replaced; same-named people are told apart by their year of
birth, and where that is the same or unknown, by a number. No path is longer than `LONGEST`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studyhub.kernel.vietnamese import nfc

LONGEST = 120
"""Characters of a path: Windows stops at 260, and the archive lies in some folder already."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_FOLDER = 50


@dataclass(frozen=True)
class Named:
    """What a file is called by: its author (or a code), year of birth, cell ("" when hidden)."""

    author: str
    born: int | None
    cell: str
    number: int


def paths(files: Sequence[Named], ending: str) -> list[str]:
    """A path for each, in order: “Chi bộ Văn phòng/Trần Thị Lan (1985).pdf”. No two alike."""
    stems = list(_stems(files))
    taken: Counter[str] = Counter()
    found = []
    for file, stem in zip(files, stems, strict=True):
        folder = f"{_cut(safe(file.cell), _FOLDER)}/" if file.cell else ""
        found.append(_unique(folder, stem, ending, taken))
    return found


def safe(name: str) -> str:
    """The name as a file may be called anywhere."""
    told = _FORBIDDEN.sub("-", nfc(" ".join(name.split()))).strip(" .") or "-"
    return f"{told}_" if _RESERVED.fullmatch(told) else told


def _stems(files: Sequence[Named]) -> Iterator[str]:
    """The author; with the year of birth where another of the cell is called the same."""
    alike = Counter((file.cell, safe(file.author).casefold()) for file in files)
    for file in files:
        stem = safe(file.author)
        if alike[file.cell, stem.casefold()] > 1 and file.born:
            stem += f" ({file.born})"
        yield stem + (f" - lần {file.number}" if file.number > 1 else "")


def _unique(folder: str, stem: str, ending: str, taken: Counter[str]) -> str:
    """The same with a number behind it, if another file is called so, in large or small letters."""
    room = LONGEST - len(folder) - len(ending) - 1 - len(" (99999)")
    short = _cut(stem, room)
    taken[(folder + short).casefold()] += 1
    count = taken[(folder + short).casefold()]
    while count > 1:
        other = f"{short} ({count})"
        if not taken[(folder + other).casefold()]:
            taken[(folder + other).casefold()] += 1
            return f"{folder}{other}.{ending}"
        count += 1
    return f"{folder}{short}.{ending}"


def _cut(name: str, most: int) -> str:
    return name[:most].rstrip(" .")
