"""Bad words at each of the three entrances: kept as promised, or refused beside the field.

The entrances: the script's save, handing in, and the plain form. Nothing of what is typed
is ever carried out where it is shown: on pages, in the PDF, in the Word document.
"""

import io
import unicodedata
from collections.abc import Callable
from typing import Any

import docx
import pypdfium2
import pytest

from studyhub.essays.models import Essay
from studyhub.essays.room import LONGEST
from studyhub.essays.text import as_kept
from tests.web.browser import Browser, Page
from tests.web.conftest import SignIn
from tests.web.test_drafts import fields
from tests.world import World

ENOUGH = "Tôi đã đọc kỹ nghị quyết và liên hệ với việc của mình. "
"""Words that may be handed in; what is odd comes behind them."""

MARKS = '<script>alert("thử")</script><img src=x onerror=alert(1)><b>đậm</b> &amp; </textarea>'
TYPST = (
    '#read("/etc/passwd") #eval("1") $x^2$ *đậm* _nghiêng_ @ai <nhãn> // mất /* mất */ \\ ` = [ ]'
)
TEMPLATE = "{{ 7 * 7 }} {% raw %} ${7*7} %(count)d %s"

KEPT = {
    "spaces around": "  hai dấu cách   và tab\t\n\n\n",
    "NUL": "trước\x00sau",
    "half a surrogate": "trước\ud800sau",
    "decomposed": unicodedata.normalize("NFD", "Đảng ủy phường họp thường kỳ"),
    "right to left": "số \u202e52\u202c \u200fמשפט\u200e \u2066x\u2069",
    "emoji": "👍🏽 👨‍👩‍👧 🇻🇳 🙂",
    "HTML and scripts": MARKS,
    "typst": TYPST,
    "templates": TEMPLATE,
    "control characters": "a\x01b\x0bc\x1bd\x7f",
    "mixed encodings": "§¶ng Céng s¶n và Ä\x90áº£ng và Đảng",
    "old line ends": "một\r\nhai\rba",
}
EMPTY = {
    "nothing": "",
    "only spaces": "  \t ",
    "only lines": "\n\r\n",
    "only no-break": "\u00a0\u3000",
}
TOO_LONG = ENOUGH + "Tôi nhận thức rõ " * 25_000


def by_script(person: Browser, essay: Essay, text: str) -> int:
    """As draft.js saves: JSON, in which half a surrogate may stand."""
    answer = person.client.post(
        f"/essays/{essay.id}/draft",
        json={"revision": str(essay.draft_revision), **fields(essay, text, "")},
        headers={"Accept": "application/json", "X-CSRF-Token": person.token()},
    )
    return answer.status_code


def by_form(person: Browser, essay: Essay, text: str) -> int:
    """Without script."""
    sent: dict[str, Any] = {"revision": str(essay.draft_revision)}
    sent |= fields(essay, _storable(text), "")
    return person.post(f"/essays/{essay.id}/draft", **sent).status


def by_handing_in(person: Browser, essay: Essay, text: str) -> int:
    """With the statement, straight to the receipt."""
    sent: dict[str, Any] = {"revision": str(essay.draft_revision)}
    sent |= fields(essay, _storable(text), "")
    return person.post(f"/essays/{essay.id}/submit", own_work="y", **sent).status


def _storable(text: str) -> str:
    """Forms carry no half surrogates: browsers put a sign in their place."""
    return text.encode("utf-8", "replace").decode()


Entrance = Callable[[Browser, Essay, str], int]
ENTRANCES: tuple[Entrance, ...] = (by_script, by_form, by_handing_in)


def begun(town: World, **rules: Any) -> Essay:
    """An essay with nothing in it."""
    essay = town.essay(text="", round_=town.round(**rules))
    town.db.commit()
    return essay


def of_first(town: World, essay: Essay) -> str:
    """What is kept of the first part."""
    town.see(essay)
    return essay.draft[str(essay.round.questions[0].id)]


@pytest.mark.parametrize("entrance", ENTRANCES)
@pytest.mark.parametrize("odd", KEPT.values(), ids=KEPT)
def test_odd_words_are_kept(town: World, as_: SignIn, entrance: Entrance, odd: str) -> None:
    essay = begun(town)
    text = ENOUGH + odd

    assert entrance(as_(town.an), essay, text) == 200

    sent = text if entrance is by_script else _storable(text)
    assert of_first(town, essay) == as_kept(sent)


