"""What is typed about an act. Shape only."""

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import DataRequired, Length, ValidationError

from studyhub.kernel.words import N_
from studyhub.web.fields import DayField, NameField

TOO_LONG = N_("This is too long. Shorten it.")
NO_DAY = N_("Type the day.")
NO_NAME = N_("A new unit needs a name.")
NO_OTHER = N_("Choose at least one unit that is merged into another.")
TOO_FEW = N_("Choose at least two units that become one.")
NO_DECISION = N_("A reorganization needs a decision: its number and day.")


def needs_day(_form: Form, field: DayField) -> None:
    """A day must be typed; if what was typed is none, that is said already."""
    if field.data is None and not field.process_errors:
        raise ValidationError(NO_DAY)


def _name(label: str) -> StringField:
    return NameField(label, [DataRequired(NO_NAME), Length(max=200, message=TOO_LONG)])


def _short_name() -> StringField:
    return NameField(N_("Short name"), [Length(max=60, message=TOO_LONG)])


def _secretary() -> SelectField:
    return SelectField(N_("Secretary"), default="", validate_choice=False)


class ActForm(Form):
    """By which decision, and from which day on."""

    basis = NameField(
        N_("By decision"),
        [DataRequired(NO_DECISION), Length(max=1000, message=TOO_LONG)],
    )
    day = DayField(N_("Effective from"), [needs_day])


class RenameForm(ActForm):
    """The new names."""

    name = _name(N_("New name"))
    short_name = _short_name()


class MoveForm(ActForm):
    """The unit above; `find` looks for one where there are many."""

    target = RadioField(N_("Will stand below"), default="", validate_choice=False)
    find = NameField(N_("Find a unit"))


class MergeForm(ActForm):
    """The units that take part, and the one of them that stays."""

    units = SelectMultipleField(N_("Units that take part"), validate_choice=False)
    find = NameField(N_("Find a unit"))
    target = SelectField(N_("Unit that stays and keeps its name"), validate_choice=False)
    secretary = _secretary()

    def validate_units(self, field: SelectMultipleField) -> None:
        """Another unit is ticked, or named as the one that stays."""
        if not field.data and self.target.data in {None, "", self.target.object_data}:
            raise ValidationError(NO_OTHER)


class ConsolidateForm(ActForm):
    """The units that become one, and what that is called."""

    units = SelectMultipleField(
        N_("Units that become one"), [DataRequired(TOO_FEW)], validate_choice=False
    )
    find = NameField(N_("Find a unit"))
    name = _name(N_("Name of the new unit"))
    short_name = _short_name()
    secretary = _secretary()


class NewUnitForm(Form):
    """One of the units that a split makes; a line left empty is none."""

    name = NameField(N_("Name of the new unit"), [Length(max=200, message=TOO_LONG)])
    short_name = _short_name()
    secretary = _secretary()


class SplitForm(ActForm):
    """The new units; who goes where stands beside each name in the list."""

    goes_on = BooleanField(N_("The unit goes on, with those who stay"))
    parts = StringField(N_("Who goes where"))
    """Nothing is typed here: what is wrong with the places stands beside the list."""
    founded = FieldList(FormField(NewUnitForm), N_("New units"), min_entries=1, max_entries=12)


class DissolveForm(ActForm):
    """Where all go for whom nothing else is said."""

    target = SelectField(N_("The members go to"), default="", validate_choice=False)
    parts = StringField(N_("Who goes where"))
    find = NameField(N_("Find a unit"))


class ReasonForm(Form):
    """Why an act is undone."""

    basis = NameField(
        N_("Reason"),
        [DataRequired(N_("Give the reason.")), Length(max=1000, message=TOO_LONG)],
    )


class CancelForm(Form):
    """Why a plan is cancelled; may be left empty."""

    basis = NameField(N_("Reason"), [Length(max=1000, message=TOO_LONG)])
