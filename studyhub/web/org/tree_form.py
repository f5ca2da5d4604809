"""The day of which the tree is asked."""

from datetime import date
from typing import Any

from wtforms import Form
from wtforms.validators import Optional

from studyhub.kernel.words import N_
from studyhub.web.fields import DayField


class LinkedDayField(DayField):
    """A day that is typed, or that stands in an address as 2026-09-05."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Both spellings."""
        try:
            self.data = date.fromisoformat(str(valuelist[0]).strip()) if valuelist else None
        except ValueError:
            super().process_formdata(valuelist)


class DayForm(Form):
    """A day in the past, or one to come."""

    on = LinkedDayField(N_("Show the tree as of"), [Optional()])
