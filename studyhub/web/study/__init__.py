"""Study sessions: the page, check-in, roll call."""

from studyhub.web.study import absences, following, making_up, roll
from studyhub.web.study.views import study

__all__ = ["absences", "following", "making_up", "roll", "study"]
