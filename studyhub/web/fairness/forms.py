"""What is typed about a sample: how much of it, what one thinks, a closing word."""

from uuid import UUID

from wtforms import Form, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Regexp

from studyhub.fairness.sampling import LONGEST, Wanted
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.words import N_

PERCENT, ESSAYS = "percent", "essays"
AGREE, DIFFER = "agree", "differ"


class DrawForm(Form):
    """A share in percent, or a number of essays."""

    amount = StringField(
        N_("How much"),
        [Regexp(r"^\s*\d{1,4}\s*$", message=N_("Type a number, such as 10."))],
        default="10",
    )
    kind = RadioField(
        N_("Counted in"),
        choices={PERCENT: N_("percent of the decided essays"), ESSAYS: N_("essays")},
        default=PERCENT,
    )

    fresh = HiddenField(default=lambda: str(new_uuid()))

    @property
    def sample_id(self) -> UUID | None:
        """The id of the sample to be drawn: pressed twice, it is one."""
        try:
            return UUID(self.fresh.data or "")
        except ValueError:
            return None

    @property
    def wanted(self) -> Wanted:
        """What was typed."""
        amount = int(self.amount.data or "0")
        return Wanted(share=amount) if self.kind.data == PERCENT else Wanted(number=amount)


class OpinionForm(Form):
    """What one thinks of the decision, having read the essay."""

    opinion = RadioField(
        N_("What do you think of the decision?"),
        [InputRequired(message=N_("Choose one of the two."))],
        choices={AGREE: N_("I agree"), DIFFER: N_("I have another opinion")},
    )
    remark = TextAreaField(N_("Remark"), render_kw={"rows": 5, "maxlength": LONGEST})


class ConclusionForm(Form):
    """What was concluded from the sample."""

    conclusion = TextAreaField(
        N_("What the committee concludes"), render_kw={"rows": 5, "maxlength": LONGEST}
    )
