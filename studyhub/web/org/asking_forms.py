"""What is typed when a cell asks, and when the committee above answers. Shape only."""

from wtforms import Form
from wtforms.validators import DataRequired, Length, Optional

from studyhub.kernel.words import N_
from studyhub.web.fields import DayField, NameField
from studyhub.web.org.forms import TOO_LONG, needs_day
from studyhub.web.org.moving_forms import SearchedTransferForm, TransferForm


def _words(label: str, *, missing: str = "") -> NameField:
    needed = [DataRequired(missing)] if missing else []
    return NameField(label, [*needed, Length(max=1000, message=TOO_LONG)])


def _decision() -> NameField:
    return _words(N_("By decision"), missing=N_("Type number and day of the decision."))


class AskForm(Form):
    """Why it is asked for, and on which papers it rests."""

    reason = _words(N_("Reason"), missing=N_("Give the reason of the request."))
    basis = _words(N_("Papers it rests on"))


class AskTransferForm(AskForm):
    """Where to, and from when."""

    destination = _words(N_("Where to"), missing=N_("Say where the member is to go."))
    since = DayField(N_("Wished from"), [needs_day])


class AskExemptionForm(AskForm):
    """From when, perhaps until when."""

    since = DayField(N_("In force from"), [needs_day])
    until = DayField(N_("In force until"), [Optional()])


class AskEndForm(AskForm):
    """Its last day."""

    since = DayField(N_("Last day of the exemption"), [needs_day])


class ApproveForm(Form):
    """By which decision."""

    basis = _decision()


class ApproveTransferForm(TransferForm, ApproveForm):
    """To which cell and from when; the choices depend on who decides."""

    basis = _decision()


class SearchedApproveForm(ApproveTransferForm, SearchedTransferForm):
    """The same where there are many cells."""


class ApproveAwayForm(ApproveForm):
    """The first day elsewhere, out of what StudyHub knows."""

    on = DayField(N_("There from"), [needs_day])


class ApproveExemptionForm(ApproveForm):
    """From when, perhaps until when."""

    since = DayField(N_("In force from"), [needs_day])
    until = DayField(N_("In force until"), [Optional()])


class ApproveEndForm(ApproveForm):
    """The last day of the exemption."""

    until = DayField(N_("Last day of the exemption"), [needs_day])


class AnswerForm(Form):
    """Why a request is declined."""

    answer = _words(N_("Why it is declined"), missing=N_("Say why the request is declined."))
