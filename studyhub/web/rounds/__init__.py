"""Study rounds: planning and following them."""

from studyhub.web.rounds.views import rounds

__all__ = ["rounds"]
