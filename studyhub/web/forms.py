"""A refused deed becomes an error of the form: what was typed is never lost."""

from collections.abc import Iterator
from contextlib import contextmanager

from wtforms import Form

from studyhub.kernel.errors import StudyHubError
from studyhub.web.language import say


@contextmanager
def refusals(form: Form) -> Iterator[None]:
    """Catch a refusal and put it at the head of the form."""
    try:
        yield
    except StudyHubError as refusal:
        form.form_errors.append(say(refusal))
