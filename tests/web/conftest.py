"""People who use the application."""

from collections.abc import Callable

import pytest
from flask import Flask

from studyhub.accounts.models import User
from tests.web.browser import Browser

SignIn = Callable[[User], Browser]


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Somebody who is not signed in."""
    return Browser(app.test_client())


@pytest.fixture
def as_(app: Flask) -> SignIn:
    """`as_(town.an)`: a browser in which An is signed in."""
    return lambda person: Browser(app.test_client()).sign_in(person)
