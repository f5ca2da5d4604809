"""Judging alike: the rules and the deeds."""
