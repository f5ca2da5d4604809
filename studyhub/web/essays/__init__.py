"""Writing and handing in."""

from studyhub.web.essays import (
    comparing,
    handing_in,
    history,
    letters,
    on_behalf,
    presence,
    printed,
    receipts,
    typed_pages,
    typing,
    writing,
)
from studyhub.web.essays.checking import check
from studyhub.web.essays.views import essays

__all__ = [
    "check",
    "comparing",
    "essays",
    "handing_in",
    "history",
    "letters",
    "on_behalf",
    "presence",
    "printed",
    "receipts",
    "typed_pages",
    "typing",
    "writing",
]
