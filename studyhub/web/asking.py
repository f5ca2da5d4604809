"""The form with which one asks a reporter: on the page of the session, and on its own."""

from uuid import UUID

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from studyhub.inquiries.asking import LONGEST
from studyhub.kernel.ids import new_uuid
from studyhub.kernel.vietnamese import nfc
from studyhub.kernel.words import N_
from studyhub.study.models import AgendaItem, StudySession

WHOLE = N_("The session as a whole")


class AskForm(Form):
    """A question, to whom, and whether the others see who asks."""

    identity = HiddenField(
        validators=[Regexp(r"^[0-9a-f-]{36}$", message=N_("This page is incomplete. Reload it."))]
    )
    topic = SelectField(N_("What it is about"), validate_choice=False)
    text = TextAreaField(
        N_("Your question"),
        [
            InputRequired(N_("Write your question.")),
            Length(max=LONGEST, message=N_("A question has at most 2,000 characters.")),
        ],
        filters=[lambda typed: nfc(typed or "")],
    )
    without_name = BooleanField(N_("Do not show my name to those who attend"))

    def validate_identity(self, field: HiddenField) -> None:
        """A name this page gave it, so that it is one question however often it is sent."""
        try:
            UUID(field.data or "")
        except ValueError:
            raise ValidationError(N_("This page is incomplete. Reload it.")) from None


def asking(session: StudySession, typed: MultiDict[str, str] | None = None) -> AskForm:
    """The form for a session: as it was typed, or empty."""
    form = AskForm(typed) if typed is not None else AskForm(identity=str(new_uuid()))
    form.topic.choices = [("", WHOLE), *((one.title, _told(one)) for one in session.agenda)]
    return form


def _told(item: AgendaItem) -> str:
    return f"{item.title} ({item.reporter})" if item.reporter else item.title
