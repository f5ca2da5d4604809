"""Streams, meetings elsewhere, and a conference system to try them with."""
