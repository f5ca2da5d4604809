"""Documents to read."""

from studyhub.web.library.views import library

__all__ = ["library"]
