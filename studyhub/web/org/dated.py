"""Acts with a day: typed first, then shown with all that will happen, then done."""

from collections.abc import Callable

from wtforms import Form

from studyhub.web.forms import refusals


def possible(form: Form, check: Callable[[], None]) -> bool:
    """Whether what was typed can be done; why not stands in the form."""
    if form.validate():
        with refusals(form):
            check()
    return not form.errors
