"""Files from outside are read in a process of their own, with little time and little memory.

Whatever a file does to its reader (crash, loop, fill the memory), the application goes on
and the person is told.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from studyhub.kernel.words import N_
from studyhub.library import hazards
from studyhub.library.errors import Unreadable

SECONDS = 30
ROOT = Path(__file__).parents[2]

TOO_SLOW = N_(
    "Reading this file took too long, so it was stopped. Save it anew as .docx and try again."
)
FAILED = N_("This file could not be read. Save the document anew as .docx or .pdf and try again.")


def read_safely(data: bytes, filename: str) -> str:
    """The text of a file nobody vouches for, or `Unreadable`."""
    hazards.format_of(data)
    return _answer(_run(data, _plain(filename)))


def _run(data: bytes, filename: str) -> bytes:
    command = [sys.executable, "-B", "-m", "studyhub.library.sandboxed", filename]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the name is one argument, not shell text
            command,
            input=data,
            capture_output=True,
            timeout=SECONDS,
            env=_environment(),
            cwd=ROOT,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(TOO_SLOW) from error
    except subprocess.CalledProcessError as error:
        raise Unreadable(FAILED) from error
    return done.stdout


def _answer(said: bytes) -> str:
    try:
        answer = json.loads(said)
    except ValueError as error:
        raise Unreadable(FAILED) from error
    if "refused" in answer:
        raise Unreadable(answer["refused"], **answer["values"])
    return str(answer["text"])


def _environment() -> dict[str, str]:
    """No secrets go along: only what Python needs to start."""
    kept = {
        name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ
    }
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def _plain(filename: str) -> str:
    return "".join(letter for letter in filename if letter.isprintable())[-100:] or "-"
