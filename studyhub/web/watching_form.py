"""Two fields: whether watching makes a session up, and from what share on."""

from wtforms import BooleanField, Form
from wtforms.validators import ValidationError

from studyhub.kernel.words import N_
from studyhub.rounds import watched
from studyhub.web.numbers import WholeNumberField


class WatchingFields(Form):
    """As they stand in the plan of a round, and beside the recordings of a session."""

    watching_counts = BooleanField(N_("Watching the recording makes up for the session"))
    watching_share = WholeNumberField(
        N_("Percent to be watched"), most=watched.MOST, refusal=watched.BETWEEN,
        default=watched.SHARE,
    )  # fmt: skip

    def validate_watching_share(self, field: WholeNumberField) -> None:
        """Only where it counts."""
        if self.watching_counts.data and not watched.LEAST <= field.number <= watched.MOST:
            raise ValidationError(watched.BETWEEN)

    @property
    def share(self) -> int | None:
        """As the deed takes it."""
        return self.watching_share.number if self.watching_counts.data else None
