"""Reminding the members of a cell."""

from studyhub.web.reminding.views import reminding

__all__ = ["reminding"]
