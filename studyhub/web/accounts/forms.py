"""What is typed to sign in, and to choose a password."""

from wtforms import BooleanField, Form, HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from studyhub.accounts.service import LONGEST
from studyhub.kernel.words import N_

TOO_LONG = N_("That is too long.")


class SignInForm(Form):
    """Card number or e-mail, and the password."""

    name = StringField(
        N_("Card number or e-mail"),
        [
            InputRequired(N_("Type your card number or e-mail address.")),
            Length(max=200, message=TOO_LONG),
        ],
    )
    password = PasswordField(
        N_("Password"),
        [InputRequired(N_("Type your password.")), Length(max=LONGEST, message=TOO_LONG)],
    )
    stay = BooleanField(N_("Stay signed in on this machine for 30 days"))
    next = HiddenField()


class CardForm(Form):
    """The code on a sign-in card."""

    MOST = 40

    code = StringField(
        N_("Code on the slip"),
        [InputRequired(N_("Type the code on the slip.")), Length(max=MOST, message=TOO_LONG)],
    )


class NewPasswordForm(Form):
    """A new password, twice."""

    new = PasswordField(
        N_("New password"),
        [InputRequired(N_("Choose a password.")), Length(max=LONGEST, message=TOO_LONG)],
    )
    again = PasswordField(
        N_("The same once more"),
        [EqualTo("new", N_("The two passwords differ. Type the same one twice."))],
    )


class PresentPasswordForm(Form):
    """The present password: whoever sits at an open visit need not know it."""

    present = PasswordField(
        N_("Present password"),
        [
            InputRequired(N_("Type your present password.")),
            Length(max=LONGEST, message=TOO_LONG),
        ],
    )


class ChangePasswordForm(PresentPasswordForm, NewPasswordForm):
    """The present password, and a new one twice."""


class AddressForm(PresentPasswordForm):
    """One's e-mail address, with the present password."""

    email = StringField(
        N_("E-mail"),
        [
            InputRequired(N_("Type your e-mail address.")),
            Length(max=200, message=TOO_LONG),
        ],
    )


class ForgottenForm(Form):
    """Who wants a new password."""

    name = StringField(
        N_("Card number or e-mail"),
        [
            InputRequired(N_("Type your card number or e-mail address.")),
            Length(max=200, message=TOO_LONG),
        ],
    )
