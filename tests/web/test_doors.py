"""Every address with its law: a changed line is a changed law and is seen as one."""

from pathlib import Path

import pytest
from flask import Flask

from studyhub.web import guard

DOORS = Path(__file__).with_name("doors.txt").read_text("utf-8")


def test_the_register_of_doors(app: Flask) -> None:
    found = {
        f"{method} {rule.rule} {getattr(app.view_functions[rule.endpoint], guard.DOOR)}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert found == {" ".join(line.split()) for line in DOORS.strip().splitlines()}


def test_a_view_without_a_door_stops_the_start(app: Flask) -> None:
    app.view_functions["forgotten"] = lambda: "hello"

    with pytest.raises(RuntimeError, match="forgotten"):
        guard.init_app(app)

    del app.view_functions["forgotten"]
