"""Who may do what, as the documents tell it."""

import inspect

from flask import Flask

from studyhub.access import law, policy
from studyhub.access.acts import ACTS
from studyhub.settings import ROOT


def test_the_document_is_what_is_printed(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["office", "law"])

    document = ROOT / "docs" / "who-may-do-what.md"
    assert printed.output == document.read_text("utf-8"), (
        "print it anew: flask --app wsgi office law > docs/who-may-do-what.md"
    )


def test_every_function_of_the_policy_has_words_for_people() -> None:
    functions = {
        name
        for _, page in law.SECTIONS
        for name, function in inspect.getmembers(page, inspect.isfunction)
        if function.__module__ == page.__name__ and not name.startswith("_")
    }

    assert {act.name for _, acts in law.law() for act in acts} == functions
    assert set(ACTS) == functions == set(policy.__all__)
