"""What is stated of papers that a cell received: of one, or of a pile; the rooms share it."""

from wtforms import Form
from wtforms.validators import InputRequired, Length

from studyhub.essays.on_behalf import Paper
from studyhub.kernel.words import N_
from studyhub.web.fields import DayField, NameField
from studyhub.web.request import today, zone


def received_on(label: str) -> DayField:
    """The day, by which it is judged whether the essay is late."""
    return DayField(label, [InputRequired(N_("State the day."))])


def kept_where(label: str) -> NameField:
    """Where the paper can be found again."""
    stated = InputRequired(N_("State where the cell keeps the paper."))
    return NameField(label, [stated, Length(max=200, message=N_("At most %(max)d characters."))])


def paper_of(form: Form) -> Paper:
    """What was stated, for the deed."""
    day = form["received_on"].data or today()
    return Paper(received_on=day, kept_where=form["kept_where"].data or "", zone=zone())
