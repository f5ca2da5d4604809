"""Signing in and out, and one's own account."""

from studyhub.web.accounts import account, address, card, forgotten
from studyhub.web.accounts.views import accounts

__all__ = ["account", "accounts", "address", "card", "forgotten"]
