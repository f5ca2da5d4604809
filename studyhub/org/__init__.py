"""The tree of party organizations, and who belongs where, since when."""
