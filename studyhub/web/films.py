"""Sends large files: as much as is asked for, and no more than a little of it in memory.

A player asks for everything from a place on and then reads slowly, as it plays. One worker would
be busy with it for an hour; so an answer holds `MOST_AT_ONCE` and the player asks again (RFC 9110
lets a server send less than was asked). In production nginx sends the file, and StudyHub only says
to whom.
"""

from collections.abc import Iterator
from pathlib import Path

from flask import Response, request
from werkzeug.http import parse_range_header

from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.web.request import files, settings

MOST_AT_ONCE = 2 * 1024 * 1024
BLOCK = 64 * 1024
GONE = N_("The file is no longer here.")


def film(key: str, content_type: str) -> Response:
    """The file under this key, or the part of it that is asked for. Its key never changes."""
    path = files().path(key)
    if settings().nginx_files:
        answer = Response(content_type=content_type)
        answer.headers["X-Accel-Redirect"] = f"{settings().nginx_files}{key[:2]}/{key}"
    else:
        answer = _ranged(path, f'"{key}"')
        answer.content_type = content_type
        answer.headers["ETag"] = f'"{key}"'
        answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _ranged(path: Path, tag: str) -> Response:
    try:
        size = path.stat().st_size
    except OSError:
        raise Missing(GONE) from None
    if request.headers.get("If-None-Match") == tag:
        return Response(status=304)
    asked = _asked(tag)
    if asked is None:
        return _part(path, 0, size, status=200)
    begins, ends = _resolved(asked, size)
    if begins >= ends:
        return Response(status=416, headers={"Content-Range": f"bytes */{size}"})
    ends = min(ends, begins + MOST_AT_ONCE)
    answer = _part(path, begins, ends, status=206)
    answer.headers["Content-Range"] = f"bytes {begins}-{ends - 1}/{size}"
    return answer


def _asked(tag: str) -> tuple[int, int | None] | None:
    """The one range that is asked for; none where the file has changed, or several are asked."""
    if request.headers.get("If-Range", tag) != tag:
        return None
    asked = parse_range_header(request.headers.get("Range"))
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        return None
    return asked.ranges[0]


def _resolved(asked: tuple[int, int | None], size: int) -> tuple[int, int]:
    begins, ends = asked
    if begins < 0:
        return max(size + begins, 0), size
    return begins, min(size if ends is None else ends, size)


def _part(path: Path, begins: int, ends: int, *, status: int) -> Response:
    head = request.method == "HEAD"
    answer = Response(() if head else _blocks(path, begins, ends), status=status)
    answer.content_length = ends - begins
    return answer


def _blocks(path: Path, begins: int, ends: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(begins)
        while begins < ends and (block := file.read(min(BLOCK, ends - begins))):
            begins += len(block)
            yield block
