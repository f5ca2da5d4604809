"""How long a recording is and what is left of it, in words; and its sizes."""

from studyhub.kernel.words import N_
from studyhub.recordings.models import Recording
from studyhub.recordings.queries import Shown
from studyhub.web.language import gettext, ngettext

MEGABYTE = 1024 * 1024


def clock(milliseconds: int) -> str:
    """12:05, or 1:02:05."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def stretch(begins: int, ends: int) -> str:
    """12:05–14:10."""
    return f"{clock(begins)}–{clock(ends)}"


def length(milliseconds: int) -> str:
    """«45 phút», «1 giờ 20 phút», «40 giây»: rounded up, so that nothing left is never “0”."""
    seconds = -(-milliseconds // 1000)
    if seconds < 60:
        return ngettext("%(num)d second", "%(num)d seconds", seconds)
    minutes = -(-seconds // 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%(num)d minute", "%(num)d minutes", minutes)
    told = ngettext("%(num)d hour", "%(num)d hours", hours)
    return f"{told} {ngettext('%(num)d minute', '%(num)d minutes', rest)}" if rest else told


def left(shown: Shown) -> str:
    """«còn 12 phút chưa xem»."""
    if not shown.seen:
        return gettext(N_("not watched yet"))
    if not shown.left:
        return gettext(N_("watched to the end"))
    return gettext(N_("%(length)s still to watch"), length=length(shown.left))


def size(count: int) -> str:
    """«340 MB», «1,2 GB»."""
    megabytes = max(-(-count // MEGABYTE), 1)
    if megabytes < 1000:
        return f"{megabytes} MB"
    return f"{count / MEGABYTE / 1024:.1f} GB".replace(".", ",")


def about(recording: Recording) -> str:
    """What it is of: a topic with its reporter, or the whole session."""
    if recording.topic is None:
        return gettext(N_("the whole session"))
    parts = [recording.topic.title, recording.topic.reporter]
    return ", ".join(part for part in parts if part and part != recording.title)


SAID = {
    "clock": clock, "stretch": stretch, "length": length, "left": left, "size": size,
    "about": about,
}  # fmt: skip
"""As templates know them: `said.left(shown)`."""
