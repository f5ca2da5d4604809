"""Marks sentences for translation where there is no request to translate for."""


def N_(message: str) -> str:  # noqa: N802 - the customary name of gettext's no-op
    """Mark `message` for the catalogue; the web wing translates it when it is shown."""
    return message
