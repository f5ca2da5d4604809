"""Text that also stands elsewhere, shown to those who judge."""

from studyhub.web.similarity.views import similarity

__all__ = ["similarity"]
