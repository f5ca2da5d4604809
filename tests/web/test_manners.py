"""What is true of every answer: headers, faults with a number, nothing personal in the log."""

import logging
from typing import Any

import pytest
from flask import Flask

from studyhub.web.guard import public
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import World


def test_every_answer_has_a_strict_content_security_policy(visitor: Browser) -> None:
    for url in ("/sign-in", "/nowhere", "/static/icon.svg"):
        policy = visitor.client.get(url, buffered=True).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_an_unexpected_fault_shows_the_number_that_stands_in_the_log(
    app: Flask, visitor: Browser, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down() -> str:
        raise ZeroDivisionError

    monkeypatch.setitem(app.view_functions, "home.help_page", public(break_down))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    with caplog.at_level(logging.ERROR, "studyhub"):
        page = visitor.visit("/help", status=500)

    number = page.answer.headers["X-Request-Id"]
    assert number in page.text
    assert number in caplog.text


def test_what_a_person_types_does_not_reach_the_log(
    town: World, as_: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        as_(town.an).post("/account/password", present="x", new="một-điều-riêng-tư", again="y")

    assert "riêng-tư" not in caplog.text
    assert "request" in caplog.text


def test_an_unknown_address_is_a_page_of_ours(visitor: Browser) -> None:
    assert "nothing at this address" in visitor.visit("/nowhere", status=404).text


@pytest.mark.parametrize(
    ("chosen", "attribute", "value"),
    [({"theme": "dark"}, "data-theme", "dark"), ({"text_size": "xl"}, "data-size", "xl"),
     ({"language": "vi"}, "lang", "vi")],
)  # fmt: skip
def test_preferences_are_remembered_without_script(
    visitor: Browser, chosen: dict[str, str], attribute: str, value: str
) -> None:
    fields: dict[str, Any] = {"next": "/help", **chosen}

    page = visitor.post("/preferences", **fields)

    assert page.one("html")[attribute] == value


def test_a_preference_nobody_offers_is_ignored(visitor: Browser) -> None:
    page = visitor.post("/preferences", next="/help", theme="pink", language="tlh")

    assert "data-theme" not in page.one("html").attrs
    assert page.one("html")["lang"] == "en"


def test_the_stylesheet_is_kept_by_the_browser_under_its_fingerprint(visitor: Browser) -> None:
    link = visitor.visit("/help").one("link", rel="stylesheet")["href"]

    answer = visitor.client.get(link)

    assert answer.mimetype == "text/css"
    assert answer.cache_control.immutable
    assert visitor.client.get("/assets/app.0.css").status_code == 404
