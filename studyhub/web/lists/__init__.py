"""Lists of attendance from outside: brought, looked through, taken over, undone."""

from studyhub.web.lists.views import lists

__all__ = ["lists"]
