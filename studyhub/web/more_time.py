"""The form for more time, wherever it is given: until when, and why."""

from datetime import datetime

from wtforms import Form
from wtforms.validators import InputRequired, Length

from studyhub.kernel.words import N_
from studyhub.web.fields import END_OF_WORK, DayField, NameField, TimeField, moment
from studyhub.web.request import today, zone


class ExtendForm(Form):
    """A later moment, and why."""

    closes_on = DayField(N_("New deadline"), [InputRequired(N_("Give the day of the deadline."))])
    closes_at = TimeField(N_("Time of the deadline"))
    reason = NameField(
        N_("Reason"),
        [
            InputRequired(N_("Give the reason.")),
            Length(max=1000, message=N_("At most 1,000 characters.")),
        ],
    )

    @property
    def until(self) -> datetime:
        """The moment that was typed."""
        return moment(self.closes_on.data or today(), self.closes_at.data or END_OF_WORK, zone())
