"""Words that arrive when they cannot be taken are kept, and offered to be sent again.

It happens when a visit ended while somebody was typing: the form comes in, but
nobody is signed in, or its token is too old. The answer is a page that holds
every word, with a way to sign in and send them on.
"""

import json
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from flask import render_template, request, session
from flask.typing import ResponseReturnValue

from studyhub.web.csrf import FIELD

SECRET = frozenset({"password", "new", "again", "present", FIELD})


@dataclass(frozen=True)
class Kept:
    """Where a form was going, what was in it (passwords are not kept), and whose visit it was."""

    path: str
    fields: tuple[tuple[str, str], ...]
    author: str = ""

    @classmethod
    def of_request(cls) -> Self:
        """What the present request brought."""
        fields = tuple(
            (name, value) for name, value in request.form.items(multi=True) if name not in SECRET
        )
        author = str(session.get("_user_id", "")).partition(":")[0]
        return cls(request.full_path.rstrip("?"), fields, author)

    @classmethod
    def from_text(cls, text: str) -> Self | None:
        """What `as_text` wrote into a form; None when it is not ours or leads elsewhere."""
        try:
            told = json.loads(text)
            fields = tuple((str(name), str(value)) for name, value in told["fields"])
            path, author = local_path(str(told["path"])), str(told["author"])
        except (ValueError, KeyError, TypeError):
            return None
        return cls(path, fields, author) if path else None

    @property
    def as_text(self) -> str:
        """The whole as one hidden field."""
        return json.dumps({"path": self.path, "fields": self.fields, "author": self.author})

    def is_for(self, person: str) -> bool:
        """Whether this person may see it: on a shared machine somebody else may sign in."""
        return self.author in {"", person}

    @property
    def words(self) -> list[str]:
        """What a person typed, as far as it is worth showing."""
        return [value for _, value in self.fields if len(value.split()) > 2]


def local_path(address: str) -> str:
    """The address if it leads to a page of ours, else ""."""
    parts = urlsplit(address.replace("\\", "/"))
    is_ours = not parts.scheme and not parts.netloc and address.startswith("/")
    return address if is_ours and not address.startswith("//") else ""


def offer(kept: Kept, *, status: int = 200) -> ResponseReturnValue:
    """The page that shows the words and sends them on."""
    return render_template("accounts/kept.html", kept=kept), status
