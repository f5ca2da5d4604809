"""What is kept of a text, its normal form, its paragraphs, its receipt."""

import hashlib
import unicodedata

import pytest
from sqlalchemy.orm import Session

from studyhub.essays.paragraphs import paragraphs
from studyhub.essays.receipts import LETTERS, in_fours, new_code
from studyhub.essays.text import as_kept, content_hash, has_words, length, normal_form

PART = {"title": "Nhận thức", "text": "Tôi đã đọc kỹ."}


def test_text_is_kept_composed_with_plain_line_ends() -> None:
    typed = unicodedata.normalize("NFD", "Đọc kỹ\r\nnghị quyết\r")

    assert as_kept(typed) == "Đọc kỹ\nnghị quyết\n"


def test_what_no_database_takes_is_left_out() -> None:
    assert as_kept("a\x00b\ud800c") == "abc"


def test_what_a_person_sees_is_kept_as_it_is() -> None:
    odd = "  hai dấu cách, <b>thẻ</b>, 🙂, \u200fphải sang trái \n\n\n"

    assert as_kept(odd) == odd


def test_white_space_is_not_words() -> None:
    assert not has_words({"1": " \n\t", "2": ""})
    assert has_words({"1": " \n\t", "2": "a"})


def test_the_normal_form_is_as_described() -> None:
    parts = [{"title": "Một ", "text": "\n\na  \nb\t\n\n"}, {"title": "Hai", "text": "c\r\n"}]

    assert normal_form(parts) == "Một\na\nb\n\nHai\nc"
    assert content_hash(parts) == hashlib.sha256("Một\na\nb\n\nHai\nc".encode()).hexdigest()


@pytest.mark.parametrize("same", ["Tôi đã đọc kỹ. ", "\nTôi đã đọc kỹ.\r\n"])
def test_the_hash_does_not_see_what_print_does_not_show(same: str) -> None:
    decomposed = unicodedata.normalize("NFD", same)

    assert content_hash([{**PART, "text": decomposed}]) == content_hash([PART])


@pytest.mark.parametrize("other", ["Tôi đã đọc kỹ", "tôi đã đọc kỹ.", "Tôi đã  đọc kỹ."])
def test_the_hash_sees_every_other_change(other: str) -> None:
    assert content_hash([{**PART, "text": other}]) != content_hash([PART])


def test_length_counts_syllables_of_all_parts() -> None:
    assert length([PART, {"title": "Không đếm đầu đề", "text": "một\nhai  ba"}]) == 7


def test_every_line_with_words_is_a_paragraph() -> None:
    assert paragraphs("một\n\n  hai \n \nba") == ["một", "hai", "ba"]
    assert paragraphs(" \n") == []


def test_a_code_has_no_letters_to_be_misread(db: Session) -> None:
    code = new_code(db)

    assert code.startswith("BTH-")
    assert len(code) == 13
    assert set(code[4:].replace("-", "")) <= set(LETTERS)
    assert not set(LETTERS) & set("01OIL")
    assert len({new_code(db) for _ in range(50)}) == 50


def test_a_hash_is_shown_in_fours() -> None:
    assert in_fours("9f3a61c70b2e") == "9F3A 61C7 0B2E"
