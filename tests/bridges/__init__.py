"""Tests of bridge points."""
