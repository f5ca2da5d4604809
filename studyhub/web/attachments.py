"""Giving a file back: under its own name, and never as something a browser would run."""

from urllib.parse import quote

from flask import Response

from studyhub.kernel.vietnamese import fold


def attachment(data: bytes, name: str, content_type: str) -> Response:
    """The file, to be saved under this name."""
    answer = Response(data, content_type=content_type)
    answer.headers["Content-Disposition"] = disposition(name)
    return answer


def disposition(name: str) -> str:
    """An attachment under this name (RFC 6266), with plain letters for programs that need them."""
    plain = "".join(letter if letter.isascii() else "_" for letter in _bare(name))
    quoted = "".join(
        "_" if letter in '"\\%' or not letter.isprintable() else letter for letter in plain
    )
    return f"attachment; filename=\"{quoted}\"; filename*=UTF-8''{quote(name, safe='')}"


def plain_name(name: str) -> str:
    """The name alone: no folders, nothing unprintable or turning the line, not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[-200:].strip(" .")


def _bare(name: str) -> str:
    """Without marks, capitals kept."""
    return "".join(fold(letter).upper() if letter.isupper() else fold(letter) for letter in name)
