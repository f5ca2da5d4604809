"""The browser of the tests: finding one, installing one, starting what drives it."""

import contextlib
import os
import shutil
import subprocess
import sys

from tools.environment import PACKAGES, Trouble
from tools.fonts import node_of_wheel

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def point_to_browser() -> None:
    """Tell the tests, by environment, which Chromium and which node to use."""
    os.environ["STUDYHUB_BROWSER"] = find_browser() or install_browser()
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = find_node() or str(node_of_wheel())


def find_browser() -> str | None:
    named = os.environ.get("STUDYHUB_BROWSER")
    if named and not shutil.which(named):
        raise Trouble(f"STUDYHUB_BROWSER names {named}, which cannot be started.")
    return next(filter(None, map(shutil.which, [named] if named else BROWSERS)), None)


def install_browser() -> str:
    """Debian's Chromium, where we may install it; the browser tests drive it."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium with apt-get: the browser tests drive it", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in ("update -q", "install -q -y --no-install-recommends chromium"):
            subprocess.call(["apt-get", *words.split()], env=environment, stdout=sys.stderr)
    if found := find_browser():
        return found
    raise Trouble(
        "NO BROWSER for the browser tests: install Chromium (`apt install chromium`), or name "
        "one in STUDYHUB_BROWSER, or leave those tests out with `./dev test --no-browser`."
    )


def find_node() -> str | None:
    """A node that starts: Playwright's own may lack a system library (libatomic1)."""
    bundled = str(PACKAGES / "playwright" / "driver" / "node")
    nodes = (os.environ.get("PLAYWRIGHT_NODEJS_PATH"), bundled, shutil.which("node"))
    return next((node for node in nodes if node and is_recent(node)), None)


def is_recent(node: str) -> bool:
    """Does it start, and is it new enough for Playwright (18)?"""
    with contextlib.suppress(OSError, ValueError, subprocess.CalledProcessError):
        version = subprocess.check_output([node, "--version"], stderr=subprocess.DEVNULL, text=True)
        return int(version.lstrip("v").split(".")[0]) >= 18
    return False
