"""Runs a module of ours in a process of its own, with little time and memory and no secrets.

For files nobody vouches for: whatever a file does to its reader (crash, loop,
fill the memory), the application goes on. The module reads standard input,
answers on standard output, and calls `fence` before anything else.
"""

import os
import subprocess
import sys
from pathlib import Path

if sys.platform != "win32":
    import resource

ROOT = Path(__file__).parents[2]
MEGABYTE = 1024 * 1024


class Broken(Exception):
    """The process ended without an answer."""


class TooSlow(Broken):
    """The process was stopped because it took too long."""


def run(module: str, argument: str, data: bytes, *, seconds: float, root: Path = ROOT) -> bytes:
    """What the module answers about `data`; `Broken` or `TooSlow` when it does not."""
    command = [sys.executable, "-B", "-m", module, argument]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the argument is one word, not shell text
            command,
            input=data,
            capture_output=True,
            timeout=seconds,
            env=environment(root),
            cwd=root,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise TooSlow from error
    except subprocess.CalledProcessError as error:
        raise Broken from error
    return done.stdout


def fence(*, cpu_seconds: int, memory: int) -> None:
    """Called inside the process: from here on so much and no more, and no files at all."""
    if sys.platform == "win32":
        return
    for what, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (most, most))


def environment(root: Path = ROOT) -> dict[str, str]:
    """No secrets go along: only what Python needs to start."""
    kept = {
        name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ
    }
    return {**kept, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
