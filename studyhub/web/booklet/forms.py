"""What is typed about a good essay: why it is one, what the committee says, the author's answer."""

from wtforms import Form, RadioField, TextAreaField
from wtforms.validators import InputRequired

from studyhub.booklet.models import Naming
from studyhub.booklet.proposing import LONGEST
from studyhub.kernel.words import N_

ROWS = {"rows": 4, "maxlength": LONGEST}
NO = "no"


class ProposeForm(Form):
    """Why the cell holds it for a good essay."""

    reason = TextAreaField(N_("Why it is a good essay"), render_kw=ROWS)


class WordForm(Form):
    """What the committee says to the cell."""

    word = TextAreaField(N_("Your word to the cell"), render_kw=ROWS)


class ConsentForm(Form):
    """Whether it may be published, and under which name."""

    said = RadioField(
        N_("Your answer"),
        [InputRequired(N_("Choose one of the answers."))],
        choices={
            Naming.NAME.value: N_("Yes, with my name and my cell"),
            Naming.CELL.value: N_("Yes, with my cell only"),
            Naming.NOBODY.value: N_("Yes, without name and cell"),
            NO: N_("No, do not publish it"),
        },
    )
