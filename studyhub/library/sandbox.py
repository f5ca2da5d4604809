"""Files from outside are read in a process of their own, with little time and little memory.

Whatever a file does to its reader (crash, loop, fill the memory), the application goes on
and the person is told.
"""

import json
from typing import Any

from studyhub.kernel.sandbox import ROOT, Broken, TooSlow, run
from studyhub.kernel.words import N_
from studyhub.library import hazards
from studyhub.library.errors import Unreadable

SECONDS = 30

TOO_SLOW = N_(
    "Reading this file took too long, so it was stopped. Save it anew as .docx and try again."
)
FAILED = N_("This file could not be read. Save the document anew as .docx or .pdf and try again.")


def read_safely(data: bytes, filename: str) -> str:
    """The text of a file nobody vouches for, or `Unreadable`."""
    hazards.format_of(data)
    return _answer(_run(data, _plain(filename)))


def ask(module: str, what: str, data: bytes, *, seconds: float, failed: str) -> dict[str, Any]:
    """What a fenced module of ours answers about a file; `Unreadable`, with `failed` if by nothing
    better."""
    try:
        said: dict[str, Any] = json.loads(run(module, what, data, seconds=seconds))
    except (TooSlow, Broken, ValueError) as error:
        raise Unreadable(failed) from error
    if "refused" in said:
        raise Unreadable(said["refused"], **said["values"])
    return said


def _run(data: bytes, filename: str) -> bytes:
    try:
        return run("studyhub.library.sandboxed", filename, data, seconds=SECONDS, root=ROOT)
    except TooSlow as error:
        raise Unreadable(TOO_SLOW) from error
    except Broken as error:
        raise Unreadable(FAILED) from error


def _answer(said: bytes) -> str:
    try:
        answer = json.loads(said)
    except ValueError as error:
        raise Unreadable(FAILED) from error
    if "refused" in answer:
        raise Unreadable(answer["refused"], **answer["values"])
    return str(answer["text"])


def _plain(filename: str) -> str:
    return "".join(letter for letter in filename if letter.isprintable())[-100:] or "-"
