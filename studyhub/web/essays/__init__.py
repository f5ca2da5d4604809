"""Writing and handing in."""

from studyhub.web.essays import receipts, writing
from studyhub.web.essays.views import essays

__all__ = ["essays", "receipts", "writing"]
