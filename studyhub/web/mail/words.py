"""What each kind of letter is called, and each failure in a sentence."""

from collections.abc import Mapping

from studyhub.kernel.words import N_
from studyhub.mail.models import Kind
from studyhub.mail.troubles import Error

KINDS: Mapping[str, str] = {
    Kind.INVITATION: N_("Invitation"),
    Kind.PASSWORD_LINK: N_("Link to a new password"),
    Kind.CONFIRM_ADDRESS: N_("Confirmation of an address"),
    Kind.ADDRESS_CHANGED: N_("Note to a former address"),
    Kind.RECEIPT: N_("Receipt"),
    Kind.DECISION: N_("Result of an essay"),
    Kind.REMINDER: N_("Reminder of what is still to be done"),
    Kind.TEST: N_("Letter to try it out"),
}

ERRORS: Mapping[str, str] = {
    Error.UNREACHABLE: N_(
        "The mail server does not answer. Check its name, its port and the network."
    ),
    Error.INSECURE: N_(
        "No secure connection to the mail server could be made. Check smtp_security and the "
        "certificate of the server."
    ),
    Error.LOGIN: N_("The mail server refuses the login. Check smtp_user and smtp_password."),
    Error.SENDER: N_(
        "The mail server does not take letters from this sender. Check mail_from."
    ),
    Error.RECIPIENT: N_(
        "The mail server says that there is no such address. Correct the address of the comrade, "
        "or use a slip."
    ),
    Error.CONTENT: N_("The mail server refuses the letter itself. Ask whoever runs the server."),
    Error.BUSY: N_("The mail server could not take the letter for the moment."),
    Error.SWITCHED_OFF: N_("The mail server was taken out of the settings before it left."),
    Error.ODD: N_("The letter could not be put together or sent. The log of the server says why."),
}  # fmt: skip
