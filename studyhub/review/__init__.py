"""The review desk: the queue, comments, decisions."""
