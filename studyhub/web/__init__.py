"""The web wing: everything that knows Flask."""
