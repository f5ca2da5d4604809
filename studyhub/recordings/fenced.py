"""The process that becomes ffmpeg: first it fences itself in, then it is ffmpeg.

Files nobody vouches for are read here. So much memory, time and disk and no more; of low
priority; it ends when whoever started it dies, however that dies; and where the system lets
it, it has no network at all (that ffmpeg may open local files alone is said to it besides).

    python -m studyhub.recordings.fenced CPU_SECONDS MEGABYTES_OF_FILE ffmpeg …
"""

import ctypes
import os
import signal
import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource

MEGABYTE = 1024 * 1024
MEMORY = 3072 * MEGABYTE
"""Of addresses, the libraries among them; a film of 1920 by 1080 needs about a third in truth."""

PR_SET_PDEATHSIG = 1
NO_NETWORK = 0x40000000 | 0x10000000  # CLONE_NEWNET | CLONE_NEWUSER
LOW_PRIORITY = 10


def main() -> None:
    """Take the limits, then become what was asked for."""
    cpu_seconds, megabytes, *command = sys.argv[1:]
    if sys.platform != "win32":
        _limit(int(cpu_seconds), int(megabytes) * MEGABYTE)
        os.nice(LOW_PRIORITY)
    if sys.platform == "linux":
        _die_with_parent()
    os.execv(command[0], command)  # noqa: S606 - our own words; no shell


def _limit(cpu_seconds: int, largest: int) -> None:
    for what, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, largest),
    ):
        resource.setrlimit(what, (most, most))


def _die_with_parent() -> None:
    with suppress(OSError, AttributeError):
        system = ctypes.CDLL(None, use_errno=True)
        system.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        system.unshare(NO_NETWORK)


if __name__ == "__main__":
    main()
