"""Style and scripts: one stylesheet put together at start, every address with a fingerprint."""

import hashlib
import re
from functools import cache
from pathlib import Path

import brotli
from flask import Flask, Response, abort, make_response, request, url_for

from studyhub.settings import ROOT
from studyhub.web.guard import public

STATIC = ROOT / "static"
A_YEAR = 365 * 24 * 3600
_FOR_US = re.compile(r"/\*.*?\*/|^\s+", re.DOTALL | re.MULTILINE)
"""Comments, indents and empty lines; nothing else, for a space within a line can mean something."""


def init_app(app: Flask) -> None:
    """Serve the stylesheet; give templates `asset()` and `stylesheet_url`."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_YEAR
    app.add_url_rule("/assets/<name>", "stylesheet", public(stylesheet))
    app.add_url_rule("/assets/js/<mark>/<name>", "module", public(module_file))
    app.jinja_env.globals["asset"] = asset
    app.jinja_env.globals["module"] = module
    app.context_processor(
        lambda: {"stylesheet_url": url_for("stylesheet", name=f"app.{_mark(style())}.css")}
    )


def stylesheet(name: str) -> Response:
    """The whole stylesheet, to be kept by the browser for a year under this name."""
    if name != f"app.{_mark(style())}.css":
        abort(404)
    return _for_a_year(_as_asked(style(), "text/css"))


def _as_asked(text: str, mimetype: str) -> Response:
    """Compressed for those who take it."""
    takes_brotli = bool(request.accept_encodings["br"])
    response = make_response(_packed(text) if takes_brotli else text)
    response.mimetype = mimetype
    response.vary.add("Accept-Encoding")
    if takes_brotli:
        response.content_encoding = "br"
    return response


def _for_a_year(response: Response) -> Response:
    response.cache_control.max_age = A_YEAR
    response.cache_control.immutable = True
    return response


@cache
def style() -> str:
    """The parts of `static/css` in the order that `order.txt` states, without what is for us."""
    folder = STATIC / "css"
    names = (folder / "order.txt").read_text("utf-8").split()
    return _FOR_US.sub("", "\n".join((folder / name).read_text("utf-8") for name in names))


@cache
def _packed(text: str) -> bytes:
    """Compressed once, as small as it gets."""
    packed: bytes = brotli.compress(text.encode(), quality=11)
    return packed


def asset(path: str) -> str:
    """The address of a static file, changing whenever its content does."""
    return url_for("static", filename=path, v=_file_mark(STATIC / path))


def module(name: str) -> str:
    """The address of a script that imports others: one mark for all, so that theirs changes too."""
    return url_for("module", mark=_modules_mark(), name=name)


def module_file(mark: str, name: str) -> Response:
    """A script, to be kept by the browser for a year under this mark."""
    if mark != _modules_mark() or name not in scripts():
        abort(404)
    return _for_a_year(_as_asked(scripts()[name], "text/javascript"))


def script(name: str) -> Response:
    """A script as it is now, under an address that stays: to be asked for anew."""
    response = _as_asked(scripts()[name], "text/javascript")
    response.cache_control.no_cache = True
    return response


@cache
def scripts() -> dict[str, str]:
    """The scripts of `static/js` by name."""
    return {path.name: path.read_text("utf-8") for path in sorted((STATIC / "js").glob("*.js"))}


@cache
def _modules_mark() -> str:
    return _mark("".join(scripts().values()))


@cache
def _file_mark(path: Path) -> str:
    return _mark(path.read_text("utf-8"))


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]
