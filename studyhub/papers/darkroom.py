"""Photos from outside are developed in a process of their own, with little time and memory."""

import base64
import json
from threading import Semaphore
from typing import Any

from studyhub.essays.flaws import Flaw
from studyhub.kernel.sandbox import MEGABYTE, Broken, TooSlow, run
from studyhub.kernel.words import N_
from studyhub.library.errors import Unreadable
from studyhub.papers.developed import Developed

SECONDS = 60
LARGEST = 20 * MEGABYTE
_ONE_AT_A_TIME = Semaphore(1)
"""In each process of the web server: a photo needs some 300 MB while it is developed."""

TOO_LARGE = N_("This file is larger than %(limit)s MB. Photograph the page anew, or split the PDF.")
FAILED = N_("This photo could not be read. Photograph the page anew and try again.")


def develop(data: bytes) -> list[Developed]:
    """The pages of a photo or a PDF nobody vouches for, or `Unreadable`."""
    if len(data) > LARGEST:
        raise Unreadable(TOO_LARGE, limit=LARGEST // MEGABYTE)
    return _made("pages", data)


def turned(jpeg: bytes, degrees: int) -> Developed:
    """A picture made here, turned clockwise by quarters."""
    return _made(f"turn-{degrees}", jpeg)[0]


def _made(asked: str, data: bytes) -> list[Developed]:
    try:
        with _ONE_AT_A_TIME:
            said = json.loads(run("studyhub.papers.photographed", asked, data, seconds=SECONDS))
    except (TooSlow, Broken, ValueError) as error:
        raise Unreadable(FAILED) from error
    if "refused" in said:
        raise Unreadable(said["refused"], **said["values"])
    return [_read(*told) for told in said["pages"]]


def _read(jpeg: str, width: int, height: int, flaw: str, straight: list[Any] | None) -> Developed:
    flat = _read(*straight) if straight else None
    return Developed(base64.b64decode(jpeg), width, height, Flaw(flaw), flat)
