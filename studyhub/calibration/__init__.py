"""Judging alike: several secretaries judge the same three anonymous essays and compare."""
