"""What people follow a session by: the stream of the organization, or a conference elsewhere."""
