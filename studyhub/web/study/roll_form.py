"""The roll of a cell as a form: one small form for each person, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, RadioField
from wtforms.validators import Length, Optional, ValidationError

from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.study.models import Presence
from studyhub.study.roll_call import Entry
from studyhub.study.rolls import Line, Roll
from studyhub.web.fields import NameField

CHOICES = {
    Presence.ON_SITE.value: N_("On site"),
    Presence.ONLINE.value: N_("Online"),
    Presence.EXCUSED.value: N_("Excused"),
    Presence.ABSENT.value: N_("Absent"),
    Presence.MADE_UP.value: N_("Made up"),
}


class RowForm(Form):
    """What is said of one person; nothing chosen is nothing said."""

    presence = RadioField(N_("Presence"), [Optional()], choices=CHOICES)
    reason = NameField(
        N_("Reason of the absence"), [Length(max=1000, message=N_("At most 1,000 characters."))]
    )
    seen = HiddenField()

    def validate_reason(self, field: NameField) -> None:
        """Whoever is excused has a reason."""
        if self.presence.data == Presence.EXCUSED.value and not field.data:
            raise ValidationError(N_("Give the reason."))

    @property
    def entry(self) -> Entry | None:
        """What was said, as the deed takes it."""
        if not self.presence.data:
            return None
        seen = Presence(self.seen.data) if self.seen.data in set(Presence) else None
        return Entry(
            presence=Presence(self.presence.data), reason=self.reason.data or "", seen=seen
        )


@dataclass(frozen=True)
class Row:
    """A person on the roll and the form that goes with them."""

    line: Line
    form: RowForm


class RollForm(Form):
    """The whole roll; its own errors are those of the deed."""

    rows: Sequence[Row] = ()
    guests: Sequence[Row] = ()

    @classmethod
    def of(
        cls,
        roll: Roll,
        typed: MultiDict[str, str] | None = None,
        *,
        guests: Sequence[Line] = (),
    ) -> Self:
        """The roll as it is recorded, or as it was typed; guests of the cell apart from it."""
        form = cls()
        form.rows = [Row(line, _row_form(line, typed)) for line in roll.lines]
        form.guests = [Row(line, _row_form(line, typed)) for line in guests]
        return form

    @property
    def everybody(self) -> list[Row]:
        """The members of the cell, then its guests."""
        return [*self.rows, *self.guests]

    def is_fit(self) -> bool:
        """Whether every row can be taken."""
        fit = [row.form.validate() for row in self.everybody]
        return all(fit)

    @property
    def entries(self) -> Mapping[UserId, Entry]:
        """What was said of whom; nobody of whom nothing was said."""
        said = ((row.line.summons.user_id, row.form.entry) for row in self.everybody)
        return {user_id: entry for user_id, entry in said if entry}

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """Place, person and error of every row that cannot be taken."""
        return [
            (field.id, row.line.summons.user.full_name, error)
            for row in self.everybody
            for field in row.form
            for error in field.errors
        ]


def _row_form(line: Line, typed: MultiDict[str, str] | None) -> RowForm:
    recorded = line.presence.value if line.presence else ""
    shown: dict[str, Any] = {"presence": recorded, "reason": line.reason, "seen": recorded}
    return RowForm(typed, prefix=str(line.summons.user_id), data=shown)
