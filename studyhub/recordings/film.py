"""What a file holds, as ffmpeg tells it, and the words that make ffmpeg turn it into a recording.

Pure: nothing is run here. ffmpeg may open the files it is told and no others: only `file:`, no
playlists (they name other files), only the containers below.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_

CONTAINERS = (
    "mov", "mp4", "m4a", "3gp", "matroska", "webm", "avi", "mpegts", "mpeg", "asf", "flv", "mp3",
    "wav", "ogg", "flac", "aac",
)  # fmt: skip
MOST_PIXELS = 36_000_000
WIDEST, TALLEST = 1280, 1080
LONGEST = 12 * 3600 * 1000
LARGEST_BITRATE = 4_000
"""Kilobits a second: above it a film is made smaller, for the sake of slow lines."""

NOT_A_RECORDING = N_(
    "This file is neither a film nor a sound recording that can be read, or it is damaged. Save "
    "it as .mp4 and bring it again."
)
TOO_LONG = N_("This recording is longer than 12 hours. Cut it into parts and bring each of them.")

_DURATION = re.compile(
    r"^  Duration: (\d+):(\d\d):(\d\d)\.(\d\d).*?(?:bitrate: (\d+) kb/s)?$", re.M
)
_VIDEO = re.compile(r"^ +Stream #0:\d+.*?: Video: (\w+)(.*)$", re.M)
_AUDIO = re.compile(r"^ +Stream #0:\d+.*?: Audio: (\w+)", re.M)
_SIZE = re.compile(r", (\d{2,5})x(\d{2,5})")

_SMALLER = f"scale=w='min({WIDEST},iw)':h=-2,fps=fps='min(30,source_fps)'"
_ENCODED = (
    "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-crf", "24",
    "-maxrate", "2000k", "-bufsize", "4000k", "-g", "120", "-pix_fmt", "yuv420p", "-vf", _SMALLER,
)  # fmt: skip
_TELLING = ("-loglevel", "error", "-nostats", "-stats_period", "2", "-progress", "pipe:1")
_STREAMABLE = ("-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart", "-f", "mp4")


@dataclass(frozen=True, kw_only=True)
class Film:
    """What is in a file: how long it is, and what plays it."""

    duration: int
    """Milliseconds."""
    video: str = ""
    """The codec of the picture; "" without one."""
    audio: str = ""
    height: int = 0
    bitrate: int = 0
    is_plain: bool = False
    """Whether every browser shows its picture: 8 bits, half the colours."""

    @property
    def is_streamable(self) -> bool:
        """Whether the picture can stay as it is."""
        fits = self.height <= TALLEST and self.bitrate <= LARGEST_BITRATE
        return self.video == "h264" and self.is_plain and fits


def looked_at(told: str) -> Film:
    """What ffmpeg said of a file, or `Unfit`."""
    duration, video, audio = _DURATION.search(told), _VIDEO.search(told), _AUDIO.search(told)
    if duration is None or not (video or audio):
        raise Unfit(NOT_A_RECORDING)
    hours, minutes, seconds, hundredths, bitrate = (int(part or 0) for part in duration.groups())
    length = ((hours * 60 + minutes) * 60 + seconds) * 1000 + hundredths * 10
    if length == 0:
        raise Unfit(NOT_A_RECORDING)
    if length > LONGEST:
        raise Unfit(TOO_LONG)
    size = _SIZE.search(video[2]) if video else None
    is_cover = video is not None and "attached pic" in video[2]
    shown = video if video and size and not is_cover else None
    if not (shown or audio):
        raise Unfit(NOT_A_RECORDING)
    return Film(
        duration=length,
        video=shown[1] if shown else "",
        audio=audio[1] if audio else "",
        height=int(size[2]) if size else 0,
        bitrate=bitrate,
        is_plain=bool(shown and re.search(r"yuvj?420p\b", shown[2])),
    )


def looking(file: Path) -> list[str]:
    """Words that make ffmpeg tell what is in the file."""
    return ["-hide_banner", "-loglevel", "info", *_from(file)]


def making(file: Path, film: Film, video: Path, audio: Path) -> list[str]:
    """Words that make the film and the sound alone of it, in one pass, telling how far it is."""
    words = [
        "-loglevel",
        "error",
        "-nostats",
        "-stats_period",
        "2",
        "-progress",
        "pipe:1",
        "-y",
        *_from(file),
    ]
    if film.video:
        words += ["-map", "0:v:0", *_picture(film)]
        words += ["-map", "0:a:0", *_sound(film)] if film.audio else []
        words += [*_STREAMABLE, _local(video)]
    if film.audio:
        words += ["-map", "0:a:0", "-c:a", "aac", "-b:a", "48k", "-ac", "1", "-ar", "44100"]
        words += [*_STREAMABLE, _local(audio)]
    return words


def picturing(file: Path, at: float, poster: Path) -> list[str]:
    """Words that make one still picture of the film as it is at that second."""
    words = ["-loglevel", "error", "-y", "-ss", f"{at:.2f}", *_from(file), "-map", "0:v:0"]
    return [
        *words, "-frames:v", "1", "-vf", "scale=w='min(960,iw)':h=-2", "-q:v", "5",
        "-map_metadata", "-1", "-f", "image2", "-c:v", "mjpeg", "-update", "1", _local(poster),
    ]  # fmt: skip


def seconds_done(line: str) -> float | None:
    """How far it is, where a line of its progress says so."""
    name, _, value = line.strip().partition("=")
    return int(value) / 1e6 if name == "out_time_us" and value.isdigit() else None


def _picture(film: Film) -> tuple[str, ...]:
    return ("-c:v", "copy") if film.is_streamable else _ENCODED


def _sound(film: Film) -> tuple[str, ...]:
    return ("-c:a", "copy") if film.audio == "aac" else ("-c:a", "aac", "-b:a", "96k", "-ac", "2")


def _from(file: Path) -> list[str]:
    fences = ["-nostdin", "-protocol_whitelist", "file", "-format_whitelist", ",".join(CONTAINERS)]
    return [*fences, "-max_pixels", str(MOST_PIXELS), "-threads", "1", "-i", _local(file)]


def _local(file: Path) -> str:
    return f"file:{file}"
