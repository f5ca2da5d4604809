"""Good essays: proposing, deciding, answering, the shelf and its booklets."""

from studyhub.web.booklet import answering, booklets, deciding, on_essay, proposing, reading
from studyhub.web.booklet.blueprint import booklet

__all__ = [
    "answering", "booklet", "booklets", "deciding", "on_essay", "proposing", "reading",
]  # fmt: skip
