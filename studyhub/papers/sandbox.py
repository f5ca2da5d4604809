"""Files from outside are read in a process of their own, with little time and little memory."""

import json

from studyhub.kernel.old_letters import Way
from studyhub.kernel.sandbox import Broken, TooSlow, run
from studyhub.kernel.words import N_
from studyhub.library.errors import Unreadable
from studyhub.papers import kinds
from studyhub.papers.runs import Told

SECONDS = 30

TOO_SLOW = N_(
    "Reading this file took too long, so it was stopped. Save it anew as .docx and try again."
)
FAILED = N_("This file could not be read. Save the document anew as .docx or .pdf and try again.")


def read_safely(data: bytes) -> Told:
    """The paragraphs of a file nobody vouches for, or `Unreadable`."""
    kinds.kind_of(data)
    try:
        said = json.loads(run("studyhub.papers.sandboxed", "text", data, seconds=SECONDS))
    except TooSlow as error:
        raise Unreadable(TOO_SLOW) from error
    except (Broken, ValueError) as error:
        raise Unreadable(FAILED) from error
    if "refused" in said:
        raise Unreadable(said["refused"], **said["values"])
    return Told(said["paragraphs"], frozenset(Way(way) for way in said["ways"]))
