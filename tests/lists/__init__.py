"""Tests of lists of attendance from outside."""
