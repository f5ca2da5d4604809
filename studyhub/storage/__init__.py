"""Where uploaded bytes live."""
