"""What an installation decides: read once at start, and refused at start when wrong."""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from re import fullmatch
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = Path(os.environ.get("STUDYHUB_INSTANCE", ROOT / "instance")).resolve()
SECURITIES = ("none", "starttls", "tls")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every setting there is; the names are those of `instance/settings.toml`."""

    secret_key: str
    database_url: str
    files: str = "files"
    timezone: str = "Asia/Ho_Chi_Minh"
    secure_cookies: bool = True
    demonstration: bool = False
    development: bool = False
    help_line: str = ""
    log_file: str = ""
    pool_size: int = 20
    clamd: str = ""
    jobs_in_web: bool = True
    """Whether the web server also does the background work; else `office run-jobs` must run."""
    recordings_quota: int = 0
    """Gigabytes that recordings may take; 0: as much as the disk has (docs/recordings.md)."""
    nginx_files: str = ""
    """Where nginx has the folder of files as an internal location, such as /files/: it sends
    recordings then, told by X-Accel-Redirect, and StudyHub only says to whom (docs/deploy.md)."""
    public_url: str = ""
    """Where people reach StudyHub, for the links in letters: https://hoctap.example.vn"""
    smtp_host: str = ""
    """The mail server; without it no letter is written or sent (docs/mail.md)."""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    """none, starttls (a connection that is made secure) or tls (secure from the start)."""
    smtp_user: str = ""
    smtp_password: str = ""
    mail_from: str = ""
    """The address letters come from."""
    live_publish_url: str = ""
    """Where OBS sends the picture of a session to: rtmp://hoctap.example.vn/live (docs/live.md)."""
    live_secret: str = ""
    """Shared with the media server: it speaks for it, and lets viewers in."""
    live_recordings: str = ""
    """The folder in which the media server leaves what it recorded."""
    bbb_url: str = ""
    """A BigBlueButton server: https://hop.example.vn/bigbluebutton"""
    bbb_secret: str = ""
    jitsi_url: str = ""
    """A Jitsi server that asks for tokens: https://meet.example.vn"""
    jitsi_app_id: str = ""
    jitsi_secret: str = ""

    def __post_init__(self) -> None:
        """A mail server is set up whole, or not at all."""
        if self.smtp_security not in SECURITIES:
            raise ValueError(f"smtp_security is one of {', '.join(SECURITIES)}")
        if self.smtp_host and "@" not in self.mail_from:
            raise ValueError("smtp_host needs mail_from, the address letters come from")
        if self.smtp_host and not self.public_url.startswith(("http://", "https://")):
            raise ValueError("smtp_host needs public_url, the address that stands in letters")
        self._require_whole("live_publish_url", "live_secret", "live_recordings")
        self._require_whole("bbb_url", "bbb_secret")
        self._require_whole("jitsi_url", "jitsi_app_id", "jitsi_secret")
        if self.live_secret and not fullmatch(r"[A-Za-z0-9_-]{32,}", self.live_secret):
            raise ValueError("live_secret has 32 characters or more, of A-Z a-z 0-9 _ -")

    def _require_whole(self, *names: str) -> None:
        told = [name for name in names if getattr(self, name)]
        if told and len(told) < len(names):
            raise ValueError(f"{', '.join(names)} are set together, or not at all")

    @property
    def sends_mail(self) -> bool:
        """Whether there is a server to send letters by."""
        return bool(self.smtp_host)

    @classmethod
    def from_file(cls, path: Path, environment: Mapping[str, str] = os.environ) -> Self:
        """Settings of a file, each overruled by its `STUDYHUB_…` variable where there is one.

        Unknown or missing names, and numbers that are none, fail here, not in some request.
        """
        told = tomllib.loads(path.read_text("utf-8"))
        for known in fields(cls):
            value = environment.get(f"STUDYHUB_{known.name.upper()}")
            if value is not None:
                told[known.name] = _as(known.type, value)
        return cls(**told)

    def for_flask(self) -> dict[str, Any]:
        """The same in Flask's words."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SESSION_COOKIE_NAME": "studyhub",
            "SESSION_COOKIE_SECURE": self.secure_cookies,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "REMEMBER_COOKIE_NAME": "studyhub_stay",
            "REMEMBER_COOKIE_DURATION": timedelta(days=30),
            "REMEMBER_COOKIE_SECURE": self.secure_cookies,
            "REMEMBER_COOKIE_HTTPONLY": True,
            "REMEMBER_COOKIE_SAMESITE": "Lax",
            "MAX_CONTENT_LENGTH": 25 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        }


def installed(folder: Path = INSTANCE) -> Settings:
    """The settings of the installation in `folder`; a fresh one gets its own first."""
    path = folder / "settings.toml"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(first_settings(), "utf-8")
    return Settings.from_file(path)


def first_settings() -> str:
    """The text of a settings file for a fresh embedded installation."""
    return (
        f'secret_key = "{secrets.token_hex(32)}"\n'
        'database_url = "sqlite:///studyhub.sqlite"  # beside this file\n'
        'files = "files"  # beside this file\n'
        'log_file = "studyhub.log"  # beside this file; without it, standard output\n'
        "secure_cookies = false  # true as soon as StudyHub is reached by https\n"
    )


def _as(kind: Any, value: str) -> Any:
    if kind in {bool, "bool"}:
        return value.lower() in {"1", "true", "yes", "on"}
    return int(value) if kind in {int, "int"} else value
