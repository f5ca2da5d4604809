"""The API of BigBlueButton: every call signed with the secret of the server (SHA-256).

No database here: this is talk over the network, and is done outside every transaction.
"""

import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urlencode
from urllib.request import urlopen

from studyhub.kernel.errors import Untimely
from studyhub.kernel.words import N_
from studyhub.settings import Settings

PATIENCE = 10.0
LARGEST = 4 * 1024 * 1024
"""Bytes of an answer; more is none."""

UNREACHABLE = N_("The conference system does not answer now. Try again in a moment.")
REFUSED = N_("The conference system refused. Whoever keeps StudyHub finds out why in its log.")


class Gone(Exception):
    """There is no such meeting there: it was never opened, or has ended."""


@dataclass(frozen=True)
class Server:
    """One BigBlueButton, and the secret it shares with us."""

    url: str
    secret: str

    def create(self, room: str, *, title: str, back: str) -> None:
        """Open a meeting; an open one stays as it is. `back`: where people come to afterwards."""
        self._ask(
            "create",
            meetingID=room,
            name=title,
            record="true",
            autoStartRecording="false",
            allowStartStopRecording="true",
            logoutURL=back,
        )

    def join(self, room: str, *, user_id: str, name: str, is_moderator: bool) -> str:
        """The address by which this person, and nobody under another name, comes in."""
        role = "MODERATOR" if is_moderator else "VIEWER"
        return self._address(
            "join", fullName=name, meetingID=room, userID=user_id, role=role, redirect="true"
        )

    def present(self, room: str) -> frozenset[str]:
        """The `user_id`s of those who are in the meeting now; Gone when there is none."""
        told = self._ask("getMeetingInfo", meetingID=room)
        return frozenset(one.text or "" for one in told.iterfind("attendees/attendee/userID"))

    def end(self, room: str) -> None:
        """End it for all; one that has ended already is no trouble."""
        try:
            self._ask("end", meetingID=room)
        except Gone:
            return

    def recordings(self, room: str) -> Sequence[str]:
        """The addresses of what was recorded and is ready to be watched."""
        told = self._ask("getRecordings", meetingID=room, state="published")
        found = (
            one.text or "" for one in told.iterfind("recordings/recording/playback/format/url")
        )
        return [address.strip() for address in found if address.strip()]

    def _address(self, call: str, **told: str) -> str:
        query = urlencode(told)
        checksum = hashlib.sha256(f"{call}{query}{self.secret}".encode()).hexdigest()
        return f"{self.url.rstrip('/')}/api/{call}?{query}&checksum={checksum}"

    def _ask(self, call: str, **told: str) -> ET.Element:
        try:
            with urlopen(self._address(call, **told), timeout=PATIENCE) as answer:  # noqa: S310
                text = answer.read(LARGEST)
            said = ET.fromstring(text)  # noqa: S314 - of the server of our own settings
        except (OSError, HTTPException, ET.ParseError) as why:
            raise Untimely(UNREACHABLE) from why
        if said.findtext("returncode") == "SUCCESS":
            return said
        if said.findtext("messageKey") == "notFound":
            raise Gone(call)
        raise Untimely(REFUSED)


def server_of(settings: Settings) -> Server | None:
    """The server of this installation, where there is one."""
    return Server(settings.bbb_url, settings.bbb_secret) if settings.bbb_url else None
