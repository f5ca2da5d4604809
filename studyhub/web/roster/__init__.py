"""Taking over a list of members: chosen, looked at, compared, applied."""

from studyhub.web.roster import views, working
from studyhub.web.roster.blueprint import roster

__all__ = ["roster", "views", "working"]
