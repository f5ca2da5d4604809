"""Reminding the members of a cell; the list to call; what was sent."""

from studyhub.web.reminding import calls
from studyhub.web.reminding.views import reminding

__all__ = ["calls", "reminding"]
