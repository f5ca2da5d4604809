"""A field for a whole number: empty means none, and the messages are ours."""

from typing import Any

from wtforms import IntegerField
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from studyhub.kernel.words import N_

NOT_A_NUMBER = N_("Type a whole number, such as 500.")
OUT_OF_BOUNDS = N_("This number is too small or too large.")


class WholeNumberField(IntegerField):
    """Takes 1500, 1.500 and 1 500; keeps what was typed.

    Typed as text: a number input would read 1.500 as one and a half.
    """

    widget = TextInput()

    def __init__(
        self,
        *args: Any,
        least: int = 0,
        most: int,
        refusal: str = OUT_OF_BOUNDS,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.least, self.most, self.refusal = least, most, refusal

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return str(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number; an empty field is 0."""
        typed = "".join(str(valuelist[0]).split()).replace(".", "") if valuelist else ""
        self.data = 0
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 9):
            raise ValidationError(NOT_A_NUMBER)
        if typed:
            self.data = int(typed)

    @property
    def number(self) -> int:
        """The number; none is 0."""
        return self.data or 0

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: FBT001 - WTForms calls it so
        """Within the bounds, unless it was wrong already."""
        if not self.errors and not self.least <= self.number <= self.most:
            raise ValidationError(self.refusal)
