"""The roster: lists from outside."""
