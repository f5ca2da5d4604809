"""Reminding those of a cell who still owe something: shown first, once a day at most, on record."""
