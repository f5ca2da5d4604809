"""Captions are written anew: times and words, and nothing a player could take for more."""

import pytest

from studyhub.kernel.errors import Unfit
from studyhub.recordings.captions import cleaned

VTT = """WEBVTT - Tiêu đề

STYLE
::cue { background-image: url(https://example.vn/spy) }

NOTE ghi chú riêng

1
00:01.000 --> 00:04.500 align:start position:10%
<v Hạnh><b>Kính thưa</b> các đồng chí <script>alert(1)</script>

00:00:05.000 --> 00:00:07.250
Nghị quyết số 52 & Chương trình <i
"""


def test_words_and_times_stay_and_all_else_goes() -> None:
    assert cleaned(VTT.encode()) == (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:04.500\nKính thưa các đồng chí alert(1)\n\n"
        "00:00:05.000 --> 00:00:07.250\nNghị quyết số 52 &amp; Chương trình\n"
    )


def test_subtitles_of_other_programs_are_taken_too() -> None:
    srt = "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nMột\r\nHai\r\n\r\n2\r\n"

    assert cleaned(srt.encode()) == "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nMột\nHai\n"


def test_what_was_cleaned_stays_as_it_is() -> None:
    once = cleaned(VTT.encode())

    assert cleaned(once.encode()) == once


@pytest.mark.parametrize(
    "data",
    [
        b"", b"WEBVTT\n\n", b"\xff\xfe\x00", b"<html><script>", b"x" * (2 * 1024 * 1024 + 1),
        b"WEBVTT\n\n00:05.000 --> 00:01.000\nBackwards\n",
    ],
)  # fmt: skip
def test_what_are_no_captions_is_refused(data: bytes) -> None:
    with pytest.raises(Unfit):
        cleaned(data)
