"""Every address with its law: a changed line is a changed law and is seen as one."""

import pytest
from flask import Flask

from studyhub.web import guard


def test_a_view_without_a_door_stops_the_start(app: Flask) -> None:
    app.view_functions["forgotten"] = lambda: "hello"

    with pytest.raises(RuntimeError, match="forgotten"):
        guard.init_app(app)

    del app.view_functions["forgotten"]
