"""Documents to read."""

from studyhub.web.library import adding, beside, changing, listing, original, reading
from studyhub.web.library.blueprint import library

__all__ = ["adding", "beside", "changing", "library", "listing", "original", "reading"]
