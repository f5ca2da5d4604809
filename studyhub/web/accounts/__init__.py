"""Signing in and out, and one's own account."""

from studyhub.web.accounts import account, card
from studyhub.web.accounts.views import accounts

__all__ = ["account", "accounts", "card"]
