"""Letters by e-mail, sent to a real receiver."""
