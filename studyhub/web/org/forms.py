"""What is typed about units, people and posts. Shape only."""

import re
from typing import Any

from wtforms import (
    BooleanField,
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    Optional,
    Regexp,
    ValidationError,
)

from studyhub.accounts.models import User
from studyhub.kernel.vietnamese import tidy
from studyhub.kernel.words import N_
from studyhub.org.models import Standing
from studyhub.org.service import Particulars
from studyhub.web.fields import DayField, NameField
from studyhub.web.org.blueprint import STANDINGS

NO_DAY = N_("Type the day.")
TOO_LONG = N_("This is too long. Shorten it.")
YOUNGEST = 18
_CARD = re.compile(r"^(\d{8}|\d{12})$")
_TWO_DIGIT_YEAR = re.compile(r"(?<!\d)\d{2}$")


class BirthdayField(DayField):
    """A day of birth: a year of two digits lies in the last century, nobody here is a child."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """5/9/68 is 1968."""
        super().process_formdata(valuelist)
        if (
            self.data
            and self.data.year > 2000
            and _TWO_DIGIT_YEAR.search(str(valuelist[0]).strip())
        ):
            self.data = self.data.replace(year=self.data.year - 100)


def needs_day(_form: Form, field: DayField) -> None:
    """A day must be typed; if what was typed is none, that is said already."""
    if field.data is None and not field.process_errors:
        raise ValidationError(NO_DAY)


def _basis(label: str = N_("By decision")) -> StringField:
    return NameField(label, [Length(max=1000, message=TOO_LONG)])


class UnitNames(Form):
    """What a unit is called."""

    name = NameField(
        N_("Name of the unit"),
        [DataRequired(N_("A unit needs a name.")), Length(max=200, message=TOO_LONG)],
    )
    short_name = NameField(N_("Short name"), [Length(max=60, message=TOO_LONG)])


class NewUnitForm(UnitNames):
    """A unit to be founded; the choices of kinds depend on where."""

    kind = RadioField(N_("Kind of unit"), [InputRequired(N_("Choose the kind of unit."))])
    since = DayField(N_("Founded on"), [needs_day])


class PersonForm(Form):
    """What is known about a person."""

    full_name = NameField(
        N_("Full name"),
        [DataRequired(N_("Type the full name.")), Length(max=200, message=TOO_LONG)],
    )
    born_on = BirthdayField(N_("Born on"), [Optional()])
    card_number = StringField(N_("Card number"))
    email = StringField(
        N_("E-mail"),
        [
            Optional(),
            Length(max=200, message=TOO_LONG),
            Regexp(r"^\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$", message=N_("This is no e-mail address.")),
        ],
    )
    phone = NameField(
        N_("Telephone"),
        [
            Optional(),
            Length(max=30, message=TOO_LONG),
            Regexp(r"^[\d\s+().-]{6,}$", message=N_("Type the telephone number in digits.")),
        ],
    )

    def validate_card_number(self, field: StringField) -> None:
        """8 or 12 digits, with or without spaces; leading zeros count."""
        digits = "".join((field.data or "").split())
        if digits and not _CARD.match(digits):
            raise ValidationError(
                N_("A card number has 8 or 12 digits. Type the zeros at its beginning, too.")
            )

    @property
    def who(self) -> Particulars:
        """The person, as typed."""
        return Particulars(
            full_name=self.full_name.data or "",
            born_on=self.born_on.data,
            card_number=self.card_number.data or None,
            email=self.email.data or None,
            phone=self.phone.data or "",
        )

    @property
    def can_sign_in(self) -> bool:
        """Without card number and e-mail there is nothing to sign in with."""
        return bool(self.who.card_number or self.who.email)


class ChangePersonForm(PersonForm):
    """What is known about a person, to be corrected; that there is no e-mail is knowledge, too."""

    has_no_email = BooleanField(N_("This comrade has no e-mail address"))

    def validate_has_no_email(self, field: BooleanField) -> None:
        """Either there is an address or there is none."""
        if field.data and (self.email.data or "").strip():
            raise ValidationError(N_("An address is typed above. Untick this, or clear it."))


class NewMemberForm(PersonForm):
    """A person to be admitted to a cell."""

    standing = RadioField(
        N_("Standing"),
        choices={word.value: label for word, label in STANDINGS.items()},
        default=Standing.OFFICIAL.value,
    )
    group = SelectField(N_("Party group"), default="")
    since = DayField(N_("Member of the cell since"), [needs_day])
    basis = _basis()

    def validate_born_on(self, field: BirthdayField) -> None:
        """Whoever is admitted is of age."""
        since = self.since.data
        if field.data and since and since.year - field.data.year < YOUNGEST:
            raise ValidationError(N_("A member is at least 18 years old. Check the year of birth."))


class TermForm(Form):
    """From a day, perhaps until another, by a decision."""

    since = DayField(N_("In force from"), [needs_day])
    until = DayField(N_("In force until"), [Optional()])
    basis = _basis()


class ExemptForm(TermForm):
    """An exemption."""

    reason = NameField(
        N_("Reason"),
        [DataRequired(N_("An exemption needs a reason.")), Length(max=1000, message=TOO_LONG)],
    )


class HandOverForm(TermForm):
    """Who takes a post over from somebody, and from which day."""

    who = NameField(N_("Who takes it over"), [DataRequired(N_("Say who takes up the post."))])

    def validate_who(self, field: NameField) -> None:
        """Names are compared tidied."""
        field.data = tidy(field.data or "")


class AppointForm(HandOverForm):
    """A post for somebody known; the choices of posts depend on the unit."""

    post = SelectField(N_("Post"), [InputRequired(N_("Choose the post."))])
    who = NameField(N_("Who"), [DataRequired(N_("Say who takes up the post."))])


class NewOfficerForm(PersonForm, TermForm):
    """Somebody who belongs to none of the cells, and the post they take up."""

    post = SelectField(N_("Post"), [InputRequired(N_("Choose the post."))])


class EndForm(Form):
    """The last day of something, by a decision."""

    until = DayField(N_("Last day"), [needs_day])
    basis = _basis()


class RecogniseForm(Form):
    """The day a probationary member becomes an official one."""

    on = DayField(N_("Official member since"), [needs_day])
    basis = _basis()


class CardsForm(Form):
    """The persons for whom sign-in cards are made."""

    who = SelectMultipleField(N_("For whom"), validate_choice=False)

    def names(self, user: User) -> bool:
        """Whether this person is ticked."""
        return str(user.id) in (self.who.data or [])
