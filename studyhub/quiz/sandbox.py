"""Files of questions are read in a process of their own, with little time and little memory."""

import json

from studyhub.kernel.errors import Unfit
from studyhub.kernel.sandbox import Broken, TooSlow, run
from studyhub.kernel.words import N_
from studyhub.library import hazards as documents
from studyhub.library.errors import Unreadable as UnreadableDocument
from studyhub.quiz.found import Found
from studyhub.roster import hazards as tables
from studyhub.roster.errors import Unreadable as UnreadableTable

SECONDS = 30
MOST = 1_000

NOT_THESE = N_("Choose an .xlsx or .docx file.")
TOO_SLOW = N_("Reading this file took too long, so it was stopped. Split it and try again.")
FAILED = N_("This file could not be read. Save it anew as .xlsx or .docx and try again.")
NONE_FOUND = N_(
    "No question was found in this file. Begin each with “Câu 1.” or “1.”, and its options with "
    "A. B. C. D. on lines of their own."
)
TOO_MANY = N_("This file has more than %(most)s questions. Split it and take over the parts.")


def read_safely(data: bytes, filename: str) -> list[Found]:
    """The questions in a file nobody vouches for; `Unfit` says what to do instead."""
    kind = _kind(filename)
    try:
        (documents if kind == "docx" else tables).format_of(data)
        found = _found(run("studyhub.quiz.sandboxed", kind, data, seconds=SECONDS))
    except (UnreadableDocument, UnreadableTable) as refusal:
        raise Unfit(refusal.message, about="file", **refusal.values) from refusal
    except TooSlow as error:
        raise Unfit(TOO_SLOW, about="file") from error
    except (Broken, ValueError, KeyError, TypeError) as error:
        raise Unfit(FAILED, about="file") from error
    if not found:
        raise Unfit(NONE_FOUND, about="file")
    if len(found) > MOST:
        raise Unfit(TOO_MANY, about="file", most=MOST)
    return found


def _kind(filename: str) -> str:
    ending = filename.lower().rpartition(".")[2]
    if ending in {"docx", "doc"}:
        return "docx"
    if ending in {"xlsx", "xls", "ods", "csv"}:
        return "table"
    raise Unfit(NOT_THESE, about="file")


def _found(said: bytes) -> list[Found]:
    told = json.loads(said)
    if "refused" in told:
        raise UnreadableTable(str(told["refused"]), **told["values"])
    return [Found.of(one) for one in told["found"]]
