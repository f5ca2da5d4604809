"""A file is read in a process of its own; whatever happens there, the answer is clear."""

import subprocess
from typing import Any

import pytest

from studyhub.kernel.sandbox import ROOT
from studyhub.library import formats, hazards, sandbox
from studyhub.library.errors import Unreadable
from tests.library import makers


def test_a_good_file_comes_back_as_its_text() -> None:
    data = makers.word(["I. MỤC TIÊU", "Một đoạn."])

    assert sandbox.read_safely(data, "--bài\n1.docx") == formats.read(data, "")


def test_a_refusal_comes_back_as_a_refusal() -> None:
    with pytest.raises(Unreadable) as refused:
        sandbox.read_safely(makers.word([""]), "bai.docx")

    assert refused.value.message == formats.NO_WORDS


def test_a_bomb_does_not_even_start_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", None)

    with pytest.raises(Unreadable) as refused:
        sandbox.read_safely(b"MZ" + bytes(99), "bai.docx")

    assert refused.value.message == hazards.PROGRAM


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 0.001)

    with pytest.raises(Unreadable) as refused:
        sandbox.read_safely(b"text", "bai.txt")

    assert refused.value.message == sandbox.TOO_SLOW


def test_a_reader_that_crashes_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "ROOT", ROOT / "tests")

    with pytest.raises(Unreadable) as refused:
        sandbox.read_safely(b"text", "bai.txt")

    assert refused.value.message == sandbox.FAILED


def test_no_secret_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    monkeypatch.setenv("STUDYHUB_SECRET_KEY", "secret")
    monkeypatch.setattr(sandbox, "_answer", lambda said: "")
    monkeypatch.setattr(
        subprocess, "run", lambda *_, **how: seen.update(how) or subprocess.CompletedProcess("", 0)
    )

    sandbox.read_safely(b"text", "bai.txt")

    assert "secret" not in str(seen["env"])


@pytest.mark.slow  # a process fills a gigabyte
def test_a_file_that_fills_the_memory_is_a_refusal() -> None:
    with pytest.raises(Unreadable) as refused:
        sandbox.read_safely(makers.word_of_empty_elements(38_000_000), "bai.docx")

    assert refused.value.message in {sandbox.FAILED, hazards.DAMAGED}
