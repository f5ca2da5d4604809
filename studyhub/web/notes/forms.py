"""The forms of a reader with a pen."""

from wtforms import Form, HiddenField, IntegerField, TextAreaField
from wtforms.validators import Length, Optional

from studyhub.kernel.words import N_
from studyhub.notes.anchoring import Spot
from studyhub.notes.service import LONGEST

TOO_LONG = N_("This is too long. Shorten it.")
LONGEST_PASSAGE = 20_000
FARTHEST = 1_000_000


class NoteForm(Form):
    """What one has to say about a passage; nothing, where it is only marked."""

    text = TextAreaField(
        N_("Your note"),
        [Length(max=LONGEST * 2, message=TOO_LONG)],
    )


class MarkForm(NoteForm):
    """The passage too: where it stands, and the words that were seen there."""

    part = IntegerField(validators=[Optional()])
    paragraph = IntegerField(validators=[Optional()])
    start = IntegerField(validators=[Optional()])
    words = HiddenField(validators=[Length(max=LONGEST_PASSAGE, message=TOO_LONG)])

    @property
    def spot(self) -> Spot:
        """The place that was marked."""
        part, paragraph, start = (
            min(max(number.data or 0, 0), FARTHEST)
            for number in (self.part, self.paragraph, self.start)
        )
        return Spot(part, paragraph, start, start + len(self.words.data or ""))
