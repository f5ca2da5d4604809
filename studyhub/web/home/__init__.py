"""What is due, and the one next step."""

from studyhub.web.home.house import house
from studyhub.web.home.views import home

__all__ = ["home", "house"]
