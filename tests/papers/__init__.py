"""Essays that come from elsewhere."""
