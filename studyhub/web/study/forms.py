"""The forms on the page of a session."""

from wtforms import BooleanField, Form, StringField
from wtforms.validators import InputRequired

from studyhub.kernel.words import N_


class CheckInForm(Form):
    """The code on the screen, and where one sits."""

    code = StringField(N_("Code of 4 digits"), [InputRequired(N_("Type the code."))])
    on_site = BooleanField(N_("I am in the hall"))
