"""A refused deed becomes an error of the form: what was typed is never lost."""

from collections.abc import Iterator
from contextlib import contextmanager

from wtforms import Form

from studyhub.kernel.errors import StudyHubError
from studyhub.web.language import say


@contextmanager
def refusals(form: Form) -> Iterator[None]:
    """Catch a refusal; put it beside the field it is about, else at the head of the form."""
    try:
        yield
    except StudyHubError as refusal:
        if refusal.about in form:
            form[refusal.about].errors = [*form[refusal.about].errors, say(refusal)]
        else:
            form.form_errors.append(say(refusal))
