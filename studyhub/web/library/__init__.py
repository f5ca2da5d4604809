"""Documents to read."""

from studyhub.web.library import adding, attached, beside, changing, listing, original, reading
from studyhub.web.library.blueprint import library

__all__ = ["adding", "attached", "beside", "changing", "library", "listing", "original", "reading"]
