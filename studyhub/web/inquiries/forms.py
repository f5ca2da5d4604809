"""The forms of the desk."""

from wtforms import Form, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from studyhub.inquiries.answering import LONGEST_ANSWER
from studyhub.kernel.vietnamese import nfc
from studyhub.kernel.words import N_
from studyhub.web.fields import NameField


class AnswerForm(Form):
    """What is answered."""

    answer = TextAreaField(
        N_("Answer"),
        [
            InputRequired(N_("Write the answer.")),
            Length(max=LONGEST_ANSWER, message=N_("An answer has at most 20,000 characters.")),
        ],
        filters=[lambda typed: nfc(typed or "")],
    )


class MergeForm(Form):
    """Which other question asks the same."""

    into = SelectField(N_("Asks the same as"), [InputRequired(N_("Choose another question."))])


class HideForm(Form):
    """Why it is not taken up in public."""

    reason = NameField(
        N_("Reason, for whoever asked"),
        [
            InputRequired(N_("Give the reason. The asker reads it.")),
            Length(max=1000, message=N_("At most 1,000 characters.")),
        ],
    )


class ModeratorForm(Form):
    """Whose card number; nothing is nobody."""

    card = NameField(
        N_("Card number of the moderator"),
        [Optional(), Regexp(r"^\d{12}$", message=N_("A card number has 12 digits."))],
    )