@pytest.mark.parametrize("nothing", EMPTY.values(), ids=EMPTY)
def test_nothing_is_saved_as_nothing_and_not_handed_in(
    town: World, as_: SignIn, nothing: str
) -> None:
    essay = begun(town)
    an = as_(town.an)

    assert by_script(an, essay, nothing) == 200
    town.see(essay)
    assert by_form(an, essay, nothing) == 200
    town.see(essay)
    assert by_handing_in(an, essay, nothing) == 422

    assert an.page
    assert "There is nothing to hand in yet" in an.page.text
    assert of_first(town, essay) == as_kept(nothing)
    assert essay.latest is None


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"min_syllables": 100}, "87 more are needed to reach the minimum of 100"),
        ({"max_syllables": 10}, "3 more than the maximum of 10"),
    ],
)
def test_too_short_and_too_long_for_the_round_is_said_and_every_word_stays(
    town: World, as_: SignIn, rules: dict[str, int], said: str
) -> None:
    essay = begun(town, **rules)
    an = as_(town.an)

    assert by_handing_in(an, essay, ENOUGH) == 422

    assert an.page
    assert said in an.page.text
    assert an.page.all("textarea")[0].text == ENOUGH
    assert of_first(town, essay) == ENOUGH


def test_too_much_is_told_to_the_script_with_its_field(town: World, as_: SignIn) -> None:
    essay = begun(town)
    an = as_(town.an)
    sent = fields(essay, TOO_LONG, "ngắn")

    answer = an.client.post(
        f"/essays/{essay.id}/draft",
        json={"revision": "1", **sent},
        headers={"Accept": "application/json", "X-CSRF-Token": an.token()},
    )

    assert answer.status_code == 422
    told = answer.get_json()
    assert told["about"] == next(iter(sent))
    assert f"at most {LONGEST:,}" in told["error"]
    assert f"at least {len(TOO_LONG) + 4 - LONGEST:,} characters" in told["error"]
    assert of_first(town, essay) == ""


@pytest.mark.parametrize("entrance", [by_form, by_handing_in])
def test_too_much_comes_back_whole_with_the_sentence_beside_the_field(
    town: World, as_: SignIn, entrance: Entrance
) -> None:
    essay = begun(town)
    an = as_(town.an)

    assert entrance(an, essay, TOO_LONG) == 422

    assert an.page
    first, second = an.page.all("textarea")
    assert first.text == TOO_LONG
    assert first["aria-invalid"] == "true"
    assert "aria-invalid" not in second.attrs
    beside = an.page.one("p", id=first["aria-describedby"])
    assert "Nothing is cut" in beside.text
    assert an.page.one("a", href=f"#{first['id']}")
    assert an.page.all("title")[0].text.startswith("Error:")
    assert of_first(town, essay) == ""


def test_what_is_handed_in_is_shown_as_words_wherever_it_is_read(town: World, as_: SignIn) -> None:
    words = "\n".join([ENOUGH, MARKS, TYPST, TEMPLATE, KEPT["right to left"], KEPT["emoji"]])
    essay = begun(town)
    lan = as_(town.an)
    by_script(lan, essay, words)
    pages = [lan.visit(f"/essays/{essay.id}/preview")]
    town.see(essay)

    by_handing_in(lan, essay, words)

    pages += [lan.visit(f"/essays/{essay.id}/versions/1"), lan.visit(f"/essays/{essay.id}")]
    pages += [as_(town.binh).visit(f"/review/{essay.id}")]
    for page in pages:
        _expect_words_only(page)
    for page in (pages[0], pages[1], pages[3]):
        assert MARKS in page.text
        assert TEMPLATE in page.text


@pytest.mark.parametrize("odd", [odd for name, odd in KEPT.items() if name != "old line ends"])
def test_what_is_handed_in_is_printed_as_words(town: World, as_: SignIn, odd: str) -> None:
    essay = begun(town)
    an = as_(town.an)
    assert by_handing_in(an, essay, f"{ENOUGH}\n{odd}") == 200

    pdf = an.client.get(f"/essays/{essay.id}/versions/1/pdf")
    word = an.client.get(f"/essays/{essay.id}/versions/1/docx")

    assert pdf.status_code == word.status_code == 200
    assert b"/JavaScript" not in pdf.data
    for text in (_in_pdf(pdf.data), _in_word(word.data)):
        assert "liên hệ với việc của mình" in " ".join(text.split())
        assert "root:" not in text
    assert _letters(odd) in _letters(_in_word(word.data))


def _expect_words_only(page: Page) -> None:
    """No element of the text has become one of the page."""
    assert not [one for one in page.elements if "onerror" in one.attrs]
    assert all("src" in script.attrs for script in page.all("script"))
    assert "49" not in page.text
    assert not [bold for bold in page.all("b") if bold.text == "đậm"]


def _in_word(data: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)


def _in_pdf(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def _letters(text: str) -> str:
    """Letters, digits and signs: what no white space and no unseen character changes."""
    return "".join(one for one in as_kept(_storable(text)) if one.isprintable() and one != " ")
