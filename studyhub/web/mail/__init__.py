"""The letters of the installation, for those who see to it."""

from studyhub.web.mail.views import mail

__all__ = ["mail"]
