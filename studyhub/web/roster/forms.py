"""The first form of an import: the file, and the day of which it tells."""

from werkzeug.datastructures import FileStorage
from wtforms import FileField, Form
from wtforms.validators import ValidationError

from studyhub.kernel.sandbox import MEGABYTE
from studyhub.kernel.words import N_
from studyhub.web.fields import DayField
from studyhub.web.request import today

LARGEST = 20 * MEGABYTE


class ListForm(Form):
    """A list of members."""

    file = FileField(N_("File of the list"))
    as_of = DayField(N_("The list is as of"))

    def validate_file(self, field: FileField) -> None:
        """There is one, and not too large."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            raise ValidationError(N_("Choose the file of the list."))
        if field.data.stream.seek(0, 2) > LARGEST:
            raise ValidationError(N_("This file is larger than 20 MB. Leave only the list in it."))
        field.data.stream.seek(0)

    def validate_as_of(self, field: DayField) -> None:
        """A day, not a later one."""
        if field.data is None and not field.process_errors:
            raise ValidationError(N_("Type the day."))
        if field.data is not None and field.data > today():
            raise ValidationError(N_("A list cannot be as of a day that has not come yet."))
