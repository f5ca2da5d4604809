"""A small browser: signs in, follows forms, and inspects every page it is shown."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Self

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from studyhub.accounts.models import User
from tests.world import PASSWORD

VOID = frozenset({"input", "br", "hr", "img", "meta", "link", "source", "track", "wbr"})


@dataclass
class Element:
    """An element of a page, with the text inside it."""

    tag: str
    attrs: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text inside, white space folded, joiners left out; a textarea's as it is."""
        raw = "".join(self.pieces)
        if self.tag == "textarea":
            return raw.removeprefix("\r").removeprefix("\n")
        return " ".join(raw.replace("\u2060", "").split())

    def __getitem__(self, name: str) -> str:
        return self.attrs[name]


class Page(HTMLParser):
    """An answer, looked at."""

    def __init__(self, answer: TestResponse, url: str) -> None:
        super().__init__()
        self.answer, self.url, self.status = answer, url, answer.status_code
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.source = answer.get_data(as_text=True)
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the element."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of this tag."""
        if any(element.tag == tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Text belongs to every element it stands in."""
        for element in self._open:
            element.pieces.append(data)

    def all(self, tag: str, **attrs: str) -> list[Element]:
        """Every element of this tag with these attributes (`class_` and the like lose the _)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [e for e in self.elements if e.tag == tag and wanted.items() <= e.attrs.items()]

    def one(self, tag: str, **attrs: str) -> Element:
        """The one such element."""
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{self.url}: {len(found)} × <{tag} {attrs}>"
        return found[0]

    @property
    def text(self) -> str:
        """All that stands in its main part."""
        return " ".join(element.text for element in self.all("main"))

    def inspect(self) -> Self:
        """What must be true of every page of StudyHub."""
        assert self.all("title")[0].text.endswith("– StudyHub"), self.url
        assert len(self.all("h1")) == 1, f"{self.url}: one h1"
        ids = [e.attrs["id"] for e in self.elements if "id" in e.attrs]
        assert len(ids) == len({*ids}), f"{self.url}: an id is used twice: {_twice(ids)}"
        self._inspect_forms()
        assert all("src" in script.attrs for script in self.all("script")), "no inline scripts"
        assert not any("style" in e.attrs for e in self.elements), f"{self.url}: inline style"
        return self

    def _inspect_forms(self) -> None:
        labelled = {e.attrs["for"] for e in self.all("label") if "for" in e.attrs}
        for control in self.all("input") + self.all("textarea") + self.all("select"):
            named = control.attrs.get("id") in labelled or "aria-label" in control.attrs
            hidden = control.attrs.get("type") == "hidden"
            wrapped = control.attrs.get("type") in {"checkbox", "radio"}
            assert hidden or named or wrapped, f"{self.url}: unnamed {control}"
        posts = [f for f in self.all("form") if f.attrs.get("method", "get").lower() == "post"]
        assert len(posts) == len(self.all("input", name="csrf_token")), f"{self.url}: csrf"


def _twice(ids: list[str]) -> set[str]:
    return {name for name in ids if ids.count(name) > 1}


class Browser:
    """A person at the machine."""

    def __init__(self, client: FlaskClient, *, language: str = "en") -> None:
        self.client = client
        client.set_cookie("language", language)
        self.page: Page | None = None

    def sign_in(self, person: User) -> Self:
        """Type name and password into the sign-in page."""
        self.visit("/sign-in")
        self.post("/sign-in", name=person.email or "", password=PASSWORD)
        return self

    def visit(self, url: str, *, status: int = 200) -> Page:
        """Open an address, following redirects."""
        return self._look(self.client.get(url, follow_redirects=True), url, status)

    def post(self, url: str, *, status: int | None = None, **fields: Any) -> Page:
        """Send a form to `url` with the token of the last page that had one."""
        data = {"csrf_token": self.token(), **fields}
        answer = self.client.post(url, data=data, follow_redirects=True)
        return self._look(answer, url, status)

    def token(self) -> str:
        """A valid token, from a page everybody can open."""
        page = Page(self.client.get("/help"), "/help")
        return page.all("input", name="csrf_token")[0]["value"]

    def _look(self, answer: TestResponse, url: str, status: int | None) -> Page:
        page = Page(answer, url)
        if status is not None:
            assert page.status == status, f"{url}: {page.status}\n{page.text}"
        self.page = page
        return page.inspect() if answer.mimetype == "text/html" else page
