"""Study sessions: the page, check-in, roll call."""

from studyhub.web.study import roll
from studyhub.web.study.views import study

__all__ = ["roll", "study"]
