"""Bridge points (điểm cầu): halls where people of several cells follow a session together."""
