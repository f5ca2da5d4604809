"""The .venv: making it, filling it from the lock files, running what is in it."""

import contextlib
import fcntl
import hashlib
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PACKAGES = VENV / "lib" / "python{}.{}".format(*sys.version_info) / "site-packages"


class Trouble(Exception):
    """Something the person at the keyboard must know, in one sentence."""


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second ./dev wait while the first one installs."""
    with (ROOT / "dev").open("rb") as me:
        fcntl.flock(me, fcntl.LOCK_EX)
        yield


def make_venv() -> None:
    """A .venv of this Python; made anew when it belongs to another or is broken."""
    if PYTHON.exists() and (PACKAGES / "pip").exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise Trouble("This python3 cannot make a venv: `apt install python3-venv`, then again.")
    print("Making .venv", flush=True)
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise Trouble("The .venv could not be made; the lines above say why.")


def install(requirements: str) -> None:
    """Install a locked requirements file, unless exactly this one is installed."""
    if is_done(requirements):
        return
    print(f"Installing {requirements} into .venv", flush=True)
    options = ("--require-hashes", "--no-input", "--disable-pip-version-check", "-qq")
    if python("pip", "install", *options, "-r", requirements):
        raise Trouble(f"{requirements} could not be installed; the lines above say why.")
    mark_done(requirements)


def stamp(file: str) -> Path:
    return VENV / f"{file}.stamp"


def is_done(file: str) -> bool:
    """Has this very content been dealt with in this .venv?"""
    return stamp(file).exists() and stamp(file).read_text() == digest(file)


def mark_done(file: str) -> None:
    stamp(file).write_text(digest(file))


def digest(file: str) -> str:
    return hashlib.sha256((ROOT / file).read_bytes()).hexdigest()


def module(name: str) -> list[str]:
    """How to run a module of .venv. (Its scripts in bin/ would not survive a moved folder.)"""
    if name == "importlinter":
        lint = "from importlinter.cli import lint_imports_command as lint; lint()"
        return [str(PYTHON), "-c", lint]
    return [str(PYTHON), "-m", name]


def python(name: str, *words: str) -> int:
    """Run a module of .venv in the project's folder; return its exit code."""
    return subprocess.call([*module(name), *words], cwd=ROOT)
