"""One line per request: ids, endpoint, status, milliseconds. Never what anybody wrote."""

import json
import logging
import sys
from logging import StreamHandler
from logging.handlers import WatchedFileHandler
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from flask import Flask, Response, g, request

log = logging.getLogger("studyhub.requests")


def init_app(app: Flask) -> None:
    """Give every request a number and write its line."""
    app.before_request(_begin)
    app.after_request(_write)


def begin(file: Path | None) -> None:
    """Send the log of StudyHub to this file, else to standard output; a line of JSON each."""
    handler = WatchedFileHandler(file, encoding="utf-8") if file else StreamHandler(sys.stdout)
    handler.setFormatter(_Lines())
    root = logging.getLogger("studyhub")
    root.handlers, root.propagate = [handler], False
    root.setLevel(logging.INFO)


def _begin() -> None:
    g.request_id = uuid4().hex[:12]
    g.began = perf_counter()


def _write(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.request_id
    person = g.get("actor")
    facts = {
        "request": g.request_id,
        "actor": str(person.user_id) if person else None,
        "method": request.method,
        "endpoint": request.endpoint,
        "status": response.status_code,
        "ms": round((perf_counter() - g.began) * 1000, 1),
    }
    log.info("request", extra={"facts": facts})
    return response


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["fault"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
