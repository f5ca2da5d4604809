"""Captions: read from a file nobody vouches for, and written anew with nothing but their words."""

import re
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from studyhub.audit import log
from studyhub.audit.log import Deed
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.vietnamese import nfc
from studyhub.kernel.words import N_
from studyhub.recordings.models import Caption, Recording
from studyhub.storage.files import FileStore

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
"""By their own names, as players show them."""

LARGEST = 2 * 1024 * 1024
MOST_CUES = 20_000
LONGEST_CUE = 1000

NOT_CAPTIONS = N_("This is not a file of captions. Choose a .vtt or .srt file in UTF-8.")
TOO_LARGE = N_("A file of captions has at most 2 MB.")
BACKWARDS = N_("The caption at %(when)s ends before it begins. Correct it, then bring it again.")

_TIME = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)[.,](\d{3})"
_CUE = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_TAG = re.compile(r"</?[^<>]*>?")


def caption(
    db: Session, recording: Recording, language: str, data: bytes,
    *, files: FileStore, by: Actor, now: datetime,
) -> Caption:  # fmt: skip
    """Show these words with the recording, in place of those in the same language."""
    key = files.keep(cleaned(data).encode())
    found = next((one for one in recording.captions if one.language == language), None)
    if found is None:
        found = Caption(id=new_uuid(), language=language)
        recording.captions.append(found)
    found.file_key, found.added_at = key, now
    log.record(db, Deed.RECORDING_CAPTIONED, recording.id, by=by, now=now, language=language)
    return found


def uncaption(
    db: Session, recording: Recording, language: str, *, by: Actor, now: datetime
) -> None:
    """Show no words in this language any more."""
    recording.captions[:] = [one for one in recording.captions if one.language != language]
    log.record(
        db, Deed.RECORDING_CAPTIONED, recording.id, by=by, now=now, language=language, removed=1
    )


def cleaned(data: bytes) -> str:
    """The captions as WebVTT: times and words, without styles, regions, notes or tags."""
    if len(data) > LARGEST:
        raise Unfit(TOO_LARGE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit(NOT_CAPTIONS) from None
    cues = list(_cues(text.replace("\r\n", "\n").replace("\r", "\n")))
    if not cues or len(cues) > MOST_CUES:
        raise Unfit(NOT_CAPTIONS)
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def _cues(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text):
        lines = block.strip("\n").split("\n")
        at = next((n for n, line in enumerate(lines[:2]) if _CUE.match(line)), None)
        if at is None:
            continue
        begins, ends = _times(lines[at])
        if ends <= begins:
            raise Unfit(BACKWARDS, when=_told(begins))
        if words := _words(lines[at + 1 :]):
            yield f"{_told(begins)} --> {_told(ends)}\n{words}"


def _times(line: str) -> tuple[int, int]:
    found = _CUE.match(line)
    parts = [int(part or 0) for part in found.groups()] if found else [0] * 8
    begins, ends = (
        ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths
        for hours, minutes, seconds, thousandths in (parts[:4], parts[4:])
    )
    return begins, ends


def _words(lines: list[str]) -> str:
    """Plain words: what a player would take for a mark is escaped or gone."""
    plain = (_TAG.sub("", nfc(line)).replace("-->", "→").strip() for line in lines)
    kept = ("".join(letter for letter in line if letter.isprintable()) for line in plain)
    escaped = (re.sub(r"&(?!\w+;)", "&amp;", line).replace("<", "&lt;") for line in kept)
    return "\n".join(line for line in escaped if line)[:LONGEST_CUE]


def _told(moment: int) -> str:
    seconds, thousandths = divmod(moment, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"
