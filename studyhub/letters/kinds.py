"""The one list of letters: each kind, and who puts it into words."""

from collections.abc import Callable, Mapping

from studyhub.letters import of_accounts, of_essays, of_rounds
from studyhub.letters.desk import Desk
from studyhub.mail.message import Words
from studyhub.mail.models import Kind

COMPOSERS: Mapping[Kind, Callable[[Desk], Words | None]] = {
    Kind.INVITATION: of_accounts.invitation,
    Kind.PASSWORD_LINK: of_accounts.password_link,
    Kind.CONFIRM_ADDRESS: of_accounts.confirm_address,
    Kind.ADDRESS_CHANGED: of_accounts.address_changed,
    Kind.RECEIPT: of_essays.receipt,
    Kind.DECISION: of_essays.decision,
    Kind.REMINDER: of_rounds.reminder,
    Kind.TEST: of_accounts.test,
}
