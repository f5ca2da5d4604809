"""Tests of reminding."""
