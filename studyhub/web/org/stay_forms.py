"""What is typed about temporary activity in another cell. Shape only."""

from wtforms import Form, RadioField, SelectField
from wtforms.validators import DataRequired, Length, Optional

from studyhub.kernel.words import N_
from studyhub.web.fields import DayField, NameField
from studyhub.web.org.forms import TOO_LONG, needs_day
from studyhub.web.org.moving_forms import SearchedTransferForm, TransferForm


class LastDayForm(Form):
    """Until when it is now to be, by which decision."""

    until = DayField(N_("Last day there"), [needs_day])
    basis = NameField(N_("By decision"), [Length(max=1000, message=TOO_LONG)])


class StayForm(TransferForm):
    """With which cell, from when to when; the choices depend on who asks."""

    to = SelectField(N_("With the cell"), [DataRequired(N_("Choose the cell."))], default="")
    on = DayField(N_("First day there"), [needs_day])
    until = DayField(N_("Last day there"), [needs_day])


class SearchedStayForm(StayForm, SearchedTransferForm):
    """The same where there are many cells: part of the name is typed, then one is picked."""

    cell = NameField(N_("With the cell"))
    to = RadioField(N_("Which cell"), [Optional()], default="", validate_choice=False)
