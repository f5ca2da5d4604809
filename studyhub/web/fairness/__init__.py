"""Reading a sample of the decided essays again."""

from studyhub.web.fairness import rereading, taking
from studyhub.web.fairness.views import fairness

__all__ = ["fairness", "rereading", "taking"]
