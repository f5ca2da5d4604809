"""Which list, how those on it are recorded, and for how long one must have been there."""

from werkzeug.datastructures import FileStorage
from wtforms import FileField, Form, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from studyhub.kernel.sandbox import MEGABYTE
from studyhub.kernel.words import N_
from studyhub.study.models import Presence

LARGEST = 10 * MEGABYTE
MINUTES = N_("Type a whole number of minutes.")


class ListForm(Form):
    """A file of attendance."""

    file = FileField(N_("File of the list"))
    taken_as = RadioField(
        N_("How those on the list are recorded"),
        [InputRequired(N_("Choose one."))],
        choices={
            Presence.ON_SITE.value: N_("On site (a paper list)"),
            Presence.ONLINE.value: N_("Online (a report of Zoom or the like)"),
        },
    )
    least_minutes = IntegerField(
        N_("Least minutes, where the list has them"),
        [Optional(), NumberRange(min=0, max=600, message=MINUTES)],
    )

    def validate_file(self, field: FileField) -> None:
        """There is one, and not too large."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            raise ValidationError(N_("Choose the file of the list."))
        if field.data.stream.seek(0, 2) > LARGEST:
            raise ValidationError(N_("This file is larger than 10 MB. Leave only the list in it."))
        field.data.stream.seek(0)
