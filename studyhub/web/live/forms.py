"""What an officer may say about the source of a session. Plain WTForms."""

from collections.abc import Iterable, Mapping

from wtforms import Form, IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from studyhub.kernel.words import N_
from studyhub.live.models import Source

WORDS: Mapping[Source, str] = {
    Source.NONE: N_("Nothing: only at the place"),
    Source.STREAM: N_("The organization's own stream"),
    Source.RECORDING: N_("A recording"),
    Source.BIGBLUEBUTTON: N_("A meeting in BigBlueButton"),
    Source.JITSI: N_("A meeting in Jitsi"),
    Source.LINK: N_("A link: Zoom, Meet, Teams or another"),
}


class SourceForm(Form):
    """Which source, and the address of a link."""

    source = RadioField(
        N_("The session is followed by"), [InputRequired(N_("Choose what it is followed by."))]
    )
    link = StringField(
        N_("Address of the conference"), [Length(max=1000, message=N_("At most 1,000 characters."))]
    )

    def offer(self, sources: Iterable[Source]) -> "SourceForm":
        """Those that this installation can do, and the one that is chosen."""
        self.source.choices = [(one.value, WORDS[one]) for one in sources]
        return self


class MinutesForm(Form):
    """From how many minutes on somebody was there."""

    minutes = IntegerField(
        N_("Present from so many minutes on"),
        [
            InputRequired(N_("Type a whole number, such as 15.")),
            NumberRange(0, 600, message=N_("Type a whole number, such as 15.")),
        ],
        default=15,
    )
