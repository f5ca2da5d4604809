"""People at their browsers: their cookies, and the token for what they send."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.load import Answer, Call, Client, drive
from benchmarks.scene import PASSWORD

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"
SCRIPT = "application/json"
PAGE = "text/html,application/xhtml+xml"
FOUND = frozenset({302, 303})
PLENTY = 600
"""Seconds for everybody to come in."""


@dataclass
class Visitor:
    """One browser, signed in or not."""

    name: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def get(self, path: str) -> Call:
        """Open a page."""
        return Call("GET", path, self._headers(PAGE), seen=self.see)

    def post(self, path: str, typed: Mapping[str, str]) -> Call:
        """Send a form; a page answers with the way to the next one."""
        body = urlencode({"csrf_token": self.token, **typed}).encode()
        headers = {**self._headers(PAGE), "Content-Type": FORM}
        return Call("POST", path, headers, body, FOUND, self.see)

    def tell(self, path: str, typed: Mapping[str, str]) -> Call:
        """Send the same fields as a script does."""
        body = json.dumps(typed, ensure_ascii=False).encode()
        headers = {**self._headers(SCRIPT), "Content-Type": SCRIPT, "X-CSRF-Token": self.token}
        return Call("POST", path, headers, body, seen=self.see)

    def see(self, answer: Answer) -> None:
        """Remember cookies, and the token of a page that has one."""
        for cookie in answer.cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        found = None if self.token else _TOKEN.search(answer.text)
        self.token = found[1] if found else self.token

    def _headers(self, accept: str) -> dict[str, str]:
        told = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        cookies = {"Cookie": told} if told else {}
        return {"Accept": accept, "Accept-Encoding": "gzip", "User-Agent": "bench", **cookies}


def welcome(port: int, names: list[str], *, clients: int) -> dict[str, Visitor]:
    """Sign everybody in, and open a first page for each."""
    door = Visitor()
    client = Client(port)
    door.see(client.send(door.get("/sign-in")))
    client.close()
    visitors = [Visitor(name, dict(door.cookies), door.token) for name in names]
    supplies = [_enter(visitors[n::clients]) for n in range(clients)]
    result = drive(port, supplies, seconds=PLENTY)
    if result.wrong:
        raise RuntimeError(f"{len(result.wrong)} cannot sign in, as {result.wrong[0]}")
    return {visitor.name: visitor for visitor in visitors}


def _enter(visitors: list[Visitor]) -> Iterator[Call]:
    for visitor in visitors:
        yield visitor.post("/sign-in", {"name": visitor.name, "password": PASSWORD})
        visitor.token = ""
        yield visitor.get("/help")
