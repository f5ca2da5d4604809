"""Everything of a live session on one machine: StudyHub, nginx with RTMP, a test picture."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tools.environment import PYTHON, ROOT, Trouble
from tools.media import MediaServer, free_port, lacking, picture

INSTANCE = ROOT / "instance" / "live"
PATIENCE = 180.0


def broadcast(port: int) -> int:
    """Put a session of the demonstration on air, until Ctrl-C."""
    if words := lacking():
        raise Trouble(f"`./dev live` needs {words}; StudyHub itself runs without: `./dev run`.")
    inner = free_port()
    media = MediaServer(
        INSTANCE / "media",
        studyhub=f"http://127.0.0.1:{inner}",
        secret=secrets.token_hex(24),
        http_port=port,
        rtmp_port=1935 if _is_free(1935) else free_port(),
    )
    media.folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(_settings(media))
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: nothing is left running
    running: list[subprocess.Popen[bytes]] = []
    try:
        session, key = _prepared()
        running.append(_studyhub(inner))
        media.start()
        _wait(inner)
        running.append(subprocess.Popen(picture(f"{media.publish_url}/{key}")))
        _tell(media, session, key)
        return running[0].wait()
    finally:
        for process in running:
            process.terminate()
        media.stop()


def _settings(media: MediaServer) -> dict[str, str]:
    return {
        "STUDYHUB_INSTANCE": str(INSTANCE),
        "STUDYHUB_ADDRESS": media.address,
        "STUDYHUB_LIVE_PUBLISH_URL": media.publish_url,
        "STUDYHUB_LIVE_SECRET": media.secret,
        "STUDYHUB_LIVE_RECORDINGS": str(media.recordings),
    }


def _prepared() -> tuple[str, str]:
    """The demonstration stands, and one of its sessions begins: its number, its stream key."""
    office = [str(PYTHON), "-m", "flask", "--app", "wsgi", "office"]
    if subprocess.call([*office, "prepare"], cwd=ROOT):
        raise Trouble("StudyHub could not be prepared; the lines above say why.")
    told = subprocess.run([*office, "put-on-air"], cwd=ROOT, check=False, capture_output=True)
    if told.returncode:
        raise Trouble(told.stderr.decode().strip())
    session, _, key = told.stdout.decode().split("\n")[-2].partition(" ")
    return session, key


def _studyhub(port: int) -> "subprocess.Popen[bytes]":
    options = f"-w 2 -k gthread --threads 16 --bind 127.0.0.1:{port} --no-control-socket"
    command = [str(PYTHON), "-m", "gunicorn", "wsgi:app", *options.split(), "--log-level=warning"]
    return subprocess.Popen(command, cwd=ROOT)


def _wait(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(port):
        if time.monotonic() > deadline:
            raise Trouble("StudyHub did not start; the lines above say why.")
        time.sleep(0.2)


def _answers(port: int) -> bool:
    """Whether it is asked in vain no more: gunicorn listens long before its workers answer."""
    with contextlib.closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        try:
            connection.request("GET", "/help")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _tell(media: MediaServer, session: str, key: str) -> None:
    print(
        f"\nOn air: {media.address}/sessions/{session}\n"
        f"  Sign in there as a member; after some seconds the test picture can be watched.\n"
        f"  Officer's page of the stream: {media.address}/sessions/{session}/source\n\n"
        f"A picture of your own instead (stop this one by a new key, or `kill` its ffmpeg):\n"
        f"  OBS server:  {media.publish_url}\n"
        f"  Stream key:  {key}\n\n"
        f"What the media server says: {Path(media.folder, 'error.log')}\n"
        "Ctrl-C stops everything.",
        flush=True,
    )
