"""Everything that a person can reach by links, and all that stands in the answers."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pypdfium2
from flask import Flask, url_for
from werkzeug.test import TestResponse

from studyhub.essays.models import Essay
from tests.web.browser import Browser, Page

NUMBERED = {"number": 1, "place": 1}


def addresses(app: Flask, essay: Essay) -> Iterator[str]:
    """Every address that is read and names the essay, with a number where it asks for one."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            asked = rule.arguments - {"essay_id"}
            is_read = "GET" in (rule.methods or ()) and "essay_id" in rule.arguments
            if is_read and asked <= NUMBERED.keys():
                numbers: dict[str, Any] = {name: NUMBERED[name] for name in asked}
                yield url_for(rule.endpoint, essay_id=essay.id, **numbers)


def crawl(person: Browser, start: list[str]) -> dict[str, TestResponse]:
    """Every answer there is to be had by following links, from these addresses on."""
    ahead, seen = list(start), dict[str, TestResponse]()
    while ahead:
        url = ahead.pop()
        if url in seen or len(seen) > 600:
            continue
        answer = seen[url] = person.client.get(url, follow_redirects=True)
        if answer.mimetype == "text/html":
            page = Page(answer, url)
            links = [e.attrs.get("href") or e.attrs.get("src") or "" for e in page.elements]
            ahead += [link.partition("#")[0] for link in links if is_ours(link)]
    return seen


def is_ours(link: str) -> bool:
    elsewhere = ("/static/", "/library/", "/help", "/calendar", "//")
    return link.startswith("/") and not link.startswith(elsewhere)


def everything_in(answer: TestResponse) -> str:
    """The text of an answer and its headers, of a PDF and of a Word document, too."""
    headers = unquote(str(answer.headers))
    if answer.mimetype == "application/pdf":
        pdf = pypdfium2.PdfDocument(answer.data)
        pages = [page.get_textpage().get_text_range() for page in pdf]
        return " ".join([headers, *pages, str(pdf.get_metadata_dict())])
    if answer.data.startswith(b"PK"):
        kept = zipfile.ZipFile(io.BytesIO(answer.data))
        return " ".join(
            [headers, *(kept.read(name).decode("utf-8", "replace") for name in kept.namelist())]
        )
    return f"{headers} {answer.get_data(as_text=True)}"
