"""People who use the application."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from studyhub.accounts.models import User
from tests.mail.receiver import Receiver
from tests.web.browser import Browser
from tests.web.mailing import with_mail

SignIn = Callable[[User], Browser]


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Somebody who is not signed in."""
    return Browser(app.test_client())


@pytest.fixture
def as_(app: Flask) -> SignIn:
    """`as_(town.an)`: a browser in which An is signed in."""
    return lambda person: Browser(app.test_client()).sign_in(person)


@pytest.fixture
def post(app: Flask) -> Iterator[Receiver]:
    """A mail server that takes everything; without it no letter is written."""
    with with_mail(app) as receiver:
        yield receiver
