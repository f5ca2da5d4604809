"""What one has been told, and that one has looked."""

from studyhub.web.notices import views
from studyhub.web.notices.blueprint import notices

__all__ = ["notices", "views"]
