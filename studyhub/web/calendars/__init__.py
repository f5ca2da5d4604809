"""Sessions and deadlines in one's own calendar."""

from studyhub.web.calendars.views import calendars

__all__ = ["calendars"]
