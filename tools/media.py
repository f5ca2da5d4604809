"""A media server of one's own: nginx with its RTMP module, in one folder, on high ports.

For `./dev live` and the tests. The configuration is that of production: the templates in deploy/.
"""

import os
import re
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tools.environment import ROOT, Trouble

TEMPLATES = ROOT / "deploy"
NAMES = ("nginx-live-rtmp.conf", "nginx-live-http.conf", "nginx-live-alone.conf")
MODULES = (
    "/usr/lib/nginx/modules/ngx_rtmp_module.so",
    "/usr/lib64/nginx/modules/ngx_rtmp_module.so",
    "/usr/share/nginx/modules/ngx_rtmp_module.so",
)
PACKAGES = "nginx libnginx-mod-rtmp ffmpeg"
PATIENCE = 20.0


def lacking() -> str:
    """What must be installed before there can be a media server; "" when all is there."""
    parts = {"nginx": nginx(), "libnginx-mod-rtmp": module(), "ffmpeg": shutil.which("ffmpeg")}
    missing = [name for name, found in parts.items() if not found]
    return f"{', '.join(missing)} (`apt install {PACKAGES}`)" if missing else ""


def nginx() -> str | None:
    """Where it is: not everybody has /usr/sbin in their path."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def module() -> str | None:
    """Its part that speaks RTMP."""
    return next((path for path in MODULES if Path(path).exists()), None)


def install() -> str:
    """Install what is lacking, where we may; what is lacking still."""
    if lacking() and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {PACKAGES} with apt-get: the live tests stream through them", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        for words in ("update -q", f"install -q -y --no-install-recommends {PACKAGES}"):
            command = ["apt-get", *words.split()]
            subprocess.call(command, env=environment, stdout=subprocess.DEVNULL)
    return lacking()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass
class MediaServer:
    """One nginx: browsers come in by HTTP, the picture by RTMP; StudyHub stands behind it."""

    folder: Path
    studyhub: str
    secret: str
    http_port: int = field(default_factory=free_port)
    rtmp_port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        """Where people come in."""
        return f"http://127.0.0.1:{self.http_port}"

    @property
    def publish_url(self) -> str:
        """Where the picture is sent to."""
        return f"rtmp://127.0.0.1:{self.rtmp_port}/live"

    @cached_property
    def recordings(self) -> Path:
        """Where it leaves what it recorded."""
        return self._made("recordings")

    @cached_property
    def pictures(self) -> Path:
        """Where the pictures of the moment are."""
        return self._made("hls")

    def start(self) -> None:
        """Write its configuration, start it, and wait until it listens."""
        if words := lacking():
            raise Trouble(f"There is no media server: install {words}.")
        for name in NAMES:
            text = (TEMPLATES / f"{name}.template").read_text("utf-8")
            self._write(name, filled(text, self._values()))
        log = self.folder / "error.log"
        command = [str(nginx()), "-e", str(log), "-p", str(self.folder)]
        self.process = subprocess.Popen([*command, "-c", str(self.folder / NAMES[-1])])
        for port in (self.http_port, self.rtmp_port):
            self._wait(port)

    def stop(self) -> None:
        """End it, and whatever it started."""
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def _values(self) -> dict[str, str]:
        return {
            "folder": str(self.folder),
            "http_port": str(self.http_port),
            "rtmp_port": str(self.rtmp_port),
            "studyhub": self.studyhub,
            "hooks": self.studyhub,
            "secret": self.secret,
            "hls": str(self.pictures),
            "recordings": str(self.recordings),
            "ffmpeg": shutil.which("ffmpeg") or "ffmpeg",
            "module": module() or "",
            "user": "user root;" if os.geteuid() == 0 else "",
        }

    def _made(self, name: str) -> Path:
        path = self.folder / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.touch(mode=0o600)
        path.write_text(text, "utf-8")

    def _wait(self, port: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        said = (self.folder / "error.log").read_text("utf-8", "replace")[-600:]
        self.stop()
        raise Trouble(f"nginx did not start:\n{said}")


def filled(template: str, values: dict[str, str]) -> str:
    """The configuration, with these values in the places of `@names@`."""
    said = "\n".join(line for line in template.splitlines() if not line.startswith("#")) + "\n"
    return re.sub(r"@(\w+)@", lambda found: values[found[1]], said)


def picture(to: str, *, seconds: int | None = None) -> list[str]:
    """The ffmpeg command that sends a test picture with a running clock, and a tone, to there."""
    inputs = "-re -f lavfi -i testsrc=size=640x360:rate=15 -f lavfi -i sine=frequency=440"
    codecs = "-c:v libx264 -preset ultrafast -tune zerolatency -pix_fmt yuv420p -g 30 -c:a aac"
    until = ["-t", str(seconds)] if seconds else []
    words = f"ffmpeg -nostdin -loglevel error {inputs} {codecs} -ar 44100 -b:a 64k".split()
    return [*words, *until, "-f", "flv", to]
