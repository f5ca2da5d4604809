"""The lock on what a browser keeps of a person until the server has it.

Unsent words lie in the browser encrypted. The key is one for each person; only
a page that is shown to them has it, so whoever signs in next at the same
machine, or looks into its files, reads nothing.
"""

import base64
import hashlib
import hmac
import secrets

from flask import Flask, current_app
from markupsafe import Markup

from studyhub.accounts.models import User


def init_app(app: Flask) -> None:
    """Give templates `copies_of(me)`: the attributes of an element that looks after copies."""
    app.jinja_env.globals["copies_of"] = copies_of


def copies_of(person: User) -> Markup:
    """Whose copies, and the key to them."""
    attributes = {"data-person": str(person.id), "data-lock": _masked(_key(person))}
    return Markup(" ").join(Markup('{}="{}"').format(name, v) for name, v in attributes.items())


def _key(person: User) -> bytes:
    told = f"copies:{person.id}".encode()
    return hmac.new(str(current_app.secret_key).encode(), told, hashlib.sha256).digest()


def _masked(key: bytes) -> str:
    """Never twice the same on a page, so that compression gives nothing away."""
    mask = secrets.token_bytes(len(key))
    hidden = bytes(a ^ b for a, b in zip(mask, key, strict=True))
    return base64.b64encode(mask + hidden).decode()
