"""`flask --app wsgi office …`: what is done from the command line."""

from studyhub.cli.office import office

__all__ = ["office"]
