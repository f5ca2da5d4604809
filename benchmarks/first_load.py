"""What a browser that has never been here must fetch to show a page."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from benchmarks.load import Answer, Call, Client
from benchmarks.scene import Scene
from benchmarks.visitors import Visitor

ENCODINGS = ("gzip, deflate", "gzip, deflate, br, zstd")
"""What browsers take over http, and over https."""

GOAL = "≤ 60 kB, ≤ 8 requests"

_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)""")
_IN_SCRIPT = re.compile(r"""\b(?:from|import)\s*\(?\s*["']([^"']+)["']""")
_LOADED = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest"})
_SOURCES = {"script": "src", "img": "src", "use": "href"}


@dataclass
class Load:
    """One page with all it asks for: bytes by kind as they are sent, heads of answers included."""

    page: str
    requests: int = 0
    bytes: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)
    """Addresses that answered with a fault."""

    @property
    def total(self) -> int:
        """All bytes."""
        return self.bytes.total()


def pages(scene: Scene, visitors: Mapping[str, Visitor]) -> Iterator[tuple[str, str, Visitor]]:
    """The pages that people open first: what it is called, where it is, and who looks."""
    yield "sign-in", "/sign-in", Visitor()
    for draft in scene.drafts[-1:]:
        yield "home of a member", "/", visitors[draft.author]
        yield "writing page", f"/essays/{draft.essay_id}/edit", visitors[draft.author]
    for sight in scene.reviews[-1:]:
        yield "review page", sight.path, visitors[sight.who]


def measure(port: int, page: str, path: str, visitor: Visitor, encoding: str) -> Load:
    """Fetch the page and all it refers to, each address once.

    Every font a stylesheet names is counted, though a browser takes only
    those whose letters occur: an upper bound.
    """
    load, client = Load(page), Client(port)
    waiting, known = [path], {path}
    while waiting:
        address = waiting.pop(0)
        answer = client.send(_call(address, visitor, encoding))
        kind = _kind(answer)
        load.requests += 1
        load.bytes[kind] += len(answer.body) + _head(answer)
        if answer.status >= 400:
            load.missing.append(address)
        elif kind in {"html", "css", "javascript"}:
            plain = client.send(_call(address, visitor, "gzip"))
            found = [urljoin(address, name) for name in _named(kind, plain.text)]
            waiting += [name for name in dict.fromkeys(found) if name not in known]
            known |= set(found)
    client.close()
    return load


def _call(address: str, visitor: Visitor, encoding: str) -> Call:
    call = visitor.get(address)
    return Call("GET", address, {**call.headers, "Accept-Encoding": encoding})


def _kind(answer: Answer) -> str:
    return answer.headers.get("content-type", "").partition(";")[0].rpartition("/")[2]


def _head(answer: Answer) -> int:
    return sum(len(name) + len(value) + 4 for name, value in answer.headers.items()) + 17


def _named(kind: str, text: str) -> list[str]:
    """The addresses on this machine that a file refers to."""
    if kind == "html":
        found = _Page(text).found
    else:
        found = (_IN_STYLE if kind == "css" else _IN_SCRIPT).findall(text)
    return [name.partition("#")[0] for name in found if _is_ours(name)]


def _is_ours(name: str) -> bool:
    return not urlsplit(name).scheme and not name.startswith(("//", "#"))


class _Page(HTMLParser):
    """The addresses a page makes a browser fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is fetched without anybody asking."""
        told = {name: value or "" for name, value in attrs}
        if tag == "link" and _LOADED & set(told.get("rel", "").split()):
            self.found.append(told.get("href", ""))
        if told.get(_SOURCES.get(tag, ""), ""):
            self.found.append(told[_SOURCES[tag]])
