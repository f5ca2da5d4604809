"""Documents to read."""

from studyhub.web.library import adding, changing, listing, original, reading
from studyhub.web.library.blueprint import library

__all__ = ["adding", "changing", "library", "listing", "original", "reading"]
