"""Whether what somebody holds and a receipt code belong together: text, pages, or a file.

The PDF of the pages must be byte for byte the one that is made of these pictures, so that
nothing can be shown in it that was not handed in.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.essays import checking
from studyhub.essays.models import Version
from studyhub.papers.binding import Picture, bound
from studyhub.papers.models import Original

_PICTURE = re.compile(
    rb"/Subtype /Image /Width (\d{1,5}) /Height (\d{1,5}) /ColorSpace /DeviceGray "
    rb"/BitsPerComponent 8 /Filter /DCTDecode /Length (\d{1,8}) >>\nstream\n"
)
_JPEG = b"\xff\xd8\xff"
_FILES = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", _JPEG)


class Verdict(StrEnum):
    """What was compared, and that it agreed; or that it did not."""

    TEXT = "text"
    PAGES = "pages"
    PAGES_AND_TEXT = "pages and text"
    ORIGINAL = "original"
    NO = "no"


@dataclass(frozen=True)
class Held:
    """What somebody holds: pasted text, and files as they were downloaded."""

    text: str
    files: Sequence[bytes]


def is_file(data: bytes) -> bool:
    """Whether it is compared as a file, not as text."""
    return data.startswith(_FILES)


def compare(db: Session, code: str, held: Held) -> Verdict:
    """What agrees with the code. An unknown code costs the same, and sounds the same."""
    version = db.scalars(
        select(Version).where(Version.receipt_code == checking.normalised(code))
    ).one_or_none()
    says_text = bool(held.text.strip())
    text = checking.is_text_of(version, held.text)
    if not held.files:
        return Verdict.TEXT if text and version and not version.pages else Verdict.NO
    if version is None or (says_text and not text):
        return Verdict.NO
    if version.pages:
        return _of_pages(version, held, is_compared=text)
    keys = [hashlib.sha256(data).hexdigest() for data in held.files]
    known = _originals(db, version)
    return Verdict.ORIGINAL if known and set(keys) <= known else Verdict.NO


def _of_pages(version: Version, held: Held, *, is_compared: bool) -> Verdict:
    """Where not a word was typed, there is none to be compared."""
    if keys_of(held.files) != [page["key"] for page in version.pages]:
        return Verdict.NO
    return Verdict.PAGES_AND_TEXT if is_compared or not version.syllables else Verdict.PAGES


def keys_of(files: Sequence[bytes]) -> list[str]:
    """The pictures of the pages, each by its hash, in order."""
    pictures = [jpeg for data in files for jpeg in _pictures(data)]
    return [hashlib.sha256(jpeg).hexdigest() for jpeg in pictures]


def _pictures(data: bytes) -> list[bytes]:
    if data.startswith(_JPEG):
        return [data]
    found, at = list[Picture](), 0
    while match := _PICTURE.search(data, at):
        at = match.end() + int(match[3])
        found.append(Picture(data[match.end() : at], int(match[1]), int(match[2])))
    return [one.jpeg for one in found] if found and bound(found) == data else [data]


def _originals(db: Session, version: Version) -> set[str]:
    """The files text had been taken from when it was handed in."""
    return set(
        db.scalars(
            select(Original.file_key).where(
                Original.essay_id == version.essay_id, Original.added_at <= version.submitted_at
            )
        )
    )
