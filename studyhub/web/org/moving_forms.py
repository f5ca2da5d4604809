"""What is typed when somebody moves to another cell, leaves, or is suspended. Shape only."""

from wtforms import RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from studyhub.kernel.words import N_
from studyhub.web.fields import DayField, NameField
from studyhub.web.org.blueprint import LEAVINGS
from studyhub.web.org.forms import TOO_LONG, EndForm, ExemptForm, RecogniseForm, needs_day


class TransferForm(RecogniseForm):
    """To which cell, from which day, by which decision; the choices depend on who asks."""

    to = SelectField(N_("To the cell"), [DataRequired(N_("Choose the cell."))], default="")
    on = DayField(N_("In the new cell from"), [needs_day])


class SearchedTransferForm(TransferForm):
    """The same where there are many cells: part of the name is typed, then one is picked."""

    cell = NameField(N_("To the cell"))
    to = RadioField(N_("Which cell"), [Optional()], default="", validate_choice=False)


class LeaveForm(EndForm):
    """Why somebody leaves, and the last day."""

    reason = RadioField(
        N_("How the membership ends"),
        [InputRequired(N_("Choose how the membership ends."))],
        choices={word.value: label for word, label in LEAVINGS.items()},
    )


class SuspendForm(ExemptForm):
    """A suspension from party activity."""

    reason = NameField(
        N_("Reason"),
        [DataRequired(N_("A suspension needs a reason.")), Length(max=1000, message=TOO_LONG)],
    )
    basis = NameField(
        N_("By decision"),
        [
            DataRequired(N_("A suspension needs a decision: its number and day.")),
            Length(max=1000, message=TOO_LONG),
        ],
    )
