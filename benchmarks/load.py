"""A small load generator: keep-alive connections, one thread each, only to this machine.

The threads live in the process of the benchmark, which does nothing else
meanwhile; the server runs in processes of its own.
"""

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from gzip import decompress
from http.client import HTTPConnection, HTTPException
from itertools import islice
from statistics import median

HOST = "127.0.0.1"
PATIENCE = 120


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    body: bytes

    @property
    def text(self) -> str:
        """The body as it was before it was packed."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (decompress(self.body) if packed else self.body).decode("utf-8", "replace")


@dataclass(frozen=True)
class Call:
    """One request, the status it must come back with, and who wants to see the answer."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    expects: frozenset[int] = frozenset({200})
    seen: Callable[[Answer], None] | None = None


@dataclass
class Result:
    """How long each request took, how long all of them, and what was not as expected."""

    times: list[float] = field(default_factory=list)
    wall: float = 0.0
    wrong: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Requests answered in a second."""
        return len(self.times) / self.wall if self.wall else 0.0

    @property
    def median(self) -> float:
        """Seconds."""
        return median(self.times) if self.times else 0.0

    @property
    def p99(self) -> float:
        """Seconds that one in a hundred took longer than."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] if ordered else 0.0


class Client:
    """One keep-alive connection; a real browser's manners, no more."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection(HOST, port, timeout=PATIENCE)

    def send(self, call: Call) -> Answer:
        """Send a request and read the whole answer."""
        self._connection.request(call.method, call.path, call.body, dict(call.headers))
        response = self._connection.getresponse()
        cookies = tuple(response.headers.get_all("Set-Cookie") or ())
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, headers, cookies, response.read())

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def warm_up(port: int, supplies: Sequence[Iterator[Call]], times: int) -> None:
    """Send so many of each client's requests uncounted: templates are compiled, pools filled."""
    drive(port, [islice(supply, times) for supply in supplies], seconds=PATIENCE)


def drive(port: int, supplies: Sequence[Iterator[Call]], *, seconds: float) -> Result:
    """Let one client per supply send until its supply or the time is used up."""
    result, start = Result(), threading.Barrier(len(supplies) + 1)
    clients = [
        threading.Thread(target=_work, args=(port, supply, seconds, start, result))
        for supply in supplies
    ]
    for client in clients:
        client.start()
    start.wait()
    began = time.perf_counter()
    for client in clients:
        client.join()
    result.wall = time.perf_counter() - began
    return result


def _work(
    port: int, supply: Iterator[Call], seconds: float, start: threading.Barrier, result: Result
) -> None:
    client = Client(port)
    start.wait()
    deadline = time.perf_counter() + seconds
    try:
        for call in supply:
            _time(client, call, result)
            if time.perf_counter() > deadline:
                break
    except (OSError, HTTPException) as trouble:
        result.wrong.append(f"connection: {trouble}")
    finally:
        client.close()


def _time(client: Client, call: Call, result: Result) -> None:
    began = time.perf_counter()
    answer = client.send(call)
    result.times.append(time.perf_counter() - began)
    if answer.status not in call.expects:
        result.wrong.append(f"{call.method} {call.path}: {answer.status} {_said(answer.text)}")
    elif call.seen:
        call.seen(answer)


def _said(page: str) -> str:
    """The words of a page, cut short."""
    main = page.partition("<main")[2] or page
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())[:200]
